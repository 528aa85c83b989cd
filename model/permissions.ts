/**
 * Who may do what with a file: its permission bits and its owner, and what root is spared
 * (path_resolution(7), capabilities(7); fs/namei.c, generic_permission, __check_sticky).
 */
import type { Tables } from './state/tables.ts';
import { inodeKinds, modeBits, users } from './state/codes.ts';

/** What is asked, as the bits of one of the three who may be told apart. */
export const wants = { nothing: 0, toExecute: 1, toWrite: 2, toRead: 4 } as const;

const sticky = 0o1000;
const stickyForAll = 0o1002;
/** What anybody may do with the host tree, which is root's. */
const hostModes = { directory: 0o755, file: 0o644 } as const;

/** What a new inode gets. */
export interface Belonging {
  readonly mode: number;
  /** `users`. */
  readonly owner: number;
}

export interface Permissions {
  /** True for root of the initial user namespace, who has every capability there. */
  isPrivileged(p: number): boolean;
  /** True for who has left the initial user namespace: no user has a number where it is. */
  isUnmapped(p: number): boolean;
  /** Whether process `p` has every capability in the user namespace that mount namespace `n` belongs to. */
  administers(p: number, n: number): boolean;
  /** Whether the file that a dentry names lets process `p` do what it wants: bits of `wants`. */
  allow(p: number, e: number, want: number): boolean;
  /** Whether process `p` may make and remove names in a directory. */
  allowNames(p: number, directory: number): boolean;
  /** True for a name that its directory keeps for its owner, or the directory's. */
  isKept(p: number, directory: number, child: number): boolean;
  /**
   * True where fs.protected_symlinks decides: a link in a directory in which anybody makes names and
   * nobody removes those of others, of somebody who is neither the follower nor has the directory.
   */
  isProtected(p: number, directory: number, link: number): boolean;
  /** Whether process `p` may do what only the owner of a file may. */
  owns(p: number, e: number): boolean;
  /** A mode without any bit. */
  isBare(e: number): boolean;
  modeOf(e: number): number;
  ownerOf(e: number): number;
  /** What process `p` makes, with a mode less its umask. */
  ofNew(p: number, mode: number): Belonging;
}

/** As root's eyes see, and as every process does in a world without permissions. */
export const unrestricted: Permissions = {
  isPrivileged: () => true,
  isUnmapped: () => false,
  administers: () => true,
  allow: () => true,
  allowNames: () => true,
  isKept: () => false,
  isProtected: () => false,
  owns: () => true,
  isBare: () => false,
  modeOf: () => 0,
  ownerOf: () => users.root,
  ofNew: () => ({ mode: 0, owner: users.root }),
};

export function createPermissions(w: Tables): Permissions {
  const { process, inode, dentry, namespace, bounds } = w;
  if (bounds.permissions !== 1) return unrestricted;

  const isDirectory = (i: number): boolean => inode.kind(i) === inodeKinds.directory;
  const isUnmapped = (p: number): boolean => process.userNamespace(p) !== 0;
  const isPrivileged = (p: number): boolean => process.user(p) === users.root && !isUnmapped(p);

  function modeOf(e: number): number {
    const i = dentry.inode(e);
    if (i <= bounds.inodes) return inode.mode(i);
    return isDirectory(i) ? hostModes.directory : hostModes.file;
  }

  const ownerOf = (e: number): number => inode.owner(dentry.inode(e));

  /** CAP_DAC_OVERRIDE: everything but to execute what nobody may. */
  function allowRoot(e: number, want: number): boolean {
    const executes = (want & wants.toExecute) !== 0 && !isDirectory(dentry.inode(e));
    return !executes || (modeOf(e) & 0o111) !== 0;
  }

  function allow(p: number, e: number, want: number): boolean {
    if (isPrivileged(p)) return allowRoot(e, want);
    const allowed = modeOf(e) >> (ownerOf(e) === process.user(p) ? 6 : 0);
    return (allowed & want) === want;
  }

  const owns = (p: number, e: number): boolean => isPrivileged(p) || ownerOf(e) === process.user(p);

  return {
    isPrivileged,
    isUnmapped,
    administers: (p, n) =>
      isPrivileged(p) ||
      (isUnmapped(p) &&
        process.powerless(p) === 0 &&
        namespace.owner(n) === process.userNamespace(p)),
    allow,
    allowNames: (p, directory) => allow(p, directory, wants.toWrite | wants.toExecute),
    isKept: (p, directory, child) =>
      (modeOf(directory) & sticky) !== 0 && !owns(p, child) && !owns(p, directory),
    isProtected: (p, directory, link) =>
      (modeOf(directory) & stickyForAll) === stickyForAll &&
      ownerOf(link) !== process.user(p) &&
      ownerOf(link) !== ownerOf(directory),
    owns,
    isBare: (e) => modeOf(e) === 0,
    modeOf,
    ownerOf,
    ofNew: (p, mode) => ({
      mode: mode & modeBits.all & ~process.umask(p),
      owner: process.user(p),
    }),
  };
}
