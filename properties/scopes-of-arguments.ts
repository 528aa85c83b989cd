/** Scopes about arguments that are wrong: of calls on objects and descriptors, and paths. */
import type { AttrField, Bpf } from '../model/vocabulary/index.ts';
import { noFileSystem, single } from './scopes-in-common.ts';
import type { Scope } from './scope.types.ts';

const raw = (command: number, attr: Bpf['attr'], size: number): Bpf => ({
  call: 'bpf',
  command,
  attr,
  size,
});

const stray = (offset: number): AttrField => ({ offset, width: 1, value: 1 });

export const oddArguments: Scope = {
  name: 'arguments',
  title: 'Calls on objects and descriptors, with arguments that are wrong in every way.',
  bounds: {
    processes: 1,
    descriptors: 2,
    descriptions: 2,
    objects: 2,
    elements: 1,
    slots: 1,
    ...noFileSystem,
  },
  host: ['/a/', '/f'],
  paths: ['/a'],
  calls: [
    'BPF_MAP_CREATE',
    'BPF_MAP_UPDATE_ELEM',
    'BPF_MAP_LOOKUP_ELEM',
    'BPF_MAP_DELETE_ELEM',
    'BPF_MAP_GET_NEXT_KEY',
    'BPF_PROG_LOAD',
    'BPF_OBJ_GET_INFO_BY_FD',
    'bpf',
    'close',
    'dup2',
    'dup3',
    'fcntl',
  ],
  maps: ['BPF_MAP_TYPE_ARRAY', 'BPF_MAP_TYPE_HASH', 'BPF_MAP_TYPE_PROG_ARRAY'],
  odd: {
    fds: [-1, 0, 9999],
    words: [7, null],
    flags: ['BPF_EXIST', 'BPF_NOEXIST|BPF_EXIST', 'BPF_F_LOCK'],
    shapes: [
      { type: 'BPF_MAP_TYPE_HASH', keySize: 0, valueSize: 4, maxEntries: 1 },
      { type: 'BPF_MAP_TYPE_HASH', keySize: 1024, valueSize: 4, maxEntries: 1 },
      { type: 'BPF_MAP_TYPE_ARRAY', keySize: 4, valueSize: 0, maxEntries: 1 },
      { type: 'BPF_MAP_TYPE_PROG_ARRAY', keySize: 4, valueSize: 4, maxEntries: 0 },
    ],
    raws: [
      raw(6, [], 4097),
      raw(6, 0, 12),
      raw(6, [stray(1000)], 4096),
      raw(9999, [], 12),
      raw(6, [stray(40)], 48),
      raw(7, [stray(8)], 12),
      raw(0, [{ offset: 0, width: 4, value: 999 }], 16),
    ],
  },
  properties: ['failed-call-changes-nothing'],
  goals: ['object-dies'],
};

export const oddPaths: Scope = {
  name: 'paths',
  title: 'Calls on names and mounts, with paths that are wrong in every way.',
  bounds: { ...single, inodes: 2, dentries: 2, mounts: 2, plainFiles: 1 },
  host: ['/a/', '/f'],
  paths: ['/a', '/a/x', '/f'],
  calls: [
    'BPF_PROG_LOAD',
    'BPF_OBJ_PIN',
    'BPF_OBJ_GET',
    'close',
    'open',
    'mkdir',
    'rmdir',
    'unlink',
    'mknod',
    'truncate',
    'utimensat',
    'setxattr',
    'readdir',
    'mount',
    'bind',
    'umount2',
  ],
  odd: {
    paths: [
      null,
      '',
      '/',
      '/a/x/',
      '/a/.',
      '/a/..',
      '/a/new/',
      '/a/a.b',
      `/a/${'n'.repeat(256)}`,
      `/a/${'n'.repeat(256)}/x`,
      `/${'long/'.repeat(820)}x`,
    ],
    // Nothing is opened, so that there are no more states.
    opens: ['O_RDWR|O_CREAT', 'O_RDWR|O_CREAT|O_EXCL'],
  },
  properties: ['failed-call-changes-nothing'],
  goals: ['object-dies', 'program-pinned'],
};
