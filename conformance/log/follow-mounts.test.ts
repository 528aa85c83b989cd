import { describe, expect, it } from 'vitest';
import { explained } from './explained.test-data.ts';

const mount = (target: string, flags = '0', data = 'NULL'): string =>
  `1 mount("bpf", "${target}", "bpf", ${flags}, ${data}) = 0`;
const change = (source: string, target: string, flags: string, result = '0'): string =>
  `1 mount(${source}, "${target}", NULL, ${flags}, NULL) = ${result}`;
const umount = (target: string, flags = '0', result = '0'): string =>
  `1 umount2("${target}", ${flags}) = ${result}`;
const create = '1 bpf(BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_HASH, map_name="m"}, 72) = 3';
const pin = (path: string, result = '0'): string =>
  `1 bpf(BPF_OBJ_PIN, {pathname="${path}", bpf_fd=3}, 16) = ${result}`;
const get = (path: string, result: string, pid = 1): string =>
  `${pid} bpf(BPF_OBJ_GET, {pathname="${path}"}, 16) = ${result}`;
const missing = '-1 ENOENT (No such file or directory)';

/** A map pinned at /a/m. */
const pinned = [mount('/a'), create, pin('/a/m')];
const conforms = { verdict: 'conforms' };

describe('a mount in a log', () => {
  it('is told with the line that made it and the line that took it away', () => {
    const { verdict, mounts } = explained(mount('/a'), mount('/b'), umount('/a'));
    expect(verdict).toEqual(conforms);
    expect(mounts).toMatchObject([
      { path: '/a', mounted: { line: 1 }, unmounted: { line: 3 } },
      { path: '/b', mounted: { line: 2 }, unmounted: null },
    ]);
  });

  it('takes a mode, and refuses a pin where it is mounted to be read only', () => {
    const readOnly = '-1 EROFS (Read-only file system)';
    const { verdict, remarks } = explained(
      ...[mount('/a', 'MS_RDONLY', '"mode=0700"'), create, pin('/a/m', readOnly)],
    );
    expect(verdict).toEqual(conforms);
    expect(remarks).toEqual([]);
    const written = explained(mount('/a', 'MS_RDONLY'), create, pin('/a/m'));
    expect(written.verdict).toMatchObject({ verdict: 'deviates', place: { line: 3 } });
  });

  it('refuses pins from the remount on that makes it read only', () => {
    const { verdict } = explained(
      ...[...pinned, change('NULL', '/a', 'MS_REMOUNT|MS_RDONLY'), pin('/a/n')],
    );
    expect(verdict).toMatchObject({ verdict: 'deviates', place: { line: 5 }, call: pinText });
    const ofBind = explained(
      ...[...pinned, change('"/a"', '/b', 'MS_BIND')],
      ...[change('NULL', '/b', 'MS_REMOUNT|MS_BIND|MS_RDONLY'), pin('/a/n'), pin('/b/o')],
    );
    expect(ofBind.verdict).toMatchObject({ verdict: 'deviates', place: { line: 7 } });
  });

  it('of another kind on a place that does not matter is not judged', () => {
    const { verdict, judged } = explained(
      ...[mount('/a'), '1 mount("t", "/x", "tmpfs", 0, NULL) = 0', umount('/x')],
      ...[change('"/x"', '/y', 'MS_BIND'), change('"/x"', '/y', 'MS_MOVE')],
      change('NULL', '/x', 'MS_REMOUNT'),
      change('NULL', '/x', 'MS_PRIVATE', '-1 EINVAL (Invalid argument)'),
    );
    expect(verdict).toEqual(conforms);
    expect(judged).toBe(1);
  });

  it('of another kind hides the pins below it', () => {
    const tmpfs = '1 mount("t", "/a", "tmpfs", 0, NULL) = 0';
    expect(explained(...pinned, tmpfs, get('/a/m', missing)).verdict).toEqual(conforms);
    const back = explained(...pinned, tmpfs, umount('/a'), get('/a/m', '4'));
    expect(back.verdict).toEqual(conforms);
  });

  it('leaves the verdict open where it covers the directory above a bpffs', () => {
    const { verdict } = explained(
      ...[mount('/d/a'), create, '1 mount("t", "/d", "tmpfs", 0, NULL) = 0', get('/d/a/m', '4')],
    );
    expect(verdict).toMatchObject({ verdict: 'inconclusive', line: 4 });
    expect(verdict).toHaveProperty('reason', expect.stringContaining('covers a place'));
  });

  it('leaves the verdict open where its path starts nowhere that is shown', () => {
    const relative = (result: string): string => `1 mount("bpf", "a", "bpf", 0, NULL) = ${result}`;
    const { verdict } = explained(mount('/a'), relative('0'), get('/a/m', '4'));
    expect(verdict).toMatchObject({ verdict: 'inconclusive', line: 3 });
    expect(verdict).toHaveProperty('reason', expect.stringContaining('where its path starts'));
    const refused = explained(mount('/a'), relative(missing), get('/a/m', '4'));
    expect(refused.verdict).toMatchObject({ verdict: 'deviates', place: { line: 3 } });
  });

  it('that fails on a directory nobody has seen is not judged', () => {
    const { verdict, judged } = explained(`1 mount("bpf", "/no", "bpf", 0, NULL) = ${missing}`);
    expect([verdict, judged]).toEqual([conforms, 0]);
  });
});

