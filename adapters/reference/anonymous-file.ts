/** Where files are that no path leads to, but for a link of /proc: in no tree of any namespace. */
import type { Dentry, Location, Superblock } from './structures.types.ts';

export function anonymousFile(): Location {
  const superblock: Superblock = {
    id: 0,
    type: 'anon_inodefs',
    key: null,
    readOnly: false,
    inodes: new Set(),
    active: 1,
  };
  const inode = {
    superblock,
    content: { kind: 'file' },
    nlink: 1,
    count: 1,
    uid: 0,
    mode: 0o600,
  } as const;
  const dentry: Dentry = {
    name: 'anon_inode',
    parent: null,
    inode: { ...inode },
    children: new Map(),
    state: 'hashed',
    count: 1,
  };
  const mount = {
    superblock,
    root: dentry,
    readOnly: false,
    file: null,
    expiring: false,
    locked: false,
    lockedReadOnly: false,
    children: new Set<never>(),
    ring: null,
    master: null,
    slaves: new Set<never>(),
    attachment: null,
    count: 1,
  };
  return { mount, dentry };
}
