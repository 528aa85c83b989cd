/** stat: stat(2); fs/stat.c. */
import { newHere } from '../walk.ts';
import { statValue } from '../vocabulary/index.ts';
import { faultRows, hostScenery, spellingRows } from './path-rows.ts';
import type { Parts } from './parts.types.ts';
import { bound, find, type CallTable } from './row.ts';

export function stat({ names, inodes, mounts, walk }: Parts): CallTable {
  const here = newHere();
  const own = here.at;
  const walked = find((p, path) => {
    here.at = walk.toEnd(own, p, path, 'checked', 'followed');
  });
  return {
    call: 'stat',
    short: 'stat',
    looksAt: 'file-systems',
    sorts: ['path'],
    rows: [
      ...spellingRows(names),
      walked,
      ...faultRows(walked, here),
      bound('bound.host', () => !mounts.isBpf(here.at.dentry), hostScenery),
    ],
    effect() {
      const e = here.at.dentry;
      const kind = walk.isDirectory(e) ? 'directory' : 'file';
      return statValue({ kind, nlink: inodes.linksOf(e) });
    },
  };
}
