/** Scopes about where processes are, and what they have open of an instance. */
import { always, single } from './scopes-in-common.ts';
import type { Scope } from './scope.types.ts';

export const places: Scope = {
  name: 'places',
  title: 'A working directory, and directories and pins that are open, in a mount that goes.',
  bounds: { ...single, inodes: 2, dentries: 3, mounts: 2, plainFiles: 1, directories: 1 },
  host: ['/a/'],
  paths: ['/a', '/a/x', '/a/d'],
  odd: {
    paths: ['x', '.'],
    starts: [
      { fd: 3, path: 'x' },
      { fd: 9, path: 'x' },
    ],
  },
  calls: [
    'BPF_MAP_CREATE',
    'BPF_OBJ_PIN',
    'close',
    'open',
    'exit_group',
    'chdir',
    'fchdir',
    'mkdir',
    'rmdir',
    'unlink',
    'linkat',
    'mount',
    'bind',
    'umount2',
  ],
  properties: ['survival-after-exit', ...always],
  goals: ['object-dies'],
};

export const openPins: Scope = {
  name: 'open-pins',
  title: 'Pins that lose their names, and get others, while they are open as places.',
  bounds: {
    ...single,
    descriptors: 2,
    descriptions: 2,
    inodes: 2,
    dentries: 3,
    plainFiles: 1,
    directories: 1,
  },
  host: ['/a/'],
  paths: ['/a', '/a/x', '/a/y'],
  odd: { starts: [{ fd: 4, path: 'y' }] },
  calls: [
    'BPF_MAP_CREATE',
    'BPF_OBJ_PIN',
    'BPF_OBJ_GET',
    'close',
    'open',
    'exit_group',
    'fchdir',
    'unlink',
    'linkat',
    'mount',
  ],
  properties: ['get-returns-what-was-pinned', 'names-lead-on', ...always],
  goals: ['object-dies'],
};

export const removedPlaces: Scope = {
  name: 'removed-places',
  title: 'Names that come and go while the working directory is one that was removed.',
  bounds: { ...single, inodes: 3, dentries: 3, directories: 1 },
  host: ['/a/'],
  paths: ['/a', '/a/d', '/a/x'],
  odd: { paths: ['y'] },
  calls: [
    'BPF_MAP_CREATE',
    'BPF_OBJ_PIN',
    'close',
    'exit_group',
    'chdir',
    'mkdir',
    'rmdir',
    'link',
    'rename',
    'renameat2',
    'mount',
  ],
  properties: ['get-returns-what-was-pinned', 'names-lead-on', ...always],
  goals: ['object-dies'],
};
