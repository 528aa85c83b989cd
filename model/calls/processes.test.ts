import { describe, expect, it } from 'vitest';
import { profileNames } from '../index.ts';
import { lines, replayed, roomy, worldOf } from '../replayed.test-data.ts';

const create =
  'bpf(BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_ARRAY, key_size=4, value_size=4, max_entries=1}, 16)';

describe.each(profileNames)('descriptors under %s', (profile) => {
  function check(text: string): void {
    expect(replayed(worldOf(profile), text)).toBe(lines(text));
  }

  it('take the lowest number that is free', () => {
    check(
      `1 ${create} = 3
      1 ${create} = 4
      1 dup(4) = 5
      1 close(3) = 0
      1 dup(5) = 3
      1 close(7) = -1 EBADF (Bad file descriptor) ; close.closed
      1 close(-1) = -1 EBADF (Bad file descriptor)
      1 dup(6) = -1 EBADF (Bad file descriptor) ; dup.closed`,
    );
  });

  it('end at their limit', () => {
    check(
      `1 ${create} = 3
      1 dup(3) = 4
      1 dup(3) = 5
      1 dup(3) = 6
      1 dup(3) = -1 EMFILE (Too many open files) ; dup.no-descriptor
      1 ${create} = -1 EMFILE (Too many open files) ; create.no-descriptor
      1 bpf(BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_SOCKET_FILTER}, 48) = -1 EMFILE (Too many open files) ; load.no-descriptor`,
    );
  });

  it('keep an object until the last of them is closed, in whatever process', () => {
    const world = worldOf(profile);
    replayed(world, `1 ${create} = 3 \n 1 dup(3) = 4 \n 1 fork() = 2 \n 1 exit_group(0) = ?`);
    expect(world.describe()).toContain(
      'object 1: state=held-by-users kind=1 refcnt=1 usercnt=1 maxEntries=1',
    );
    expect(world.describe()).toContain('descriptor 5: state=open-on-exec-closes description=1');
    expect(world.describe()).toContain('descriptor 6: state=open description=1');
    expect(world.describe()).toContain('description 1: state=open object=1 count=2');
    replayed(world, '2 close(3) = 0 \n 2 close(4) = 0');
    expect(world.describe()).toContain('object 1: state=gone');
  });

  it('of /dev/null are scenery', () => {
    check('1 close(0) ; bound.stdio \n 1 dup(2) ; bound.stdio');
  });
});

describe('processes', () => {
  it('are numbered by creation, and no number is given twice', () => {
    const text = `1 fork() = 2
      1 kill(2, SIGKILL) = 0
      1 kill(2, SIGKILL) = -1 ESRCH (No such process) ; kill.no-process
      1 kill(9, SIGKILL) = -1 ESRCH (No such process)
      1 fork() = 3
      2 fork() = -1 ESRCH (No such process) ; caller.not-running
      7 fork() = -1 ESRCH (No such process) ; caller.not-running
      3 kill(3, SIGKILL) = ?
      1 exit_group(0) = ?`;
    expect(replayed(worldOf('linux-6.18'), text)).toBe(lines(text));
  });

  it('are signalled one by one: process groups are outside the model', () => {
    const result = worldOf('linux-6.18').step(1, { call: 'kill', pid: 0 });
    expect(result).toEqual({ kind: 'bound', row: 'bound.process-group' });
  });
});

describe('bounds', () => {
  it.each([
    ['processes', '1 fork() ; bound.processes'],
    ['descriptions', `1 ${create} ; bound.descriptions`],
    ['objects', `1 ${create} ; bound.objects`],
    ['superblocks', '1 mount("bpf", "/a", "bpf", 0, NULL) ; bound.superblocks'],
    ['inodes', '1 mount("bpf", "/a", "bpf", 0, NULL) ; bound.inodes'],
    ['dentries', '1 mount("bpf", "/a", "bpf", 0, NULL) ; bound.dentries'],
    ['mounts', '1 mount("/d", "/a", NULL, MS_BIND, NULL) ; bound.mounts'],
    ['namespaces', '1 unshare(CLONE_NEWNS) ; bound.namespaces'],
  ] as const)('of %s are no errors of the kernel', (table, line) => {
    const lowest = table === 'processes' || table === 'namespaces' ? 1 : 0;
    const world = worldOf('linux-6.18', { ...roomy, [table]: lowest });
    const before = world.save();
    expect(replayed(world, line)).toBe(line);
    expect(world.save()).toEqual(before);
  });

  it('of mounts are met by unshare when the copies do not fit', () => {
    const world = worldOf('linux-4.4', { ...roomy, mounts: 1 });
    replayed(world, '1 mount("bpf", "/a", "bpf", 0, NULL) = 0');
    expect(replayed(world, '1 unshare(CLONE_NEWNS)')).toBe('1 unshare(CLONE_NEWNS) ; bound.mounts');
  });

  it('of elements are met by what has to be stored only', () => {
    const world = worldOf('linux-4.4', { ...roomy, elements: 0 });
    const update = (value: number): string =>
      `1 bpf(BPF_MAP_UPDATE_ELEM, {map_fd=3, key=0, value=${value}, flags=BPF_ANY}, 32)`;
    replayed(world, `1 ${create} = 3`);
    expect(replayed(world, update(0))).toBe(`${update(0)} = 0`);
    expect(replayed(world, update(1))).toBe(`${update(1)} ; bound.elements`);
  });
});
