/** The numbers that cells of the state hold, by name. */

/** The kinds in `object.kind`; those from `programArray` on are maps that hold objects. */
export const kinds = {
  array: 1,
  hash: 2,
  program: 3,
  link: 4,
  programArray: 5,
  arrayOfMaps: 6,
  hashOfMaps: 7,
} as const;

/** The modes in `description.mode`: what a descriptor of a map is restricted to. */
export const accessModes = { any: 0, readOnly: 1, writeOnly: 2 } as const;

/** The modes in `attachment.mode`: alone, or beside others. */
export const attachModes = { single: 1, multi: 2 } as const;

/** The directions in `attachment.chain`. */
export const chains = { ingress: 1, egress: 2 } as const;

/** The kinds in `description.kind`: what is open. A place is what O_PATH opens. */
export const fileKinds = {
  object: 0,
  device: 1,
  pipe: 2,
  directory: 3,
  place: 4,
  socket: 5,
  namespace: 6,
} as const;

/**
 * By what mounts find an instance, in `superblock.keyed`: the namespace that made it, or nobody once that is
 * gone; one that has only got its address; nobody, for the latest namespace is older than that address.
 */
export const keyed = { byMaker: 0, byAddress: 1, tooLate: 2 } as const;

/** Whether umount2 has marked a mount to expire, in `mount.mark`; `inDoubt`: unless it was used since. */
export const marks = { none: 0, set: 1, inDoubt: 2 } as const;

/** The kinds in `inode.kind`; a regular file exists on the host only. */
export const inodeKinds = { directory: 1, pin: 2, regular: 3, symlink: 4 } as const;

/** The users in `process.user` and `inode.owner`; the group of each goes with it. */
export const users = { root: 0, unprivileged: 1 } as const;

/** The bits of `mount.lock`: it may not be taken away, and not be made writable again. */
export const locks = { mount: 1, readOnly: 2, all: 3 } as const;

/** Permission bits, alone and with what stands above them. */
export const modeBits = { permissions: 0o777, setId: 0o6000, all: 0o7777 } as const;
