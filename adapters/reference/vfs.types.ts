/** Names, file systems and mounts. Counts are kept by hand, by the get and put functions. */
import type { BpfObject, Cgroup } from './objects.types.ts';

export type InodeContent =
  | { readonly kind: 'directory' }
  | { readonly kind: 'file' }
  /** The directory of a cgroup. */
  | { readonly kind: 'cgroup'; readonly cgroup: Cgroup }
  | { readonly kind: 'pin'; readonly object: BpfObject };

export interface Inode {
  readonly superblock: Superblock;
  readonly content: InodeContent;
}

/** A name that exists. Names that do not exist are not cached. */
export interface Dentry {
  readonly name: string;
  /** Null for the root of a superblock. */
  readonly parent: Dentry | null;
  readonly inode: Inode;
  readonly children: Map<string, Dentry>;
  /** `unhashed`: its name was removed, but a mount or a file still has it. */
  state: 'hashed' | 'unhashed';
  /** One for the name itself, one for each mount that has it as its root, one for each file. */
  count: number;
}

/** A name that a call is about to create. */
export interface NegativeDentry {
  readonly parent: Dentry;
  readonly name: string;
}

export interface Superblock {
  readonly id: number;
  readonly type: 'tmpfs' | 'bpf' | 'cgroup2';
  /** The namespace that made the instance, where instances are found by it. */
  readonly key: Namespace | null;
  /** Inodes that are not evicted yet, the ones without a name too. */
  readonly inodes: Set<Inode>;
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
  readonly children: Set<Mount>;
  /** Null for the root of a namespace. */
  readonly attachment: Attachment | null;
  /** One for being in a namespace, one for each file in it. */
  count: number;
}

export interface Namespace {
  readonly id: number;
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
