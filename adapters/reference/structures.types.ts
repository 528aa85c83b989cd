/**
 * The structures of the kernel in memory: files and the tables of them, sockets, tasks, the kernel.
 * Counts are kept by hand, by the get and put functions.
 */
import type { Errno, Fd, Info, ObjectId, Pid, Uid } from '../../model/vocabulary/index.ts';
import type { BpfLink, BpfMap, BpfObject, BpfProg, Cgroup, Qdisc } from './objects.types.ts';
import type { Release } from './release.types.ts';
import type {
  Dentry,
  Inode,
  Location,
  Namespace,
  NegativeDentry,
  PathName,
  Superblock,
  UserNamespace,
} from './vfs.types.ts';

export type * from './objects.types.ts';
export type * from './vfs.types.ts';

interface AnyFile {
  /** The object behind it, if there is one. */
  readonly object: BpfObject | null;
  /** What happens when its count has come to 0. */
  readonly release: (kernel: Kernel) => void;
  /** Descriptors that refer to it, in all tables, and messages that carry it. */
  count: number;
}

/** What f_mode says of a file of a map; of other objects nobody asks. */
export type FileMode = 'read-write' | 'read-only' | 'write-only';

export interface ObjectFile extends AnyFile {
  readonly kind: 'object';
  readonly object: BpfObject;
  readonly mode: FileMode;
}

export interface SocketFile extends AnyFile {
  readonly kind: 'socket';
  readonly object: null;
  readonly socket: Socket;
}

/** A device, a pipe, a directory, ...; a `place` (O_PATH) is for calls that take places only. */
export interface PlainFile extends AnyFile {
  readonly kind: 'plain' | 'place';
  readonly object: null;
  /** What was opened by its path keeps it from being unmounted. */
  readonly location: Location | null;
}

/** An open file description. */
/** The file of a namespace, which it keeps. */
export interface NamespaceFile extends AnyFile {
  readonly kind: 'namespace';
  readonly object: null;
  readonly namespace: Namespace;
}

export type File = ObjectFile | SocketFile | PlainFile | NamespaceFile;

/** A table of files by descriptor. Tasks can share one. */
export interface FilesStruct {
  readonly descriptors: Map<Fd, File>;
  readonly closeOnExec: Set<Fd>;
  /** Tasks that use it. */
  count: number;
}

/** A byte, and the files that were sent with it, each of them held. */
export interface Message {
  readonly files: readonly File[];
}

/** One end of a pair. */
export interface Socket {
  /** What can be received, the oldest first. */
  readonly queue: Message[];
  /** The other end, held; null once this end is closed. */
  peer: Socket | null;
  /** Whether the other end was closed. */
  shutdown: 'no' | 'yes';
  /** What the next receiver that finds nothing is told, once. */
  error: Errno | null;
  /** The program that was attached, held. */
  filter: BpfProg | null;
  /** Its file, and its peer. */
  count: number;
  /** The part of its file's count that messages hold. */
  inFlight: number;
}

export interface Task {
  readonly pid: Pid;
  /** The table itself, as it is in `files`. */
  readonly descriptors: Map<Fd, File>;
  files: FilesStruct;
  namespace: Namespace;
  /** Its working directory, held. */
  cwd: Location;
  /** Real, effective, saved, and of the file system. */
  uid: Uid;
  userNamespace: UserNamespace;
  /** Whether an exec took the capabilities that the first task of a user namespace has in it. */
  capabilities: 'kept' | 'dropped';
  umask: number;
}

/** What a call that creates a name is about to put there. */
export type Creation =
  | { readonly kind: 'directory' }
  | { readonly kind: 'file' }
  | { readonly kind: 'pin'; readonly object: BpfObject }
  | { readonly kind: 'symlink'; readonly target: PathName }
  /** One more name for something that has one. */
  | { readonly kind: 'link'; readonly inode: Inode };

