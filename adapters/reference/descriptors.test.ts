import { describe, expect, it } from 'vitest';
import { pairValue } from '../../model/vocabulary/index.ts';
import { createReference } from './adapter.ts';
import { old, plainSetup, recent, startScenario } from './scenario.test-data.ts';

/** Under a limit of 8, as in `plainSetup`. */
const start = () => startScenario(createReference('linux-6.18'));

/** A run whose only free descriptors are below this limit. */
const startBelow = (descriptors: number) =>
  startScenario(createReference('linux-6.18'), { ...plainSetup, descriptors });

describe('dup2 and dup3', () => {
  it('put a file in the place of another, which they close', () => {
    const run = start();
    const caller = run.by(1);
    caller.create();
    caller.create();
    const [first] = run.sight().objects;
    expect(caller.dup2(3, 4)).toBe(4);
    expect(run.sight().objects).toEqual([first]);
    expect(caller.dup3(3, 7)).toBe(7);
    expect(run.process(1)?.descriptors.map(({ fd }) => fd)).toEqual([3, 4, 7]);
  });

  it('differ in what they make of one descriptor that is to replace itself', () => {
    const caller = start().by(1);
    caller.create();
    expect(caller.dup2(3, 3)).toBe(3);
    expect(caller.fcntl(3, 'F_GETFD')).toBe(1);
    expect(caller.dup3(3, 3)).toBe('EINVAL');
    expect(caller.dup2(9, 9)).toBe('EBADF');
    expect(caller.dup3(9, 9)).toBe('EINVAL');
  });

  it('know no descriptor below 0, from the limit on, or that is closed, and then close nothing', () => {
    const run = start();
    const caller = run.by(1);
    caller.create();
    for (const [fd, to] of [
      [3, -1],
      [3, 8],
      [9, 8],
      [9, 3],
    ] as const) {
      expect(caller.dup2(fd, to)).toBe('EBADF');
      expect(caller.dup3(fd, to)).toBe('EBADF');
    }
    expect(run.alive()).toBe(1);
  });

  it('keep a file whose descriptor is replaced by its own duplicate', () => {
    const run = start();
    const caller = run.by(1);
    caller.create();
    caller.dup(3);
    expect(caller.dup3(3, 4, 'O_CLOEXEC')).toBe(4);
    expect(caller.fcntl(4, 'F_GETFD')).toBe(1);
    caller.close(3);
    expect(run.alive()).toBe(1);
  });
});

describe('fcntl', () => {
  it('duplicates to the lowest number from the one it is given on', () => {
    const caller = start().by(1);
    caller.create();
    expect(caller.fcntl(3, 'F_DUPFD', 0)).toBe(4);
    expect(caller.fcntl(3, 'F_DUPFD', 6)).toBe(6);
    expect(caller.fcntl(3, 'F_DUPFD_CLOEXEC', 6)).toBe(7);
    expect(caller.fcntl(3, 'F_DUPFD', 6)).toBe('EMFILE');
    expect(caller.fcntl(3, 'F_DUPFD', 8)).toBe('EINVAL');
    expect(caller.fcntl(3, 'F_DUPFD', -1)).toBe('EINVAL');
    expect(caller.fcntl(5, 'F_DUPFD', -1)).toBe('EBADF');
    expect([4, 6, 7].map((fd) => caller.fcntl(fd, 'F_GETFD'))).toEqual([0, 0, 1]);
  });

  it('reads and writes the flag of a descriptor, not of its file', () => {
    const caller = start().by(1);
    caller.create();
    caller.dup(3);
    expect([3, 4, 5].map((fd) => caller.fcntl(fd, 'F_GETFD'))).toEqual([1, 0, 'EBADF']);
    expect(caller.fcntl(3, 'F_SETFD', 0)).toBe(0);
    expect(caller.fcntl(4, 'F_SETFD', 1)).toBe(0);
    expect([3, 4].map((fd) => caller.fcntl(fd, 'F_GETFD'))).toEqual([0, 1]);
    caller.close(4);
    caller.dup(3);
    expect(caller.fcntl(4, 'F_GETFD')).toBe(0);
  });
});

describe('pipe2 and socketpair', () => {
  it('open the two lowest descriptors, or none', () => {
    const caller = startBelow(6).by(1);
    caller.create();
    expect(caller.pipe()).toBe(pairValue(4, 5));
    caller.close(3);
    expect(caller.pipe()).toBe('EMFILE');
    expect(caller.socketpair()).toBe('EMFILE');
    expect(caller.dup(0)).toBe(3);
  });

  it('open what stays over exec, unless a pipe is asked not to', () => {
    const caller = startBelow(9).by(1);
    caller.pipe();
    caller.socketpair();
    caller.pipe('O_CLOEXEC');
    const flags = [3, 4, 5, 6, 7, 8].map((fd) => caller.fcntl(fd, 'F_GETFD'));
    expect(flags).toEqual([0, 0, 0, 0, 1, 1]);
  });
});

