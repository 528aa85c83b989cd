/** Walks: from a path to a place, or to the directory in which the last component is a name. */
import { anonymousFile } from './anonymous-file.ts';
import { isDirectory } from './dcache.ts';
import { locationBehind } from './file.ts';
import { followMounts, touchMount } from './mount.ts';
import { byteLength, longestName } from './path-name.ts';
import { MAY, permits } from './permission.ts';
import type {
  Dentry,
  Kernel,
  Location,
  Mount,
  NegativeDentry,
  OrError,
  PathName,
  Task,
} from './structures.types.ts';

/** MAXSYMLINKS: how many symbolic links one walk follows. */
const mostLinks = 40;

interface Walk {
  readonly kernel: Kernel;
  readonly task: Task;
  /** Symbolic links that it has followed. */
  links: number;
  /** Where it stands: what it lets go of at last, wherever it led. */
  at: Location;
}

/** What is made of a symbolic link at the end. One with a slash behind it is followed anyway. */
type AtEnd = 'follow' | 'stay';

/** Walks to the end, across mounts and symbolic links, the ones at the end too. */
export function walk(kernel: Kernel, task: Task, name: PathName): OrError<Location> {
  return walkFrom(kernel, task, name, 'follow');
}

/** The same, but to a symbolic link itself if there is one at the end. */
export function walkToLink(kernel: Kernel, task: Task, name: PathName): OrError<Location> {
  return walkFrom(kernel, task, name, 'stay');
}

function walkFrom(kernel: Kernel, task: Task, name: PathName, atEnd: AtEnd): OrError<Location> {
  const from = name.start === 'open-file' ? openFileOf(task, name) : startOf(task, name);
  if (typeof from === 'string') return from;
  const walking: Walk = { kernel, task, links: 0, at: from };
  const end = walkComponents(walking, from, name, atEnd);
  touchMount(walking.at.mount);
  return end;
}

/** To what is to be unmounted: it is let go of without a trace, if it is found (mntput_no_expire). */
export function walkToUnmount(
  kernel: Kernel,
  task: Task,
  name: PathName,
  atEnd: AtEnd,
): OrError<Location> {
  const from = name.start === 'open-file' ? openFileOf(task, name) : startOf(task, name);
  if (typeof from === 'string') return from;
  const walking: Walk = { kernel, task, links: 0, at: from };
  const end = walkComponents(walking, from, name, atEnd);
  if (typeof end === 'string') touchMount(walking.at.mount);
  return end;
}

/** A link of /proc that is followed to the file itself. */
function openFileOf(
  task: Task,
  { dirFd = -1, components, trailingSlash }: PathName,
): OrError<Location> {
  const location = locationBehind(task, dirFd);
  if (typeof location === 'string') return 'ENOENT';
  if (location !== null) return location;
  return components.length > 0 || trailingSlash ? 'ENOTDIR' : anonymousFile();
}

function startOf(task: Task, { start, dirFd }: PathName): OrError<Location> {
  if (start === 'root') return rootOf(task);
  if (dirFd === undefined) return task.cwd;
  const location = locationBehind(task, dirFd);
  if (typeof location === 'string') return location;
  return location !== null && isDirectory(location.dentry) ? location : 'ENOTDIR';
}

function rootOf({ namespace: { root } }: Task): Location {
  return { mount: root, dentry: root.root };
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
  const parent = walk(kernel, task, {
    ...name,
    components: name.components.slice(0, -1),
    trailingSlash: false,
  });
  if (typeof parent === 'string') return parent;
  if (!isDirectory(parent.dentry)) return 'ENOTDIR';
  if (last !== '' && !permits(task, parent.dentry.inode, MAY.exec)) return 'EACCES';
  return { parent, type: typeOf(last), name: last };
}

function typeOf(component: string): Last['type'] {
  if (component === '') return 'root';
  if (component === '.') return 'dot';
  return component === '..' ? 'dot-dot' : 'name';
}

function walkComponents(
  walking: Walk,
  from: Location,
  { components, trailingSlash }: PathName,
  atEnd: AtEnd,
): OrError<Location> {
  let at = from;
  walking.at = at;
  for (const [index, component] of components.entries()) {
    if (!isDirectory(at.dentry)) return 'ENOTDIR';
    if (!permits(walking.task, at.dentry.inode, MAY.exec)) return 'EACCES';
    const next = walkComponent(walking, at, component);
    if (typeof next === 'string') return next;
    const stays = atEnd === 'stay' && index === components.length - 1 && !trailingSlash;
    const end = stays ? next : followLink(walking, at, next);
    if (typeof end === 'string') return end;
    at = end;
    walking.at = at;
  }
  return trailingSlash && !isDirectory(at.dentry) ? 'ENOTDIR' : at;
}

