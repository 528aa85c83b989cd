/** chdir, fchdir: chdir(2); fs/open.c. */
import { wants } from '../permissions.ts';
import { newHere, type Here } from '../walk.ts';
import type { Parts } from './parts.types.ts';
import { ifPermissions } from './permission-rows.ts';
import { cgroupScenery, descriptorFaultRows, faultRows, spellingRows } from './path-rows.ts';
import { bound, clause, find, ofArguments, type CallTable, type Row } from './row.ts';

const source = 'chdir(2); fs/open.c, ksys_chdir; measured on 6.18.44';

const noDirectories = ({ w }: Parts): Row =>
  ofArguments(bound('bound.directories', () => w.bounds.directories !== 1));

/** What comes once it is known where the caller wants to be. */
function arrivalRows(parts: Parts, short: string, here: Here): readonly Row[] {
  const { may, walk } = parts;
  const mayEnter = (p: number): boolean => may.allow(p, here.at.dentry, wants.toExecute);
  return [
    clause(`${short}.not-a-directory`, 'ENOTDIR', () => !walk.isDirectory(here.at.dentry), source),
    ...ifPermissions(
      parts,
      clause(`${short}.denied`, 'EACCES', (p) => !mayEnter(p), source),
    ),
    bound('bound.cgroup', () => walk.isOfCgroups(here.at.dentry), cgroupScenery),
  ];
}

export function chdir(parts: Parts): CallTable {
  const { names, mounts, walk } = parts;
  const here = newHere();
  const own = here.at;
  const walked = find((p, path) => {
    here.at = walk.toEnd(own, p, path, 'checked', 'followed');
  });
  return {
    call: 'chdir',
    short: 'chdir',
    sorts: ['path'],
    rows: [
      noDirectories(parts),
      ...spellingRows(names),
      walked,
      ...faultRows(walked, here),
      ...arrivalRows(parts, 'chdir', here),
    ],
    effect(p) {
      mounts.moveTo(p, here.at.mount, here.at.dentry);
      return 0;
    },
  };
}

/** A place (O_PATH) will do. */
export function fchdir(parts: Parts): CallTable {
  const { mounts, walk } = parts;
  const here = newHere();
  const own = here.at;
  const walked = find((p, fd) => {
    here.at = walk.toDescriptor(own, p, fd);
  });
  return {
    call: 'fchdir',
    short: 'fchdir',
    sorts: ['fd'],
    rows: [
      noDirectories(parts),
      walked,
      ...descriptorFaultRows('fchdir', walked, here, 'a directory'),
      ...arrivalRows(parts, 'fchdir', here),
    ],
    effect(p) {
      mounts.moveTo(p, here.at.mount, here.at.dentry);
      return 0;
    },
  };
}