/** Work that was put off. Until it is done it holds what it is about. */
export type Work =
  /** The map of a program that is gone. */
  | { readonly kind: 'put-used-map'; readonly prog: BpfProg }
  /** The maps in a map of maps that is gone. */
  | { readonly kind: 'free-map'; readonly map: BpfMap }
  /** The slots of a program array without users. */
  | { readonly kind: 'clear-array'; readonly map: BpfMap }
  /** The program that was a filter, of a socket or of a qdisc. */
  | { readonly kind: 'put-filter'; readonly prog: BpfProg }
  /** The object that was pinned in an inode. */
  | { readonly kind: 'put-pinned'; readonly object: BpfObject }
  /** A link without references. */
  | { readonly kind: 'free-link'; readonly link: BpfLink }
  /** A cgroup that was removed, with what is attached to it. */
  | { readonly kind: 'release-cgroup'; readonly cgroup: Cgroup };

/** The operations that can be exchanged one by one, so that an implementation with a fault can be had. */
export interface Operations {
  /** The reference that an inode takes on the object pinned in it. */
  readonly holdPinned: (object: BpfObject) => void;
  /** The object that BPF_OBJ_GET finds in a pin. */
  readonly pinnedObject: (kernel: Kernel, pinned: BpfObject) => BpfObject;
  /** Gives up a name that was to be created. */
  readonly discardName: (kernel: Kernel, name: NegativeDentry, creation: Creation) => void;
  readonly removeName: (kernel: Kernel, dentry: Dentry) => void;
  /** Gives an inode one more name. */
  readonly addName: (name: NegativeDentry, inode: Inode) => Dentry;
  readonly moveName: (dentry: Dentry, to: NegativeDentry) => void;
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
  /** The reference that a link takes on its program. */
  readonly holdLinked: (prog: BpfProg) => void;
  /** The last thing that happens to a link. */
  readonly freeLink: (kernel: Kernel, link: BpfLink) => void;
  /** Lets go of what is attached to a cgroup that is no more. */
  readonly releaseCgroup: (kernel: Kernel, cgroup: Cgroup) => void;
  /** What user space is told of an object. */
  readonly describe: (object: BpfObject) => Info;
  /** Whether user space still writes a map. */
  readonly isWritable: (map: BpfMap) => boolean;
  /** The object of an id, if it is of that kind and lives. */
  readonly objectById: (
    kernel: Kernel,
    kind: BpfObject['kind'],
    id: ObjectId,
  ) => OrError<BpfObject>;
}

/** The living objects by id, of all kinds together. */
export interface IdTable {
  readonly objects: Map<ObjectId, BpfObject>;
  /** The last one given: none is given twice. */
  last: ObjectId;
}

export interface Kernel {
  readonly release: Release;
  readonly operations: Operations;
  /** kernel.unprivileged_bpf_disabled. */
  readonly unprivilegedBpf: 'allowed' | 'disabled';
  /** RLIMIT_NOFILE. */
  readonly descriptorLimit: number;
  /** The running tasks. */
  readonly tasks: Map<Pid, Task>;
  readonly namespaces: Set<Namespace>;
  /** Addresses of namespaces: those that are free again, and the last that was never used before. */
  readonly addresses: { readonly free: number[]; last: number };
  /** The live superblocks, each with its root. */
  readonly superblocks: Map<Superblock, Dentry>;
  readonly maps: Map<number, BpfMap>;
  readonly progs: Map<number, BpfProg>;
  /** Links that are not freed yet, those without references too. */
  readonly links: Map<number, BpfLink>;
  readonly ids: IdTable;
  /** The sockets that are not freed yet, closed ones too. */
  readonly sockets: Set<Socket>;
  /** The files of sockets that messages carry. */
  readonly inFlight: Set<SocketFile>;
  /** The cgroups that are there, and the removed ones that still have something attached. */
  readonly cgroups: Set<Cgroup>;
  /** The qdisc of the network device; null once it is deleted. */
  qdisc: Qdisc | null;
  readonly work: Work[];
  /** The last number given to an object, a superblock or a namespace. */
  lastId: number;
  lastPid: Pid;
}

/** A result of T, or the name of the error instead of it. */
export type OrError<T extends object | number | null> = T | Errno;
