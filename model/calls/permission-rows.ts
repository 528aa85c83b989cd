/** What is refused for want of a permission or of a capability; none of it in a world without permissions. */
import type { Here } from '../walk.ts';
import type { Parts } from './parts.types.ts';
import { clause, type Condition, type Row } from './row.ts';

const denying = 'fs/namei.c: may_create, may_delete, inode_permission; measured on 6.18.44';

/** Rows of a world with permissions. */
export const ifPermissions = ({ w }: Parts, ...rows: readonly Row[]): readonly Row[] =>
  w.bounds.permissions === 1 ? rows : [];

/** Who has no capability is told so. */
export const capableRows = (
  parts: Parts,
  call: string,
  source: string,
  errno: 'EPERM' | 'EINVAL' = 'EPERM',
): readonly Row[] =>
  ifPermissions(
    parts,
    clause(`${call}.unprivileged`, errno, (p) => !parts.may.isPrivileged(p), source),
  );

/** Rows of a world with user namespaces. */
export const ifUserNamespaces = ({ w }: Parts, ...rows: readonly Row[]): readonly Row[] =>
  w.bounds.permissions === 1 && w.bounds.userNamespaces === 1 ? rows : [];

/** Who has no capability over the mounts of its namespace is told so (may_mount). */
export const administeringRows = (parts: Parts, call: string, source: string): readonly Row[] =>
  ifPermissions(
    parts,
    clause(
      `${call}.unprivileged`,
      'EPERM',
      (p) => !parts.may.administers(p, parts.w.process.namespace(p)),
      source,
    ),
  );

/** Who may not make names in the directory that a walk came to. */
export const newNameDenied = (parts: Parts, call: string, here: Here): readonly Row[] =>
  ifPermissions(
    parts,
    clause(`${call}.denied`, 'EACCES', (p) => !parts.may.allowNames(p, here.at.dentry), denying),
  );

/** Who may not remove a name, or not this one (may_delete). `unless`: what is told otherwise. */
export const removalDenied = (
  parts: Parts,
  call: string,
  here: Here,
  unless: () => boolean = () => false,
): readonly Row[] => {
  const { may } = parts;
  const refuses = (holds: (p: number) => boolean): Condition => {
    return (p) => !unless() && holds(p);
  };
  return ifPermissions(
    parts,
    clause(
      `${call}.denied`,
      'EACCES',
      refuses((p) => !may.allowNames(p, here.at.dentry)),
      denying,
    ),
    clause(
      `${call}.sticky`,
      'EPERM',
      refuses((p) => may.isKept(p, here.at.dentry, here.at.child)),
      'fs/namei.c, check_sticky; measured on 6.18.44',
    ),
  );
};

/**
 * Where a kernel has bpf(2) closed to who has no capability (kernel.unprivileged_bpf_disabled): all of
 * it, or the two commands that create.
 */
export const bpfClosed = (
  parts: Parts,
  call: string,
  at: Parts['is']['unprivileged'],
): readonly Row[] =>
  parts.is.unprivileged === at && parts.w.bounds.unprivilegedBpf !== 1
    ? capableRows(parts, call, 'kernel/bpf/syscall.c: sysctl_unprivileged_bpf_disabled')
    : [];
