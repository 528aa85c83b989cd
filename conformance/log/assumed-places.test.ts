import { describe, expect, it } from 'vitest';
import { explained } from './explained.test-data.ts';

const get = (path: string, result: string): string =>
  `1 bpf(BPF_OBJ_GET, {pathname="${path}"}, 16) = ${result}`;
const pin = (path: string, fd: number): string =>
  `1 bpf(BPF_OBJ_PIN, {pathname="${path}", bpf_fd=${fd}}, 16) = 0`;

describe('a bpffs that a log which starts in the middle shows', () => {
  it('is assumed where the highest of its pins lies, whichever comes first', () => {
    const { verdict, assumptions } = explained(
      get('/a/fs/sub/m', '3'),
      pin('/a/fs/o', 3),
      get('/a/fs/sub/m', '4'),
    );
    expect(verdict).toEqual({ verdict: 'conforms' });
    expect(assumptions.map(({ text }) => text)).toEqual([
      'a bpffs is mounted on /a/fs',
      'the directory /a/fs/sub was there before',
      'an object is pinned at /a/fs/sub/m; it is taken for a map',
    ]);
  });

  it('is none where a process works on in one that was detached', () => {
    const { verdict, assumptions } = explained(
      ...['1 mount("bpf", "/a", "bpf", 0, NULL) = 0', '1 chdir("/a") = 0'],
      ...['1 umount2("/a", MNT_DETACH) = 0'],
      '1 bpf(BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_HASH, map_name="m"}, 72) = 3',
      ...[pin('m', 3), get('m', '4'), get('/a/m', '-1 ENOENT (No such file or directory)')],
    );
    expect([verdict, assumptions]).toEqual([{ verdict: 'conforms' }, []]);
  });

  it('leaves the verdict open where it turns out to have begun further up', () => {
    const { verdict } = explained(
      ...[get('/a/fs/sub/m', '3'), '1 openat(AT_FDCWD</a/fs>, "/x", O_RDONLY) = 5'],
      ...['1 chdir("/a/fs") = 0', pin('o', 3), get('/a/fs/sub/m', '4')],
    );
    expect(verdict.verdict).not.toBe('deviates');
  });

  it.each(['rmdir("/a/fs/sub")', 'rename("/a/fs/sub", "/a/fs/other")'])(
    'leaves the verdict open where it turns out to be none: %s',
    (call) => {
      const { verdict } = explained(
        ...[get('/a/fs/sub/m', '3'), '1 unlink("/a/fs/sub/m") = 0', `1 ${call} = 0`],
        get('/a/fs/sub/m', '4'),
      );
      expect(verdict).toMatchObject({
        ...{ verdict: 'inconclusive', line: 4 },
        reason: `${call} = 0: no bpffs is mounted on /a/fs/sub, as was assumed`,
      });
    },
  );

  it.each([
    ['rmdir("/sys/fs/bpf/x")', 'ENOTDIR'],
    ['unlink("/sys/fs/bpf/x")', 'EISDIR'],
    ['rmdir("/sys/fs/bpf/x")', 'ENOTEMPTY'],
    ['rmdir("/sys/fs/bpf/x")', 'EBUSY'],
    ['rename("/sys/fs/bpf/m", "/sys/fs/bpf/x")', 'EISDIR'],
    ['rename("/sys/fs/bpf/m", "/sys/fs/bpf/x/m")', 'EXDEV'],
    ['link("/sys/fs/bpf/m", "/sys/fs/bpf/x/m")', 'EXDEV'],
    ['mkdir("/sys/fs/bpf/x/d", 0777)', 'ENOTDIR'],
    ['mkdir("/sys/fs/bpf/x/d", 0777)', 'EEXIST'],
    ['mkdir("/sys/fs/bpf/x", 0777)', 'EEXIST'],
    ['symlink("m", "/sys/fs/bpf/x")', 'EEXIST'],
    ['link("/sys/fs/bpf/m", "/sys/fs/bpf/x")', 'EEXIST'],
  ])('may hold what makes %s fail by %s, of which nothing was told', (call, errno) => {
    const { verdict } = explained(get('/sys/fs/bpf/m', '3'), `1 ${call} = -1 ${errno} (So it is)`);
    expect(verdict).toEqual({ verdict: 'conforms' });
  });

  it('is judged by such an error where the log has told what is there', () => {
    const { verdict } = explained(
      ...[get('/sys/fs/bpf/m', '3'), '1 mkdir("/sys/fs/bpf/d", 0777) = 0'],
      '1 rmdir("/sys/fs/bpf/d") = -1 ENOTDIR (Not a directory)',
    );
    expect(verdict).toMatchObject({ verdict: 'deviates', place: { line: 3 } });
  });
});
