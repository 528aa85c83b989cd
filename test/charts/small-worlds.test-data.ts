/** Worlds small enough to be searched to the end some hundred times. */
import { callNames, profileNames, profiles } from '../../model/index.ts';
import type { ChartName } from './flipped-chart.test-data.ts';
import { classifying, hooked } from './hook-worlds.test-data.ts';
import { changingMounts, detaching, joining, leaving, opening } from './place-worlds.test-data.ts';
import { noFiles, one, switches, unmounted, type SmallWorld } from './tiny-bounds.test-data.ts';
import { twoUsers } from './two-users.test-data.ts';

export type { SmallWorld } from './tiny-bounds.test-data.ts';

const plain = { switches, host: ['/a/'], paths: ['/a', '/a/x'] } as const;

const processes: SmallWorld = {
  ...plain,
  name: 'processes',
  bounds: { ...one, processes: 2 },
  calls: ['BPF_MAP_CREATE', 'fork', 'exit_group', 'kill'],
};

/** Three objects: the numbers of those in between are not given again. */
const programs: SmallWorld = {
  ...plain,
  name: 'programs',
  bounds: { ...one, descriptors: 2, descriptions: 2, objects: 3 },
  calls: ['BPF_MAP_CREATE', 'BPF_PROG_LOAD', 'close', 'exit_group'],
};

/** One description, so that a row that is not free again is missed. */
const descriptions: SmallWorld = {
  ...plain,
  name: 'descriptions',
  bounds: { ...one, descriptors: 2, objects: 2, inodes: 2, dentries: 2 },
  calls: ['BPF_MAP_CREATE', 'BPF_OBJ_PIN', 'BPF_OBJ_GET', 'close', 'dup', 'exit_group', 'mount'],
};

const descriptors: SmallWorld = {
  ...descriptions,
  name: 'descriptors',
  bounds: { ...descriptions.bounds, descriptions: 2 },
};

const names: SmallWorld = {
  ...plain,
  name: 'names',
  bounds: { ...one, inodes: 3, dentries: 3, mounts: 2 },
  host: ['/a/', '/f'],
  paths: ['/a', '/a/x', '/a/x/y', '/f'],
  calls: [
    'BPF_MAP_CREATE',
    'BPF_OBJ_PIN',
    'BPF_OBJ_GET',
    'close',
    'exit_group',
    'mkdir',
    'rmdir',
    'unlink',
    'mount',
    'bind',
    'umount2',
  ],
};

const instances: SmallWorld = {
  ...plain,
  name: 'instances',
  switches: profiles['linux-4.4'],
  bounds: {
    ...one,
    processes: 2,
    superblocks: 2,
    inodes: 2,
    dentries: 2,
    mounts: 2,
    namespaces: 2,
  },
  calls: ['fork', 'exit_group', 'mount', 'umount2', 'unshare'],
};

/** Descriptors that are duplicated, shared and left by exec. */
const tables: SmallWorld = {
  ...noFiles,
  name: 'tables',
  paths: ['/'],
  bounds: {
    ...one,
    ...unmounted,
    processes: 2,
    descriptors: 2,
    descriptions: 2,
    plainFiles: 1,
    sharedTables: 1,
  },
  calls: [
    'BPF_MAP_CREATE',
    'close',
    'dup',
    'dup2',
    'dup3',
    'fcntl',
    'open',
    'pipe2',
    'fork',
    'clone',
    'execve',
    'exit_group',
  ],
};

const messages: SmallWorld = {
  ...noFiles,
  name: 'messages',
  bounds: { ...one, ...unmounted, descriptors: 3, descriptions: 3, sockets: 2, messages: 1 },
  calls: ['BPF_MAP_CREATE', 'close', 'exit_group', 'socketpair', 'sendmsg', 'recvmsg'],
};

const filters: SmallWorld = {
  ...noFiles,
  name: 'filters',
  bounds: { ...one, ...unmounted, descriptors: 3, descriptions: 3, sockets: 2, attachments: 2 },
  calls: [
    'BPF_PROG_LOAD',
    'close',
    'exit_group',
    'socketpair',
    'SO_ATTACH_BPF',
    'SO_DETACH_FILTER',
  ],
};

