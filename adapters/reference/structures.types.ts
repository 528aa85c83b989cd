/** The structures of the kernel in memory. Counts are kept by hand, by the get and put functions. */
import type { Errno, Fd, MapType, Pid } from '../../model/vocabulary/index.ts';

export interface BpfMap {
  readonly kind: 'map';
  readonly id: number;
  readonly type: MapType;
  readonly maxEntries: number;
  /** Written elements by key; an array answers 0 for the others below `maxEntries`. */
  readonly elements: Map<number, number>;
  refcnt: number;
  /** The part of `refcnt` that user space holds: files and inodes. */
  usercnt: number;
}

export interface BpfProg {
  readonly kind: 'program';
  readonly id: number;
  refcnt: number;
  /** The map its instructions refer to; it holds the map's `refcnt`, not its `usercnt`. */
  usedMap: BpfMap | null;
}

export type BpfObject = BpfMap | BpfProg;

/** An open file description. `object` is null for /dev/null. */
export interface File {
  readonly object: BpfObject | null;
  /** Descriptors that refer to it, in all tables. */
  count: number;
}

export interface Task {
  readonly pid: Pid;
  readonly descriptors: Map<Fd, File>;
  namespace: Namespace;
}

export type InodeContent =
  | { readonly kind: 'directory' }
  | { readonly kind: 'file' }
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
  /** `unhashed`: its name was removed, but a mount still has it as its root. */
  state: 'hashed' | 'unhashed';
  /** One for the name itself, one for each mount that has it as its root. */
  count: number;
}

/** A name that a call is about to create. */
export interface NegativeDentry {
  readonly parent: Dentry;
  readonly name: string;
}

export interface Superblock {
  readonly id: number;
  readonly type: 'tmpfs' | 'bpf';
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

/** In what releases of the kernel differ, as far as this implementation goes. */
export interface Release {
  /** `namespace`: a fresh mount finds the instance that the caller's namespace made. */
  readonly instances: 'by-namespace' | 'by-mount';
  readonly pinReads: 'path-first' | 'descriptor-first';
  readonly dottedNames: 'refused-by-lookup' | 'refused-by-creation';
  /** When the map of a dead program is put. */
  readonly usedMaps: 'deferred' | 'deferred-after-file';
  /** A full hash refuses a new key before or after it looks at the flag. */
  readonly fullHash: 'before-flag' | 'after-flag';
  /** What a slash at the end means to umount2: nothing, or that a directory is meant. */
  readonly umountSlash: 'ignored' | 'directory';
  /** Whether a bind mount can have a removed name as its root. */
  readonly bindRemoved: 'allowed' | 'refused';
}

/** What a call that creates a name is about to put there. */
export type Creation =
  { readonly kind: 'directory' } | { readonly kind: 'pin'; readonly object: BpfObject };

/** The operations that can be exchanged one by one, so that an implementation with a fault can be had. */
export interface Operations {
  /** The reference that an inode takes on the object pinned in it. */
  readonly holdPinned: (object: BpfObject) => void;
  /** The object that BPF_OBJ_GET finds in a pin. */
  readonly pinnedObject: (kernel: Kernel, pinned: BpfObject) => BpfObject;
  /** Gives up a name that was to be created. */
  readonly discardName: (kernel: Kernel, name: NegativeDentry, creation: Creation) => void;
  readonly removeName: (kernel: Kernel, dentry: Dentry) => void;
  /** The last thing that happens to an inode. */
  readonly evictInode: (kernel: Kernel, inode: Inode) => void;
  /** Ends a superblock without mounts. */
  readonly killSuperblock: (kernel: Kernel, superblock: Superblock) => void;
  /** The instance a fresh mount by a member of this namespace finds; null if it makes one. */
  readonly findInstance: (kernel: Kernel, namespace: Namespace) => Superblock | null;
  /** The descriptor table of a child. */
  readonly copyDescriptors: (parent: Task) => Map<Fd, File>;
  readonly exitTask: (kernel: Kernel, task: Task) => void;
  /** The reference that a program takes on the map it uses. */
  readonly useMap: (prog: BpfProg, map: BpfMap) => void;
}

export interface Kernel {
  readonly release: Release;
  readonly operations: Operations;
  /** RLIMIT_NOFILE. */
  readonly descriptorLimit: number;
  /** The running tasks. */
  readonly tasks: Map<Pid, Task>;
  readonly namespaces: Set<Namespace>;
  /** The live superblocks, each with its root. */
  readonly superblocks: Map<Superblock, Dentry>;
  readonly maps: Map<number, BpfMap>;
  readonly progs: Map<number, BpfProg>;
  /** Programs that are gone, but whose map is not put yet. */
  readonly deferred: BpfProg[];
  /** The last number given to an object, a superblock or a namespace. */
  lastId: number;
  lastPid: Pid;
}

/** A result of T, or the name of the error instead of it. */
export type OrError<T extends object | number | null> = T | Errno;
