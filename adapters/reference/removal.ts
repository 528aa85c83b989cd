/** Removing names that mounts may be attached to. */
import { detachMounts } from './mount.ts';
import type { Dentry, Kernel } from './structures.types.ts';

/** Removes a name, and what other namespaces have mounted on it. */
export function removeEntry(kernel: Kernel, dentry: Dentry): void {
  kernel.operations.removeName(kernel, dentry);
  detachMounts(kernel, dentry);
}