const arrays: SmallWorld = {
  ...noFiles,
  name: 'arrays',
  bounds: { ...one, ...unmounted, descriptors: 2, descriptions: 2, objects: 2, slots: 1 },
  maps: ['BPF_MAP_TYPE_PROG_ARRAY'],
  values: [3, 4],
  calls: [
    'BPF_MAP_CREATE',
    'BPF_MAP_UPDATE_ELEM',
    'BPF_MAP_LOOKUP_ELEM',
    'BPF_MAP_DELETE_ELEM',
    'BPF_MAP_GET_NEXT_KEY',
    'BPF_PROG_LOAD',
    'BPF_PROG_TEST_RUN',
    'close',
    'exit_group',
  ],
};

/** Maps of maps, one of which only a program may hold when it goes. */
const nested: SmallWorld = {
  ...arrays,
  name: 'nested',
  bounds: { ...arrays.bounds, descriptors: 3, descriptions: 3, objects: 3 },
  maps: ['BPF_MAP_TYPE_ARRAY', 'BPF_MAP_TYPE_ARRAY_OF_MAPS'],
  values: [3, 4, 5],
  calls: ['BPF_MAP_CREATE', 'BPF_MAP_UPDATE_ELEM', 'BPF_PROG_LOAD', 'close', 'exit_group'],
};

/** Maps that only programs hold are opened by their ids. */
const byId: SmallWorld = {
  ...noFiles,
  name: 'by id',
  bounds: { ...one, ...unmounted, descriptors: 2, descriptions: 2, objects: 2 },
  calls: ['BPF_MAP_CREATE', 'BPF_PROG_LOAD', 'BPF_MAP_GET_FD_BY_ID', 'close', 'exit_group'],
};

/** Where an inode's object is let go a grace period later. */
const later: SmallWorld = {
  ...names,
  name: 'names, let go later',
  switches: profiles['linux-6.1'],
};

/** The world without calls that end something, so that no chart refuses before a property looks. */
const growing = (world: SmallWorld): SmallWorld => ({
  ...world,
  name: `${world.name} that only grow`,
  calls: world.calls.filter((call) => !ending.includes(call)),
});
const ending: SmallWorld['calls'] = ['close', 'exit_group', 'umount2', 'rmdir'];

const mounts = [instances, growing({ ...instances, switches }), detaching, opening] as const;

/** Where the flips of a chart are looked for, one world after the other. */
export const worldsOfChart: Readonly<Record<ChartName, readonly SmallWorld[]>> = {
  process: [processes],
  descriptor: [descriptors, growing(descriptors), tables],
  description: [descriptions, growing(descriptions), messages],
  socket: [messages],
  message: [messages],
  attachment: [filters, hooked, classifying],
  cgroup: [hooked],
  qdisc: [classifying],
  object: [programs, arrays, nested, byId],
  inode: [names, growing(names), later, opening],
  superblock: mounts,
  mount: mounts,
  namespace: [...mounts, joining],
};

/** Names that are linked, moved and followed, of which the worlds above have too few. */
const movingNames: SmallWorld = {
  ...plain,
  name: 'moving names',
  bounds: { ...one, inodes: 3, dentries: 4, symlinks: 1 },
  paths: ['/a', '/a/x', '/a/y'],
  targets: ['x'],
  calls: [
    'BPF_MAP_CREATE',
    'BPF_OBJ_PIN',
    'exit_group',
    'unlink',
    'link',
    'rename',
    'renameat2',
    'symlink',
    'stat',
    'mount',
  ],
};

/** Every call in one world: processes, names and mounts together, which the others take apart. */
const together = (profile: (typeof profileNames)[number]): SmallWorld => ({
  ...plain,
  name: `everything under ${profile}`,
  switches: profiles[profile],
  bounds: {
    ...one,
    processes: 2,
    descriptions: 2,
    elements: 1,
    inodes: 2,
    dentries: 2,
    namespaces: 2,
    mounts: 2,
    freezing: 1,
  },
  calls: callNames,
});

export const everything: readonly SmallWorld[] = [
  movingNames,
  changingMounts,
  leaving,
  twoUsers,
  ...profileNames.map(together),
];
