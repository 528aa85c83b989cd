/** readdir: open(2) of a directory, getdents64(2), close(2); fs/readdir.c, iterate_dir; fs/libfs.c. */
import { wants } from '../permissions.ts';
import { newHere } from '../walk.ts';
import { faultRows, hostScenery, spellingRows } from './path-rows.ts';
import type { Parts } from './parts.types.ts';
import { ifPermissions } from './permission-rows.ts';
import { bound, clause, find, reading, type CallTable } from './row.ts';

/** The descriptor is there for as long as the call takes, so that nothing is left of it. */
export function readdir(parts: Parts): CallTable {
  const { w, names, descriptors, may, mounts, walk } = parts;
  const { dentry, bounds } = w;
  const here = newHere();
  const own = here.at;
  const walked = find((p, path) => {
    here.at = walk.toEnd(own, p, path, 'checked', 'followed');
  });
  let fd = 0;
  const taken = reading(
    [],
    find((p) => {
      fd = descriptors.lowest(p);
    }),
  );
  const noDescriptor = clause(
    'readdir.no-descriptor',
    'EMFILE',
    () => fd === 0,
    'fs/open.c, do_sys_openat2: the number is reserved before the walk; measured on 6.18.44',
  );
  function entries(): readonly number[] {
    const found: number[] = [];
    for (let e = 1; e <= bounds.dentries; e++) {
      const name = dentry.name(e);
      // What has lost its name, and is open, still knows where it was.
      if (name !== 0 && dentry.parent(e) === here.at.dentry) found.push(name);
    }
    return found;
  }
  return {
    call: 'readdir',
    short: 'readdir',
    sorts: ['path'],
    rows: [
      ...spellingRows(names),
      taken,
      reading([taken], noDescriptor),
      walked,
      ...faultRows(walked, here),
      clause(
        'readdir.not-a-directory',
        'ENOTDIR',
        () => !walk.isDirectory(here.at.dentry),
        'open(2), O_DIRECTORY',
      ),
      ...ifPermissions(
        parts,
        clause(
          'readdir.denied',
          'EACCES',
          (p) => !may.allow(p, here.at.dentry, wants.toRead),
          'fs/namei.c, may_open; measured on 6.18.44',
        ),
      ),
      bound('bound.host', () => !mounts.isBpf(here.at.dentry), hostScenery),
      clause(
        'readdir.removed-directory',
        'ENOENT',
        () => mounts.isDead(here.at.dentry),
        'fs/readdir.c, iterate_dir: IS_DEADDIR; measured on 6.18.44',
      ),
    ],
    effect: () => entries().length,
    shows: () => entries().map((name) => names.name(name)),
  };
}