const pinText = expect.stringContaining('/a/n') as unknown;

describe('a bind in a log', () => {
  it('shows the same pins at both places, and keeps them when one goes', () => {
    const { verdict } = explained(
      ...[...pinned, change('"/a"', '/b', 'MS_BIND'), get('/b/m', '4'), umount('/a')],
      ...[get('/a/m', missing), get('/b/m', '5')],
    );
    expect(verdict).toEqual(conforms);
  });

  it('takes along what is mounted below only if it is recursive', () => {
    const below = [mount('/d'), '1 mkdir("/d/a", 0700) = 0', mount('/d/a'), create, pin('/d/a/m')];
    const deep = explained(...below, change('"/d"', '/b', 'MS_BIND|MS_REC'), get('/b/a/m', '4'));
    expect(deep.verdict).toEqual(conforms);
    const flat = explained(...below, change('"/d"', '/b', 'MS_BIND'), get('/b/a/m', '4'));
    expect(flat.verdict).toMatchObject({ verdict: 'deviates', place: { line: 7 } });
  });

  it('of a directory of the host takes along a bpffs below it if it is recursive', () => {
    const { verdict } = explained(
      ...[mount('/d/a'), create, pin('/d/a/m')],
      ...[change('"/d"', '/b', 'MS_BIND|MS_REC'), get('/b/a/m', '4')],
    );
    expect(verdict).toEqual(conforms);
  });

  it('of anything else over a bpffs hides what is pinned there', () => {
    for (const source of ['"/x"', '"x"']) {
      const { verdict } = explained(
        ...[...pinned, change(source, '/a', 'MS_BIND'), get('/a/m', missing)],
      );
      expect(verdict).toEqual(conforms);
    }
  });
});

describe('a move in a log', () => {
  it('takes the pins from one place to the other', () => {
    const { verdict } = explained(
      ...[mount('/b'), umount('/b'), ...pinned, change('"/a"', '/b', 'MS_MOVE')],
      ...[get('/a/m', missing), get('/b/m', '4')],
    );
    expect(verdict).toEqual(conforms);
  });
});

describe('propagation in a log', () => {
  const child = ['1 fork() = 2', '2 unshare(CLONE_NEWNS) = 0'];
  const late = mount('/a/d');
  const mkdir = '1 mkdir("/a/d", 0700) = 0';
  const later = [mkdir, late, create, pin('/a/d/m')];

  it('carries a later mount into another namespace where it is shared', () => {
    const shared = change('NULL', '/a', 'MS_SHARED');
    const { verdict } = explained(mount('/a'), shared, ...child, ...later, get('/a/d/m', '4', 2));
    expect(verdict).toEqual(conforms);
  });

  it('carries nothing where it is private', () => {
    const types = ['MS_SHARED', 'MS_PRIVATE|MS_REC'].map((type) => change('NULL', '/a', type));
    const { verdict } = explained(mount('/a'), ...types, ...child, ...later, get('/a/d/m', '4', 2));
    expect(verdict).toMatchObject({ verdict: 'deviates', place: { line: 10 } });
  });
});

