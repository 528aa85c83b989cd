import { describe, expect, it } from 'vitest';
import { profileNames } from '../index.ts';
import {
  badFd,
  clone,
  create,
  exec,
  get,
  invalid,
  load,
  lookup,
  mountOn,
  noNumber,
  open,
  pin,
} from '../lines.test-data.ts';
import { lines, replayed, roomy, worldOf } from '../replayed.test-data.ts';

const array = create('ARRAY');
const cloexec = '0x1 (flags FD_CLOEXEC)';

describe.each(profileNames)('descriptors under %s', (profile) => {
  function check(text: string, bounds = roomy): void {
    expect(replayed(worldOf(profile, bounds), text)).toBe(lines(text));
  }

  // The limit is 7: descriptors 3, 4, 5 and 6.
  it('are duplicated onto a number by dup2, which closes what was open there', () => {
    const world = worldOf(profile);
    const text = `
      1 ${array} = 3
      1 dup2(3, 6) = 6
      1 fcntl(6, F_GETFD) = 0
      1 ${create('ARRAY')} = 4
      1 dup2(6, 4) = 4
      1 fcntl(4, F_GETFD) = 0
      1 dup2(3, 7) = ${badFd} ; dup2.out-of-table
      1 dup2(3, -1) = ${badFd} ; dup2.out-of-table
      1 dup2(5, 4) = ${badFd} ; dup2.closed
      1 ${lookup(4, 0)} = 0 (value=0)
      1 dup2(3, 3) = 3
      1 fcntl(3, F_GETFD) = ${cloexec}
      1 dup2(5, 5) = ${badFd}
      1 dup2(7, 7) = ${badFd}
      1 dup2(3, 0) ; bound.stdio`;
    expect(replayed(world, text)).toBe(lines(text));
    expect(world.describe()).toContain('description 1: state=open object=1 count=3');
    expect(world.describe()).toContain('object 2: state=gone');
  });

  it('stay what they are when dup2 or dup3 puts the same file over them', () => {
    const world = worldOf(profile);
    const text = `
      1 ${array} = 3
      1 dup(3) = 4
      1 dup2(4, 3) = 3
      1 fcntl(3, F_GETFD) = 0
      1 dup3(4, 3, O_CLOEXEC) = 3
      1 fcntl(3, F_GETFD) = ${cloexec}`;
    expect(replayed(world, text)).toBe(lines(text));
    expect(world.describe()).toContain('description 1: state=open object=1 count=2');
  });

  it('are duplicated by dup3 as by dup2, but never onto themselves', () => {
    check(
      `1 ${array} = 3
      1 dup3(3, 3, 0) = ${invalid} ; dup3.same
      1 dup3(5, 5, 0) = ${invalid} ; dup3.same
      1 dup3(9, 9, O_CLOEXEC) = ${invalid} ; dup3.same
      1 dup3(3, 7, 0) = ${badFd} ; dup3.out-of-table
      1 dup3(5, 7, 0) = ${badFd} ; dup3.out-of-table
      1 dup3(5, 3, 0) = ${badFd} ; dup3.closed
      1 dup3(3, 6, O_CLOEXEC) = 6
      1 fcntl(6, F_GETFD) = ${cloexec}
      1 dup3(3, 6, 0) = 6
      1 fcntl(6, F_GETFD) = 0
      1 dup3(3, 2, 0) ; bound.stdio`,
    );
  });

  it('are duplicated by fcntl at or above a number', () => {
    check(
      `1 ${array} = 3
      1 fcntl(4, F_DUPFD, 4294967295) = ${badFd} ; fcntl.closed
      1 fcntl(3, F_DUPFD, 4294967295) = ${invalid} ; fcntl.out-of-table
      1 fcntl(3, F_DUPFD, 7) = ${invalid} ; fcntl.out-of-table
      1 fcntl(3, F_DUPFD, 2147483647) = ${invalid} ; fcntl.out-of-table
      1 fcntl(3, F_DUPFD, 5) = 5
      1 fcntl(5, F_GETFD) = 0
      1 fcntl(3, F_DUPFD_CLOEXEC, 5) = 6
      1 fcntl(6, F_GETFD) = ${cloexec}
      1 fcntl(3, F_DUPFD, 5) = ${noNumber} ; fcntl.no-descriptor
      1 fcntl(3, F_DUPFD_CLOEXEC, 0) = 4
      1 fcntl(3, F_DUPFD, 0) = ${noNumber} ; fcntl.no-descriptor
      1 fcntl(3, F_DUPFD, 7) = ${invalid} ; fcntl.out-of-table`,
    );
  });

  it('close on exec as the lowest bit of what F_SETFD sets says', () => {
    const world = worldOf(profile);
    replayed(world, `1 ${array} = 3`);
    const fcntl = (command: 'F_SETFD' | 'F_GETFD', argument: number) =>
      world.step(1, { call: 'fcntl', fd: 3, command, argument });
    for (const [flags, closes] of [
      [2, 0],
      [3, 1],
      [0, 0],
      [-1, 1],
    ] as const) {
      fcntl('F_SETFD', flags);
      expect(fcntl('F_GETFD', 0)).toMatchObject({ outcome: { ok: true, value: closes } });
    }
  });

  it('close on exec or not as fcntl says', () => {
    check(
      `1 ${array} = 3
      1 fcntl(4, F_GETFD) = ${badFd} ; fcntl.closed
      1 fcntl(4, F_SETFD, FD_CLOEXEC) = ${badFd} ; fcntl.closed
      1 fcntl(3, F_SETFD, FD_CLOEXEC) = 0
      1 fcntl(3, F_GETFD) = ${cloexec}
      1 fcntl(3, F_SETFD, 0) = 0
      1 fcntl(3, F_GETFD) = 0
      1 fcntl(0, F_GETFD) ; bound.stdio`,
    );
  });

  it('that are made by a call on an object close on exec, and no others', () => {
    const world = worldOf(profile, { ...roomy, descriptors: 9 });
    const text = `
      1 ${mountOn('/a')} = 0
      1 ${array} = 3
      1 ${pin('/a/m', 3)} = 0
      1 ${get('/a/m')} = 4
      1 ${load} = 5
      1 dup(3) = 6
      1 pipe2([7, 8], O_CLOEXEC) = 0
      1 pipe2([9, 10], 0) = 0
      1 ${open('/d', 'O_DIRECTORY')} = 11
      1 ${exec} = 0
      1 fcntl(3, F_GETFD) = ${badFd}
      1 fcntl(4, F_GETFD) = ${badFd}
      1 ${load} = 3
      1 ${lookup(6, 0)} = 0 (value=0)
      1 fcntl(7, F_GETFD) = ${badFd}
      1 fcntl(8, F_GETFD) = ${badFd}
      1 fcntl(9, F_GETFD) = 0
      1 fcntl(10, F_GETFD) = 0
      1 fcntl(11, F_GETFD) = 0`;
    expect(replayed(world, text)).toBe(lines(text));
    expect(world.describe()).toContain('object 2: state=gone');
  });

  it('are shared by processes that use one table', () => {
    const world = worldOf(profile);
    const text = `
      1 ${array} = 3
      1 ${clone} = 2
      2 dup2(3, 6) = 6
      2 close(3) = 0
      1 ${lookup(3, 0)} = ${badFd}
      1 ${lookup(6, 0)} = 0 (value=0)
      2 exit_group(0) = ?
      1 ${lookup(6, 0)} = 0 (value=0)`;
    expect(replayed(world, text)).toBe(lines(text));
    expect(world.describe()).toContain('files 1: count=1');
    expect(world.describe()).toContain('description 1: state=open object=1 count=1');
    replayed(world, '1 exit_group(0) = ?');
    expect(world.describe()).toEqual([
      'process 1: state=reaped',
      'process 2: state=reaped',
      'object 1: state=gone',
    ]);
  });

  it('are shared no longer by a process that execs, nor by a child that is forked', () => {
    check(
      `1 ${array} = 3
      1 dup(3) = 4
      1 ${clone} = 2
      1 fork() = 3
      2 ${exec} = 0
      2 ${lookup(3, 0)} = ${badFd}
      2 close(4) = 0
      1 ${lookup(3, 0)} = 0 (value=0)
      1 ${lookup(4, 0)} = 0 (value=0)
      1 close(3) = 0
      3 ${lookup(3, 0)} = 0 (value=0)
      2 fork() = 4
      2 ${create('HASH')} = 3
      4 fcntl(3, F_GETFD) = ${badFd}`,
    );
  });

  it('of the first to exec are closed for nobody else', () => {
    const world = worldOf(profile);
    const text = `
      1 ${array} = 3
      1 ${clone} = 2
      1 ${exec} = 0
      1 ${lookup(3, 0)} = ${badFd}
      2 ${lookup(3, 0)} = 0 (value=0)
      2 ${exec} = 0
      2 ${lookup(3, 0)} = ${badFd}`;
    expect(replayed(world, text)).toBe(lines(text));
    expect(world.describe()).toContain('object 1: state=gone');
  });

  it.each([
    ['plain files', 'plainFiles', '1 pipe2([], 0) ; bound.plain-files'],
    ['plain files', 'plainFiles', `1 ${open('/d', 'O_PATH')} ; bound.plain-files`],
    ['shared tables', 'sharedTables', `1 ${clone} ; bound.shared-tables`],
    ['descriptions', 'descriptions', '1 pipe2([], 0) ; bound.descriptions'],
  ] as const)('are bounded in %s (%s)', (_, bound, line) => {
    check(line, { ...roomy, [bound]: 0 });
  });
});
