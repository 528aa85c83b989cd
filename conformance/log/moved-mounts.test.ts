import { describe, expect, it } from 'vitest';
import { explained } from './explained.test-data.ts';

const mount = (target: string): string => `1 mount("bpf", "${target}", "bpf", 0, NULL) = 0`;

describe('a mount that is moved', () => {
  it('lives where it was moved to, whatever else is unmounted', () => {
    const { verdict, mounts } = explained(
      ...[mount('/a'), mount('/c'), '1 mount("/x", "/b", NULL, MS_BIND, NULL) = 0'],
      ...['1 umount2("/b", 0) = 0', '1 mount("/a", "/b", NULL, MS_MOVE, NULL) = 0'],
      '1 umount2("/c", 0) = 0',
    );
    expect(verdict).toEqual({ verdict: 'conforms' });
    expect(mounts).toMatchObject([
      { path: '/b', unmounted: null },
      { path: '/c', unmounted: { line: 6 } },
    ]);
  });
});

describe('all mounts made private, as unshare -m does', () => {
  const alone = [
    '1 unshare(CLONE_NEWNS) = 0',
    '1 mount("none", "/", NULL, MS_REC|MS_PRIVATE, NULL) = 0',
    mount('/a'),
    '1 bpf(BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_HASH, map_name="m"}, 72) = 3',
    '1 bpf(BPF_OBJ_PIN, {pathname="/a/m", bpf_fd=3}, 16) = 0',
  ];

  it('leaves the log open to a verdict', () => {
    expect(explained(...alone)).toMatchObject({ verdict: { verdict: 'conforms' }, remarks: [] });
    const again = '1 bpf(BPF_OBJ_PIN, {pathname="/a/m", bpf_fd=3}, 16) = 0';
    expect(explained(...alone, again).verdict).toMatchObject({
      verdict: 'deviates',
      place: { line: 6 },
    });
  });
});
