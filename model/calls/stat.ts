/** stat, statx: stat(2), statx(2); fs/stat.c. */
import { newHere } from '../walk.ts';
import { users } from '../state/codes.ts';
import { statValue, statxValue } from '../vocabulary/index.ts';
import { hostScenery } from './path-rows.ts';
import type { Parts } from './parts.types.ts';
import { noPermissions, walkRows } from './permissions.ts';
import { bound, type CallTable } from './row.ts';

export function stat(parts: Parts): CallTable {
  const { inodes, mounts, walk } = parts;
  const here = newHere();
  return {
    call: 'stat',
    short: 'stat',
    looksAt: 'file-systems',
    sorts: ['path'],
    rows: [
      ...walkRows(parts, here),
      bound('bound.host', () => !mounts.isBpf(here.at.dentry), hostScenery),
    ],
    effect() {
      const e = here.at.dentry;
      const kind = walk.isDirectory(e) ? 'directory' : 'file';
      return statValue({ kind, nlink: inodes.linksOf(e) });
    },
  };
}

/** The part of what it shows that stat does not tell: whose a file is, and who may do what with it. */
export function statx(parts: Parts): CallTable {
  const { mounts, may, walk } = parts;
  const here = newHere();
  return {
    call: 'statx',
    short: 'statx',
    sorts: ['path'],
    rows: [
      noPermissions(parts),
      ...walkRows(parts, here),
      bound('bound.host', () => !mounts.isBpf(here.at.dentry), hostScenery),
    ],
    effect(p) {
      const e = here.at.dentry;
      const kind = walk.isDirectory(e) ? 'directory' : 'file';
      // Whoever has no number there is shown by the one of nobody (overflowuid).
      const owner = may.ownerOf(e) === users.root && !may.isUnmapped(p) ? 0 : 65534;
      return statxValue({ kind, mode: may.modeOf(e), owner });
    },
  };
}