describe('open', () => {
  it.each([
    [null, 'O_PATH', 'EFAULT'],
    ['', 'O_PATH', 'ENOENT'],
    ['/none', 'O_DIRECTORY', 'ENOENT'],
    ['/f', 'O_DIRECTORY', 'ENOTDIR'],
    ['/f/x', 'O_PATH', 'ENOTDIR'],
    ['/f/', 'O_PATH', 'ENOTDIR'],
    ['/dev/null', 'O_DIRECTORY', 'ENOTDIR'],
    ['/a', 'O_RDWR', 'EISDIR'],
    ['/a', 'O_WRONLY|O_TRUNC', 'EISDIR'],
    ['/a', 'O_DIRECTORY', 3],
    ['/a', 'O_RDONLY', 3],
    ['/', 'O_DIRECTORY', 3],
    ['/a', 'O_PATH', 3],
    ['/f', 'O_PATH', 3],
    ['/f', 'O_RDWR', 3],
    ['/dev/null', 'O_RDWR', 3],
    ['/dev/null', 'O_RDONLY', 3],
    ['/dev/null', 'O_PATH', 3],
  ] as const)('of %j with %s answers %s', (path, flag, result) => {
    expect(start().by(1).open(path, flag)).toBe(result);
  });

  it('wants a descriptor before it walks, and the path before that', () => {
    const caller = startBelow(3).by(1);
    expect(caller.open(null, 'O_PATH')).toBe('EFAULT');
    expect(caller.open('', 'O_PATH')).toBe('ENOENT');
    expect(caller.open('/none', 'O_PATH')).toBe('EMFILE');
  });

  it.each([
    ...old.map((kernel) => [kernel, 'ENXIO'] as const),
    ...recent.map((kernel) => [kernel, 'EIO'] as const),
  ])('finds nothing to read in a pin of %s, and answers %s', (kernel, noOpen) => {
    const caller = startScenario(createReference(kernel)).by(1);
    caller.mount('/a');
    caller.create();
    caller.pin('/a/m', 3);
    const flags = ['O_RDWR', 'O_RDONLY', 'O_WRONLY|O_TRUNC'] as const;
    const errors = flags.map((flag) => caller.open('/a/m', flag));
    expect(errors).toEqual(flags.map(() => noOpen));
  });

  it('keeps a mount in use, which a lazy umount does not mind', () => {
    const run = start();
    const caller = run.by(1);
    caller.mount('/a');
    caller.create();
    caller.pin('/a/m', 3);
    caller.close(3);
    expect(caller.open('/a', 'O_DIRECTORY')).toBe(3);
    expect(caller.umount('/a')).toBe('EBUSY');
    expect(caller.detach('/a')).toBe(0);
    expect(caller.get('/a/m')).toBe('ENOENT');
    expect(run.object(0)?.holders).toMatchObject({ inodes: 1 });
    caller.close(3);
    expect(run.alive()).toBe(0);
  });

  it('keeps a pin that is unlinked while its place is open', () => {
    const run = start();
    const caller = run.by(1);
    caller.mount('/a');
    caller.create();
    caller.pin('/a/m', 3);
    caller.open('/a/m', 'O_PATH');
    caller.close(3);
    caller.unlink('/a/m');
    expect(run.alive()).toBe(1);
    caller.close(4);
    expect(run.alive()).toBe(0);
  });
});

describe.each([
  ['linux-4.4', 'EBADF'],
  ['linux-6.18', 'EINVAL'],
] as const)('under %s', (kernel, pinned) => {
  it('a file that is no object is none for bpf', () => {
    const caller = startScenario(createReference(kernel)).by(1);
    caller.open('/', 'O_DIRECTORY');
    caller.pipe();
    caller.socketpair();
    caller.mount('/a');
    for (const fd of [0, 3, 4, 6]) {
      expect(caller.pin('/a/m', fd)).toBe('EINVAL');
      expect(caller.lookup(fd, 0)).toBe('EINVAL');
      expect(caller.load(fd)).toBe('EINVAL');
    }
  });

  it('a mere place counts as closed, but for being duplicated', () => {
    const caller = startScenario(createReference(kernel)).by(1);
    caller.mount('/a');
    caller.open('/f', 'O_PATH');
    expect(caller.pin('/a/m', 3)).toBe(pinned);
    expect(caller.lookup(3, 0)).toBe('EBADF');
    expect(caller.load(3)).toBe('EBADF');
    expect(caller.send(3, 0)).toBe('EBADF');
    expect(caller.receive(3)).toBe('EBADF');
    expect(caller.dup(3)).toBe(4);
    expect(caller.dup2(3, 5)).toBe(5);
    expect(caller.fcntl(3, 'F_DUPFD')).toBe(6);
  });
});
