import { describe, expect, it } from 'vitest';
import { profileNames } from '../index.ts';
import { create, exists, mountOn, noDirectory, noEntry, pin } from '../lines.test-data.ts';
import { lines, replayed, worldOf } from '../replayed.test-data.ts';

const noFile = '-1 EACCES (Permission denied)';
const noNode = '-1 EPERM (Operation not permitted)';

const mknod = (path: string, type: 'S_IFREG' | 'S_IFIFO' = 'S_IFREG'): string =>
  `mknod("${path}", ${type}|0644)`;
const device = 'mknod("/a/y", S_IFCHR|0644, makedev(0x1, 0x3))';

describe.each(profileNames)('a bpffs under %s', (profile) => {
  it('makes neither files nor nodes, which is told behind all else', () => {
    const text = `
      1 ${mountOn('/a')} = 0
      1 ${create('ARRAY')} = 3
      1 ${pin('/a/x', 3)} = 0
      1 ${mknod('/a/y')} = ${noFile} ; mknod.no-file
      1 ${mknod('/a/y', 'S_IFIFO')} = ${noNode} ; mknod.no-node
      1 ${device} = ${noNode} ; mknod.no-node
      1 ${mknod('/a/x')} = ${exists} ; mknod.name-taken
      1 ${mknod('/a/x/')} = ${exists} ; mknod.name-taken
      1 ${mknod('/a/.')} = ${exists} ; mknod.last-is-no-name
      1 ${mknod('/a/y/')} = ${noEntry} ; mknod.trailing-slash
      1 ${mknod('/a/x/y')} = ${noDirectory} ; walk.not-a-directory
      1 ${mknod('/b/y')} ; bound.host
      1 mkdir("/a/d", 0755) = 0
      1 mount("/a/d", "/b", NULL, MS_BIND, NULL) = 0
      1 rmdir("/a/d") = 0
      1 ${mknod('/b/y')} = ${noEntry} ; mknod.in-removed-directory`;
    expect(replayed(worldOf(profile), text)).toBe(lines(text));
  });
});
