/**
 * Mounts that are locked: in a namespace of another user namespace than their originals' they stay as they are
 * shown (fs/namespace.c, lock_mnt_tree; mount_namespaces(7)).
 */
import { locks } from '../state/codes.ts';
import type { Parts } from './parts.types.ts';

/** Locked mounts stay with what they are in, even if that is detached, as long as somebody is there. */
export const lockedTree = 'docs/world.md: mounts below a mount that is detached are detached';

/** True for a mount that is neither moved nor removed (MNT_LOCKED). */
export const isLocked = ({ w }: Parts, m: number): boolean => (w.mount.lock(m) & locks.mount) !== 0;

/** True for a mount that cannot be made writable (MNT_LOCK_READONLY). */
export const isLockedReadOnly = ({ w }: Parts, m: number): boolean =>
  (w.mount.lock(m) & locks.readOnly) !== 0;

/** `lock`: bits of `locks`. */
export function setLock({ w }: Parts, m: number, lock: number): void {
  w.mount.lock.cells[m] = lock;
}
