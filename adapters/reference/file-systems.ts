/** What file systems can do with names; with links and renames they differ. */
import type { Kernel, Superblock } from './structures.types.ts';

/** Whether it has link and rename: no hierarchy of cgroups does. */
export function hasRenames({ release }: Kernel, { type }: Superblock): boolean {
  if (type === 'bpf') return release.renames !== 'unknown';
  return type === 'tmpfs';
}

/** Whether its rename takes flags. */
export function hasRenameFlags({ release }: Kernel, { type }: Superblock): boolean {
  return type !== 'bpf' || release.renames === 'with-flags';
}

/** Whether it has symbolic links. */
export function hasSymlinks({ release }: Kernel, { type }: Superblock): boolean {
  if (type === 'bpf') return release.symlinks === 'known';
  return type === 'tmpfs';
}
