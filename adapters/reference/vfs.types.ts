/** Names, file systems and mounts. Counts are kept by hand, by the get and put functions. */
import type { Fd, Uid } from '../../model/vocabulary/index.ts';
import type { BpfObject, Cgroup } from './objects.types.ts';

/** A path that was copied in. */
export interface PathName {
  /**
   * Whether a slash leads it. If not, it starts in a directory: that of a link, or of the task. What
   * starts at /proc/self/fd/N starts with the open file.
   */
  readonly start: 'root' | 'directory' | 'open-file';
  /** What was given to find that directory by, or N; undefined for the task's working directory. */
  readonly dirFd: Fd | undefined;
  /** What is between the slashes. */
  readonly components: readonly string[];
  /** Whether a slash follows the last component. */
  readonly trailingSlash: boolean;
}

export type InodeContent =
  | { readonly kind: 'directory' }
  | { readonly kind: 'file' }
  /** The directory of a cgroup. */
  | { readonly kind: 'cgroup'; readonly cgroup: Cgroup }
  | { readonly kind: 'pin'; readonly object: BpfObject }
  | { readonly kind: 'symlink'; readonly target: PathName };

/** What a new inode is given. */
export interface NewInode {
  readonly uid: Uid;
  readonly mode: number;
}

export interface Inode {
  readonly superblock: Superblock;
  readonly content: InodeContent;
  /** The owner, whose group it is of, too. */
  uid: Uid;
  /** Permission bits. */
  mode: number;
  /** Names of it; of a directory two (its own and `.`), and one for each directory in it (`..`). */
  nlink: number;
  /** Dentries of it, the unhashed ones too. */
  count: number;
}

/** A name that exists. Names that do not exist are not cached. */
export interface Dentry {
  name: string;
  /** Null for the root of a superblock. A name that was removed keeps the last one it had. */
  parent: Dentry | null;
  readonly inode: Inode;
  readonly children: Map<string, Dentry>;
  /** `unhashed`: its name was removed, but a mount or a file still has it. */
  state: 'hashed' | 'unhashed';
  /** One for the name itself, one for each mount that has it as its root, file and task in it. */
  count: number;
}

/** A name that a call is about to create. */
export interface NegativeDentry {
  readonly parent: Dentry;
  readonly name: string;
}

/** A dentry where a walk has found it. */
export interface Entry {
  readonly dentry: Dentry;
  readonly at: NegativeDentry;
}

export interface Superblock {
  readonly id: number;
  readonly type: 'tmpfs' | 'bpf' | 'cgroup2' | 'anon_inodefs';
  /** The address of the namespace that made the instance, where instances are found by it. */
  readonly key: number | null;
  /** Inodes that are not evicted yet, the ones without a name too. */
  readonly inodes: Set<Inode>;
  readOnly: boolean;
  /** Mounts of it, in all namespaces. */
  active: number;
}

export interface Attachment {
  readonly parent: Mount;
  readonly mountpoint: Dentry;
}

export interface Mount {
  readonly superblock: Superblock;
  readonly root: Dentry;
  readOnly: boolean;
  /** The namespace that it is the file of, held. */
  file: Namespace | null;
  /** Nobody used it since somebody asked whether it has expired (mnt_expiry_mark). */
  expiring: boolean;
  /** MNT_LOCKED and MNT_LOCK_READONLY. */
  locked: boolean;
  lockedReadOnly: boolean;
  readonly children: Set<Mount>;
  /** The mounts that it passes on to and hears from, itself among them; null if it is no peer. */
  ring: Set<Mount> | null;
  /** Whom it hears from alone, and who hears from it alone. */
  master: Mount | null;
  readonly slaves: Set<Mount>;
  /** Null for the root of a namespace, and for what was taken out of one. */
  attachment: Attachment | null;
  /** One for being in a namespace, one for each file and each working directory in it. */
  count: number;
}

/** Nobody writes a uid_map: in all but the initial one no user has a number. */
export interface UserNamespace {
  readonly parent: UserNamespace | null;
}

export interface Namespace {
  readonly id: number;
  /** In which one has to be capable to change its mounts. */
  readonly userNamespace: UserNamespace;
  /** Where its memory is: another's, once it is gone. */
  readonly address: number;
  readonly root: Mount;
  readonly mounts: Set<Mount>;
  /** Tasks in it. */
  members: number;
}

/** Where a walk is: a dentry as seen through a mount. */
export interface Location {
  readonly mount: Mount;
  readonly dentry: Dentry;
}
