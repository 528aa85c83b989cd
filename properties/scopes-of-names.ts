/** Scopes about names: several of one inode, names that move, and symbolic links. */
import { always, single } from './scopes-in-common.ts';
import type { Scope } from './scope.types.ts';

export const names: Scope = {
  name: 'names',
  title: 'Names of pins and directories: linked, moved, exchanged and bound.',
  bounds: { ...single, inodes: 3, dentries: 3, mounts: 2 },
  host: ['/a/', '/f'],
  paths: ['/a', '/a/x', '/a/d', '/a/d/x', '/f'],
  targets: ['x'],
  odd: { paths: ['/a/x/', '/a/.', '/a/a.b', null] },
  calls: [
    'BPF_MAP_CREATE',
    'BPF_OBJ_PIN',
    'BPF_OBJ_GET',
    'close',
    'exit_group',
    'mkdir',
    'rmdir',
    'unlink',
    'link',
    'rename',
    'renameat2',
    'symlink',
    'stat',
    'mount',
    'bind',
    'umount2',
  ],
  properties: ['survival-after-exit', 'get-returns-what-was-pinned', 'names-lead-on', ...always],
  goals: ['pin-has-two-names', 'object-dies'],
};

export const symlinks: Scope = {
  name: 'symlinks',
  title: 'Symbolic links in an instance: to a pin, to a directory, to nothing, to themselves.',
  bounds: { ...single, inodes: 4, dentries: 4, symlinks: 1 },
  host: ['/a/'],
  paths: ['/a', '/a/x', '/a/l', '/a/d', '/a/l/x'],
  targets: ['x', '/a/d', 'l'],
  odd: { paths: ['/a/l/', '/a/.', ''] },
  calls: [
    'BPF_MAP_CREATE',
    'BPF_OBJ_PIN',
    'BPF_OBJ_GET',
    'exit_group',
    'mkdir',
    'rmdir',
    'unlink',
    'rename',
    'symlink',
    'stat',
    'mount',
  ],
  properties: ['survival-after-exit', 'get-returns-what-was-pinned', ...always],
  goals: ['pin-seen-along-a-link', 'object-dies'],
};
