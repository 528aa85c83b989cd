import type { AttributesOf } from './attributes/layouts.ts';

/** In what releases of the kernel differ, as far as this implementation goes. */
export interface Release {
  /** `namespace`: a fresh mount finds the instance that the caller's namespace made. */
  readonly instances: 'by-namespace' | 'by-mount';
  /** The options that a mount of bpffs looks at. */
  readonly mountOptions: 'ignored' | 'mode' | 'mode-and-ids';
  /** Whether the memory of a namespace can become another's. */
  readonly namespaceAddresses: 'ever-new' | 'reused';
  readonly pinReads: 'path-first' | 'descriptor-first';
  /**
   * What a pin says of a descriptor that is closed: a probe for each kind of object in turn says of the last
   * that there is none.
   */
  readonly pinProbe: 'asks-for-file' | 'asks-for-objects';
  readonly dottedNames: 'refused-by-lookup' | 'refused-by-creation';
  /** BPF_MAX_REFCNT: maps and programs with so many references give out no more. */
  readonly mostReferences: number;
  /** When the map of a dead program is put. */
  readonly usedMaps: 'deferred' | 'deferred-after-file';
  /** What empties a program array: any release of a file of it, or the end of its last user. */
  readonly arrayClear: 'every-release' | 'last-user' | 'last-user-queued';
  /** When an evicted inode puts the object that was pinned in it. */
  readonly evictedPin: 'at-once' | 'after-grace-period';
  /** Whether user space can read a slot of a program array. */
  readonly progArrayLookup: 'nothing' | 'id';
  /**
   * A full hash refuses a new key before or after it looks at the flag; one that has its elements
   * allocated in advance, and none to spare, refuses to replace an old one, too.
   */
  readonly fullHash: 'before-flag' | 'after-flag' | 'after-flag-old-keys-too';
  /** Whether the keys of a hash have to fit on a program's stack. */
  readonly hashKeys: 'on-stack' | 'any';
  readonly mapsOfMaps: 'unknown' | 'known';
  /** Whether there are programs for cgroups. */
  readonly cgroupPrograms: 'unknown' | 'known';
  readonly testRun: 'unknown' | 'known';
  /** What of the attributes of bpf(2) it knows, and which commands. */
  readonly attributes: AttributesOf;
  /** Whether BPF_F_LOCK is a flag of calls on elements. */
  readonly elementLocks: 'unknown' | 'known';
  /** What a pin, which is a special file without operations, says to open. */
  readonly openedPin: 'ENXIO' | 'EIO';
  /** Whether O_EXCL says EEXIST of a directory that is not there by a name: the root, `.` and `..`. */
  readonly exclusiveDots: 'EISDIR' | 'EEXIST';
  /** What BPF_MAP_GET_NEXT_KEY takes a NULL pointer for. */
  readonly nullKey: 'fault' | 'no-key';
  /** What says that a mount is in no namespace: that it is not in the caller's, or that it is gone. */
  readonly detachedMounts: 'foreign' | 'gone';
  /** What a slash at the end means to umount2: nothing, or that a directory is meant. */
  readonly umountSlash: 'ignored' | 'directory';
  /** What a bpffs makes of link and rename: neither is there, or both are, without or with flags. */
  readonly renames: 'unknown' | 'without-flags' | 'with-flags';
  /** Whether a bpffs has symbolic links. */
  readonly symlinks: 'unknown' | 'known';
  /** Whether a bind mount can have a removed name as its root. */
  readonly bindRemoved: 'allowed' | 'refused';
  /** Among peers, what becomes of a copy that something covers when it is unmounted. */
  readonly coveredCopies: 'stay' | 'slide';
  /** Whether a mount that is in no namespace can become a peer or a slave. */
  readonly detachedType: 'changes' | 'refused';
  /** What MS_MOVE looks at first: what is to move, or where it is to move to. */
  readonly moveAsks: 'target-first' | 'source-first';
  /** When truncate asks whether the mount can be written: before permissions, or behind them. */
  readonly truncateAsks: 'mount-first' | 'mount-last';
  /** What a get checks of a pin's mode: MAY_WRITE, or what its flags open for. */
  readonly getChecks: 'write' | 'mode';
  /** What sysctl_unprivileged_bpf_disabled closes, and how early. */
  readonly unprivilegedBpf: 'every-command' | 'creating-commands' | 'creation';
  /** Whether umount2 asks for CAP_SYS_ADMIN before it walks, or after. */
  readonly umountAsks: 'first' | 'last';
  /** Whether a freeze wants CAP_BPF, once nothing else is wrong. */
  readonly freezeWants: 'nothing' | 'capability';
  /** Whether a user namespace of one's own is enough to mount an instance. */
  readonly userMount: 'allowed' | 'refused';
  /** Whether a directory of mode 0 lets dotted names in. */
  readonly modelessDirectory: 'as-any' | 'takes-dots';
}
