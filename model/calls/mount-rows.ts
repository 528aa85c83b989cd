/** Rows of calls that attach a mount: fs/namespace.c, lock_mount, graft_tree, attach_recursive_mnt. */
import { freeRow } from '../state/tables.ts';
import type { Here } from '../walk.ts';
import { faultRows, spellingRows } from './path-rows.ts';
import type { Parts } from './parts.types.ts';
import { bound, clause, find, reading, type Row } from './row.ts';

/**
 * Walks to where something is to be attached. A mount goes on top of what is there already, which
 * is taken once the walk has succeeded (lock_mount).
 */
export function targetRows({ names, walk }: Parts, here: Here): readonly Row[] {
  const own = here.at;
  const walked = find((p, path) => {
    here.at = walk.toTop(own, p, path);
  });
  return [...spellingRows(names), walked, ...faultRows(walked, here)];
}

/** Newer kernels see at once that a mount is in no namespace; for others it is one of another's. */
export const detachedRows = ({ w, is }: Parts, short: string, here: Here): readonly Row[] =>
  is.detachedTarget === 'EINVAL'
    ? []
    : [
        clause(
          `${short}.detached`,
          'ENOENT',
          () => here.at.mount !== 0 && w.mount.namespace(here.at.mount) === 0,
          'fs/namespace.c, do_lock_mount; measured on 6.18.44',
        ),
      ];

/** What was removed cannot be the root of one more mount, or of one that is elsewhere. */
export const removedSource = ({ is, mounts }: Parts, short: string, from: Here): readonly Row[] =>
  is.bindRemoved === 'ENOENT'
    ? [
        clause(
          `${short}.removed-source`,
          'ENOENT',
          () => mounts.isDead(from.at.dentry),
          'fs/namespace.c, attach_recursive_mnt; measured on 6.18.44',
        ),
      ]
    : [];

export function mountRow({ w }: Parts, into: { mount: number }): readonly Row[] {
  const taken = reading(
    [],
    find(() => {
      into.mount = freeRow(w.mount.state, w.bounds.mounts);
    }),
  );
  return [
    taken,
    reading(
      [taken],
      bound('bound.mounts', () => into.mount === 0),
    ),
  ];
}