describe('an umount in a log', () => {
  it('fails while a working directory lies on the bpffs, unless it only detaches', () => {
    const busy = '-1 EBUSY (Device or resource busy)';
    const inside = [...pinned, '1 chdir("/a") = 0'];
    const { verdict, remarks } = explained(...inside, umount('/a', '0', busy), get('/a/m', '4'));
    expect([verdict, remarks]).toEqual([conforms, []]);
    expect(explained(...inside, umount('/a')).verdict).toMatchObject({ verdict: 'deviates' });
    const detached = explained(...inside, umount('/a', 'MNT_DETACH'), get('m', '4'));
    expect(detached.verdict).toEqual(conforms);
    expect(detached.mounts).toMatchObject([{ path: '/a', unmounted: { line: 5 } }]);
  });

  it('of a place below a bpffs that is no mount is refused', () => {
    const invalid = '-1 EINVAL (Invalid argument)';
    const dir = '1 mkdir("/a/d", 0700) = 0';
    const { verdict, judged } = explained(mount('/a'), dir, umount('/a/d', '0', invalid));
    expect([verdict, judged]).toEqual([conforms, 3]);
  });

  it('of what was there before the log is not judged', () => {
    const { verdict, judged } = explained(mount('/a'), umount('/x'), umount('x'), umount('/a/d'));
    expect([verdict, judged]).toEqual([conforms, 1]);
  });

  it('leaves the verdict open where it takes away what a bpffs is mounted on', () => {
    const { verdict } = explained(mount('/d/a'), umount('/d', 'MNT_DETACH'), get('/d/a/m', '4'));
    expect(verdict).toMatchObject({ verdict: 'inconclusive', line: 3 });
    expect(verdict).toHaveProperty('reason', expect.stringContaining('takes away places'));
  });
});

describe('a mount namespace in a log', () => {
  const apart = [...pinned, '1 fork() = 2', '2 unshare(CLONE_NEWNS) = 0', umount('/a')];

  it('keeps what another one unmounts', () => {
    const { verdict } = explained(...apart, get('/a/m', missing), get('/a/m', '4', 2));
    expect(verdict).toEqual(conforms);
  });

  it('is not made by an unshare that fails, or asks for other things', () => {
    for (const unshare of [
      'unshare(CLONE_NEWNS) = -1 EPERM (Operation not permitted)',
      'unshare(CLONE_NEWUSER) = 0',
    ]) {
      const { verdict } = explained(
        ...[...pinned, '1 fork() = 2', `2 ${unshare}`, umount('/a'), get('/a/m', missing, 2)],
      );
      expect(verdict).toEqual(conforms);
    }
  });

  it.each([
    ['a file of /proc', '1 openat(AT_FDCWD, "/proc/2/ns/mnt", O_RDONLY) = 5', '5, CLONE_NEWNS'],
    ['a pidfd', '1 pidfd_open(2, 0) = 5', '5, CLONE_NEWNS'],
  ])('is entered through %s', (_, open, args) => {
    const { verdict } = explained(...apart, open, `1 setns(${args}) = 0`, get('/a/m', '6'));
    expect(verdict).toEqual(conforms);
    const refused = `1 setns(${args}) = -1 EPERM (Operation not permitted)`;
    expect(explained(...apart, open, refused, get('/a/m', missing)).verdict).toEqual(conforms);
  });

  it('of a process that nobody was seen to make leaves the verdict open', () => {
    const { verdict } = explained(
      ...['1 unshare(CLONE_NEWNS) = 0', ...pinned, get('/a/m', '4', 2)],
    );
    expect(verdict).toMatchObject({
      ...{ verdict: 'inconclusive', line: 5 },
      reason: 'who made process 2, and in which mount namespace, is not shown',
    });
  });

  it('that nobody knows leaves the verdict open', () => {
    const enter = (flags: string): string => `1 setns(9, ${flags}) = 0`;
    const { verdict } = explained(...apart, enter('CLONE_NEWNS'), get('/a/m', '6'));
    expect(verdict).toMatchObject({ verdict: 'inconclusive', line: 8 });
    expect(verdict).toHaveProperty('reason', expect.stringContaining('enters a namespace'));
    const network = explained(...apart, enter('CLONE_NEWNET'), get('/a/m', '6'));
    expect(network.verdict).toMatchObject({ verdict: 'deviates', place: { line: 8 } });
  });

  it('cannot be told where threads part with their descriptors', () => {
    const { verdict } = explained(
      ...[mount('/a'), '1 clone(child_stack=0x1, flags=CLONE_FILES|CLONE_THREAD) = 2'],
      ...['2 unshare(CLONE_FILES) = 0', get('/a/m', '6')],
    );
    expect(verdict).toMatchObject({ verdict: 'inconclusive', line: 4 });
  });
});
