/** umount2: umount(2); fs/namespace.c, do_umount. */
import { fault, newHere } from '../walk.ts';
import { isLocked } from './locking.ts';
import type { Parts } from './parts.types.ts';
import { cgroupScenery, faultRows, hostScenery, spellingRows } from './path-rows.ts';
import { administeringRows, ifUserNamespaces } from './permission-rows.ts';
import { bound, clause, find, type CallTable } from './row.ts';

export const mayMount = 'fs/namespace.c, may_mount; measured on 6.18.44';

/** A mount of another namespace, or of none (check_mnt). The host tree is every namespace's own. */
export const isForeign = ({ w }: Parts, p: number, m: number): boolean =>
  m !== 0 && w.mount.namespace(m) !== w.process.namespace(p);

/** The argument codes of umount2's flag. */
export const umountFlags = {
  none: 0,
  MNT_DETACH: 1,
  MNT_FORCE: 2,
  UMOUNT_NOFOLLOW: 3,
  MNT_EXPIRE: 4,
  'MNT_DETACH|MNT_EXPIRE': 5,
} as const;

const doUmount = 'umount(2); fs/namespace.c, do_umount';
const expiryDoubt = 'docs/world.md: a mount that a walk went through since it was marked to expire';

const isFound = (what: number): boolean => what === fault.none || what === fault.namespaceFile;

export function umount(parts: Parts): CallTable {
  const { w, is, names, mounts, propagation, uses, walk } = parts;
  const here = newHere();
  const R: { victims: readonly number[] } = { victims: [] };
  const own = here.at;
  const walked = find((p, path, flag) => {
    const links = flag === umountFlags.UMOUNT_NOFOLLOW ? 'kept' : 'followed';
    here.at = walk.toEnd(own, p, path, is.umountSlash, links);
    if (isFound(here.at.fault)) uses.leaveUnused(here.at.mount);
  });
  const hostRoot = w.bounds.dentries + 1;
  const capable = administeringRows(parts, 'umount', mayMount);
  return {
    call: 'umount2',
    short: 'umount',
    looksAt: 'file-systems',
    sorts: ['path', 'umount-flag'],
    rows: [
      ...(is.umountAsks === 'before-walk' ? capable : []),
      ...spellingRows(names),
      walked,
      ...faultRows(walked, here, 'anything'),
      ...(is.umountAsks === 'after-walk' ? capable : []),
      bound('bound.root', () => here.at.mount === 0 && here.at.dentry === hostRoot, hostScenery),
      bound('bound.cgroup', () => walk.isCgroupRoot(here.at.dentry), cgroupScenery),
      clause(
        'umount.not-a-mount',
        'EINVAL',
        () => w.mount.root(here.at.mount) !== here.at.dentry,
        'umount(2)',
      ),
      clause('umount.foreign', 'EINVAL', (p) => isForeign(parts, p, here.at.mount), 'umount(2)'),
      ...ifUserNamespaces(
        parts,
        clause(
          'umount.locked',
          'EINVAL',
          () => isLocked(parts, here.at.mount),
          'fs/namespace.c, can_umount: MNT_LOCKED; measured on 6.18.44',
        ),
        clause(
          'umount.force',
          'EPERM',
          (p, _path, flag) => flag === umountFlags.MNT_FORCE && !parts.may.isPrivileged(p),
          'fs/namespace.c, can_umount: MNT_FORCE; measured on 6.18.44',
        ),
      ),
      clause(
        'umount.expire-detached',
        'EINVAL',
        (_p, _path, flag) => flag === umountFlags['MNT_DETACH|MNT_EXPIRE'],
        `${doUmount}; measured on 6.18.44`,
      ),
      clause(
        'umount.busy',
        'EBUSY',
        (_p, _path, flag) =>
          flag !== umountFlags.MNT_DETACH &&
          (mounts.hasChildMounts(here.at.mount) || mounts.isHeld(here.at.mount)),
        doUmount,
      ),
      bound(
        'bound.expiry',
        (_p, _path, flag) => flag === umountFlags.MNT_EXPIRE && uses.isInDoubt(here.at.mount),
        expiryDoubt,
      ),
      {
        ...clause(
          'umount.unmarked',
          'EAGAIN',
          (_p, _path, flag) => flag === umountFlags.MNT_EXPIRE && !uses.isMarked(here.at.mount),
          `${doUmount}; measured on 6.18.44`,
        ),
        leaves() {
          uses.mark(here.at.mount);
        },
      },
      clause(
        'umount.peer-busy',
        'EBUSY',
        (_p, _path, flag) =>
          flag !== umountFlags.MNT_DETACH && propagation.isPeerBusy(here.at.mount),
        'fs/pnode.c, propagate_mount_busy; measured on 6.18.44',
      ),
      find(() => {
        R.victims = propagation.victims(propagation.treeOf(here.at.mount));
      }),
    ],
    effect() {
      propagation.detach(here.at.mount, R.victims);
      return 0;
    },
  };
}
