/** Worlds in which somebody is in a mount, or has something of it open. */
import { profiles } from '../../model/index.ts';
import { one, switches, type SmallWorld } from './tiny-bounds.test-data.ts';

/** An instance that goes on without a mount is found again by the next one. */
export const detaching: SmallWorld = {
  name: 'detaching',
  switches: profiles['linux-4.4'],
  host: ['/a/'],
  paths: ['/a', '/a/d'],
  bounds: { ...one, inodes: 2, dentries: 2, mounts: 2, plainFiles: 1, directories: 1 },
  calls: ['open', 'close', 'exit_group', 'chdir', 'mkdir', 'rmdir', 'mount', 'umount2'],
};

/** Pins and directories that lose their names while they are open. */
export const opening: SmallWorld = {
  name: 'opening',
  switches,
  host: ['/a/'],
  paths: ['/a', '/a/x'],
  odd: { paths: ['/a/y'], starts: [{ fd: 3, path: 'x' }] },
  bounds: { ...one, inodes: 2, dentries: 3, plainFiles: 1, directories: 1 },
  calls: [
    'BPF_MAP_CREATE',
    'BPF_OBJ_PIN',
    'open',
    'close',
    'exit_group',
    'chdir',
    'fchdir',
    'mkdir',
    'rmdir',
    'unlink',
    'linkat',
    'mount',
    'umount2',
  ],
};

/** Namespaces that are kept by files, and joined again. */
export const joining: SmallWorld = {
  name: 'joining',
  switches,
  host: ['/a/', '/f'],
  paths: ['/a', '/f'],
  bounds: {
    ...one,
    objects: 0,
    processes: 2,
    descriptions: 2,
    mounts: 2,
    namespaces: 2,
    namespaceFiles: 1,
  },
  calls: [
    'fork',
    'exit_group',
    'close',
    'mount',
    'unshare',
    'open-namespace',
    'bind-namespace',
    'setns',
  ],
};

/** Mounts that are locked, in the namespace of who left the initial user namespace. */
export const leaving: SmallWorld = {
  name: 'leaving',
  switches,
  host: ['/a/'],
  paths: ['/a'],
  bounds: { ...one, objects: 0, mounts: 2, namespaces: 2, permissions: 1, userNamespaces: 1 },
  calls: ['execve', 'exit_group', 'mount', 'bind', 'umount2', 'unshare', 'unshare-user'],
};

/** Mounts that are read-only, and that move. */
export const changingMounts: SmallWorld = {
  name: 'changing mounts',
  switches,
  host: ['/a/'],
  paths: ['/a', '/a/x'],
  bounds: { ...one, inodes: 2, dentries: 2, mounts: 2, readOnly: 1, peerGroups: 1 },
  calls: ['mkdir', 'rmdir', 'mount', 'move', 'remount', 'set-propagation', 'umount2'],
};
