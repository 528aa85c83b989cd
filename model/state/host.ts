/** The host tree: the constant part of the state, behind the bounded rows (docs/world.md). */
import type { Names } from '../names.ts';
import { cgroupHierarchy } from '../vocabulary/index.ts';
import { inodeKinds } from './codes.ts';
import type { Tables } from './tables.ts';

/** One entry of the host tree: a name below a directory that was listed before it. */
export interface HostEntry {
  /** Index of its parent in the list; the root, index 0, is its own. */
  readonly parent: number;
  readonly name: string;
  readonly kind: 'directory' | 'regular';
}

/** The file of a namespace: in no directory, by a name that no path has. It stands last. */
export const namespaceEntry: HostEntry = { parent: 0, name: 'ns/mnt', kind: 'regular' };

const cgroupName = cgroupHierarchy.slice(1, -1);

/**
 * Reads a host list: absolute paths, parents first, directories ending in "/".
 * @throws on a path whose parent directory does not stand before it.
 */
export function hostEntries(host: readonly string[]): readonly HostEntry[] {
  const entries: HostEntry[] = [{ parent: 0, name: '', kind: 'directory' }];
  const index = new Map<string, number>([['/', 0]]);
  for (const path of host) {
    const kind = path.endsWith('/') ? 'directory' : 'regular';
    const trimmed = kind === 'directory' ? path.slice(0, -1) : path;
    const cut = trimmed.lastIndexOf('/') + 1;
    const parent = index.get(trimmed.slice(0, cut));
    if (parent === undefined || cut === trimmed.length) {
      throw new Error(`the host path ${path} has no directory before it to lie in`);
    }
    index.set(path, entries.length);
    entries.push({ parent, name: trimmed.slice(cut), kind });
  }
  return entries;
}

/** Which entries of a host tree are cgroups, and which holds them; 0, the root, for none. */
export function cgroupsOf(entries: readonly HostEntry[]): {
  readonly cgroupRoot: number;
  readonly cgroups: readonly number[];
} {
  const cgroupRoot = entries.findIndex(
    ({ parent, name, kind }) => parent === 0 && name === cgroupName && kind === 'directory',
  );
  if (cgroupRoot < 0) return { cgroupRoot: 0, cgroups: [] };
  const cgroups = entries.flatMap(({ parent }, k) => (parent === cgroupRoot ? [k] : []));
  return { cgroupRoot, cgroups };
}

/** Writes the host tree into the constant rows. */
export function writeHost(w: Tables, entries: readonly HostEntry[], names: Names): void {
  const { bounds, dentry, inode, superblock } = w;
  const [firstDentry, firstInode, host] = [
    bounds.dentries + 1,
    bounds.inodes + 1,
    bounds.superblocks + 1,
  ];
  superblock.root.cells[host] = firstDentry;
  entries.forEach(({ parent, name, kind }, k) => {
    const [e, i] = [firstDentry + k, firstInode + k];
    inode.superblock.cells[i] = host;
    inode.kind.cells[i] = inodeKinds[kind];
    dentry.inode.cells[e] = i;
    if (k > 0) {
      dentry.parent.cells[e] = firstDentry + parent;
      dentry.name.cells[e] = names.nameId(name);
    }
  });
}
