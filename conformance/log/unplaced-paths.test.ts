import { describe, expect, it } from 'vitest';
import { explained } from './explained.test-data.ts';

const m = '/sys/fs/bpf/m';
const create = '1 bpf(BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_HASH, map_name="m"}, 72) = 3';
const get = (path: string, result: string): string =>
  `1 bpf(BPF_OBJ_GET, {pathname="${path}"}, 16) = ${result}`;
const missing = '-1 ENOENT (No such file or directory)';
const pinned = [
  '1 mount("bpf", "/sys/fs/bpf", "bpf", 0, NULL) = 0',
  create,
  `1 bpf(BPF_OBJ_PIN, {pathname="${m}", bpf_fd=3}, 16) = 0`,
];

/** Without -v, strace 6.1 hides path_fd. */
const hidden = (command: string, path: string, result: string): string =>
  `1 bpf(${command}, {pathname="${path}", bpf_fd=3, file_flags=0x4000 /* BPF_F_??? */, ...}, 128) = ${result}`;

describe('a path that starts where the log does not show', () => {
  it('leaves the verdict open behind a pin from a directory that is hidden', () => {
    const { verdict } = explained(
      ...[...pinned, hidden('BPF_OBJ_PIN', 'n', '0'), get('/sys/fs/bpf/d/n', '4')],
    );
    expect(verdict).toMatchObject({
      ...{ verdict: 'inconclusive', line: 5 },
      reason: `${hidden('BPF_OBJ_PIN', 'n', '0').slice(2)}: where its path starts is not shown; strace -v -y shows it`,
    });
  });

  it.each([
    ['unlink("m")', get(m, missing)],
    ['rename("m", "/sys/fs/bpf/n")', get(m, missing)],
    ['link("m", "/sys/fs/bpf/n")', get('/sys/fs/bpf/n', '4')],
    ['umount2("fs", MNT_DETACH)', get(m, missing)],
    ['mkdir("d", 0777)', '1 rmdir("/sys/fs/bpf/d") = 0'],
  ])('leaves the verdict open behind %s', (call, then) => {
    const { verdict } = explained(...pinned, `1 ${call} = 0`, then);
    expect(verdict).toMatchObject({ verdict: 'inconclusive', line: 5 });
  });

  it('leaves nothing open by a call that fails, or that finds something', () => {
    const { verdict } = explained(
      ...[...pinned, `1 unlink("m") = ${missing}`, hidden('BPF_OBJ_GET', 'm', '4')],
      get(m, missing),
    );
    expect(verdict).toMatchObject({ verdict: 'deviates', place: { line: 6 } });
  });

  it('does not take what is found there for what was open by that number', () => {
    const { objects } = explained(...pinned, hidden('BPF_OBJ_GET', 'm', '3'), '1 close(3) = 0');
    expect(objects).toMatchObject([{ end: { kind: 'held', holders: [`pin ${m}`] } }]);
    expect(objects[0]?.outlived).toMatchObject({ place: { line: 4 } });
  });

  it('is placed where the last call to show it says, and not where the name of a link led', () => {
    const { verdict } = explained(
      ...[...pinned, '1 chdir("/link-to-bpf") = 0'],
      ...['1 openat(AT_FDCWD</sys/fs/bpf>, "/x", O_RDONLY) = 4', '1 unlink("m") = 0'],
      get(m, missing),
    );
    expect(verdict).toEqual({ verdict: 'conforms' });
  });

  it('is placed where another call of the process shows the working directory', () => {
    const shown = '1 openat(AT_FDCWD</sys/fs/bpf>, "/etc/ld.so.cache", O_RDONLY) = 4';
    const { verdict } = explained(...pinned, shown, '1 unlink("m") = 0', get(m, missing));
    expect(verdict).toEqual({ verdict: 'conforms' });
  });
});