function walkComponent({ kernel, task }: Walk, at: Location, component: string): OrError<Location> {
  if (component === '.') return at;
  if (component === '..') return followMounts(above(task, at));
  const dentry = lookUp(kernel, at.dentry, component);
  if (typeof dentry === 'string') return dentry;
  return dentry === null ? 'ENOENT' : followMounts({ mount: at.mount, dentry });
}

/** From a symbolic link in a directory to where its target leads; anything else stays. */
function followLink(walking: Walk, directory: Location, at: Location): OrError<Location> {
  const { content } = at.dentry.inode;
  if (content.kind !== 'symlink') return at;
  if (walking.links === mostLinks) return 'ELOOP';
  walking.links += 1;
  const from = content.target.start === 'root' ? rootOf(walking.task) : directory;
  return walkComponents(walking, from, content.target, 'follow');
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
  if (kernel.release.dottedNames === 'refused-by-lookup' && refusesName(kernel, directory, name)) {
    return 'EPERM';
  }
  // A hierarchy of cgroups compares names, however long they are (kernfs).
  if (directory.inode.superblock.type === 'cgroup2') return null;
  return byteLength(name) > longestName ? 'ENAMETOOLONG' : null;
}

/** bpf_lookup lets itself put names in before it gives the root its mode: that is how it knows. */
function refusesName({ release }: Kernel, directory: Dentry, name: string): boolean {
  const isOpen = release.modelessDirectory === 'takes-dots' && directory.inode.mode === 0;
  return !isOpen && isReservedName(directory, name);
}

/** Whether bpffs keeps a name for itself. */
function isReservedName(directory: Dentry, name: string): boolean {
  return directory.inode.superblock.type === 'bpf' && name.includes('.');
}

/** What a bpffs says to a new name itself, where its lookup has not said so already. */
export function checkName({ release }: Kernel, directory: Dentry, name: string): 'EPERM' | null {
  const isLate = release.dottedNames === 'refused-by-creation';
  return isLate && isReservedName(directory, name) ? 'EPERM' : null;
}

/** What an open that may create finds, or the name that it could create. */
export type Opened =
  | { readonly kind: 'found'; readonly at: Location; readonly by: Last['type'] }
  | { readonly kind: 'absent'; readonly mount: Mount; readonly negative: NegativeDentry };

/** Walks for an open that may create, through symbolic links at the end unless it is exclusive. */
export function walkToOpen(
  kernel: Kernel,
  task: Task,
  name: PathName,
  atEnd: AtEnd,
): OrError<Opened> {
  const from = name.start === 'open-file' ? openFileOf(task, name) : startOf(task, name);
  if (typeof from === 'string') return from;
  const walking: Walk = { kernel, task, links: 0, at: from };
  const opened = openLast(walking, from, name, atEnd);
  touchMount(walking.at.mount);
  if (typeof opened !== 'string' && opened.kind === 'found') touchMount(opened.at.mount);
  return opened;
}

function openLast(walking: Walk, from: Location, name: PathName, atEnd: AtEnd): OrError<Opened> {
  const { kernel, task } = walking;
  const last = name.components.at(-1) ?? '';
  const rest = { ...name, components: name.components.slice(0, -1), trailingSlash: false };
  const parent = walkComponents(walking, from, rest, 'follow');
  if (typeof parent === 'string') return parent;
  if (!isDirectory(parent.dentry)) return 'ENOTDIR';
  if (last !== '' && !permits(task, parent.dentry.inode, MAY.exec)) return 'EACCES';
  const by = typeOf(last);
  if (by === 'root' || by === 'dot') return { kind: 'found', at: parent, by };
  if (by === 'dot-dot') return { kind: 'found', at: followMounts(above(task, parent)), by };
  // No file is made with a slash behind its name, nor is one looked for.
  if (name.trailingSlash) return 'EISDIR';
  const dentry = lookUp(kernel, parent.dentry, last);
  if (typeof dentry === 'string') return dentry;
  if (dentry === null) {
    return { kind: 'absent', mount: parent.mount, negative: { parent: parent.dentry, name: last } };
  }
  const { content } = dentry.inode;
  if (content.kind === 'symlink' && atEnd === 'follow') {
    if (walking.links === mostLinks) return 'ELOOP';
    walking.links += 1;
    const start = content.target.start === 'root' ? rootOf(task) : parent;
    return openLast(walking, start, content.target, atEnd);
  }
  return { kind: 'found', at: followMounts({ mount: parent.mount, dentry }), by };
}
