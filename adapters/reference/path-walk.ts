/** Walks: from a path to a place, or to the directory in which the last component is a name. */
import { isDirectory } from './dcache.ts';
import { followMounts } from './mount.ts';
import { byteLength, longestName } from './path-name.ts';
import type { PathName } from './path-name.ts';
import type {
  Creation,
  Dentry,
  Kernel,
  Location,
  NegativeDentry,
  OrError,
  Task,
} from './structures.types.ts';

/** Walks to the end, across mounts, the ones at the end too. */
export function walk(kernel: Kernel, task: Task, name: PathName): OrError<Location> {
  const end = walkComponents(kernel, task, name.components);
  if (typeof end === 'string') return end;
  return name.trailingSlash && !isDirectory(end.dentry) ? 'ENOTDIR' : end;
}

/** The last component of a path, and the directory it is looked up in. */
export interface Last {
  readonly parent: Location;
  readonly type: 'name' | 'dot' | 'dot-dot' | 'root';
  /** The component; empty for `root`. */
  readonly name: string;
}

/** Walks to the directory of the last component. */
export function walkToParent(kernel: Kernel, task: Task, name: PathName): OrError<Last> {
  const last = name.components.at(-1) ?? '';
  const parent = walkComponents(kernel, task, name.components.slice(0, -1));
  if (typeof parent === 'string') return parent;
  if (!isDirectory(parent.dentry)) return 'ENOTDIR';
  return { parent, type: typeOf(last), name: last };
}

function typeOf(component: string): Last['type'] {
  if (component === '') return 'root';
  if (component === '.') return 'dot';
  return component === '..' ? 'dot-dot' : 'name';
}

function walkComponents(
  kernel: Kernel,
  task: Task,
  components: readonly string[],
): OrError<Location> {
  // The root of a namespace is where it is, even if something is mounted over it.
  const { root } = task.namespace;
  let at: Location = { mount: root, dentry: root.root };
  for (const component of components) {
    if (!isDirectory(at.dentry)) return 'ENOTDIR';
    const next = walkComponent(kernel, task, at, component);
    if (typeof next === 'string') return next;
    at = next;
  }
  return at;
}

function walkComponent(
  kernel: Kernel,
  task: Task,
  at: Location,
  component: string,
): OrError<Location> {
  if (component === '.') return at;
  if (component === '..') return followMounts(above(task, at));
  const dentry = lookUp(kernel, at.dentry, component);
  if (typeof dentry === 'string') return dentry;
  return dentry === null ? 'ENOENT' : followMounts({ mount: at.mount, dentry });
}

/** The directory above, out of a mount if need be, but never above the root of the namespace. */
function above(task: Task, at: Location): Location {
  if (at.dentry !== at.mount.root) {
    return { mount: at.mount, dentry: at.dentry.parent ?? at.dentry };
  }
  const { attachment } = at.mount;
  if (at.mount === task.namespace.root || attachment === null) return at;
  return above(task, { mount: attachment.parent, dentry: attachment.mountpoint });
}

/** Looks a name up in a directory, not across mounts; null if it could be there but is not. */
export function lookUp(kernel: Kernel, directory: Dentry, name: string): OrError<Dentry | null> {
  const known = directory.children.get(name);
  if (known !== undefined) return known;
  // No name is looked up in a directory that was removed.
  if (directory.state === 'unhashed') return 'ENOENT';
  if (isReservedName(directory, name) && kernel.release.dottedNames === 'refused-by-lookup') {
    return 'EPERM';
  }
  // A hierarchy of cgroups compares names, however long they are (kernfs).
  if (directory.inode.superblock.type === 'cgroup2') return null;
  return byteLength(name) > longestName ? 'ENAMETOOLONG' : null;
}

/** Whether bpffs keeps a name for itself. */
export function isReservedName(directory: Dentry, name: string): boolean {
  return directory.inode.superblock.type === 'bpf' && name.includes('.');
}

/** Looks up the name that a call is to create. */
export function walkToNewName(
  kernel: Kernel,
  task: Task,
  name: PathName,
  creation: Creation,
): OrError<NegativeDentry> {
  const last = walkToParent(kernel, task, name);
  if (typeof last === 'string') return last;
  if (last.type !== 'name') return 'EEXIST';
  const parent = last.parent.dentry;
  const dentry = lookUp(kernel, parent, last.name);
  if (typeof dentry === 'string') return dentry;
  if (dentry !== null) return 'EEXIST';
  const negative = { parent, name: last.name };
  if (name.trailingSlash && creation.kind !== 'directory') {
    kernel.operations.discardName(kernel, negative, creation);
    return 'ENOENT';
  }
  return negative;
}
