/** Worlds small enough to be searched to the end some hundred times. */
import { callNames, profiles, type Bounds, type SearchOptions } from '../../model/index.ts';
import type { ChartName } from './flipped-chart.test-data.ts';

export type SmallWorld = SearchOptions & { readonly name: string };

const one: Bounds = {
  processes: 1,
  descriptors: 1,
  descriptions: 1,
  objects: 1,
  elements: 0,
  superblocks: 1,
  inodes: 1,
  dentries: 1,
  mounts: 1,
  namespaces: 1,
};

const switches = profiles['linux-6.18'];
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

const descriptors: SmallWorld = {
  ...plain,
  name: 'descriptors',
  bounds: { ...one, descriptors: 2, objects: 2, inodes: 2, dentries: 2 },
  calls: ['BPF_MAP_CREATE', 'BPF_OBJ_PIN', 'BPF_OBJ_GET', 'close', 'dup', 'exit_group', 'mount'],
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
  bounds: { ...one, processes: 2, superblocks: 2, inodes: 2, dentries: 2, mounts: 2, namespaces: 2 },
  calls: ['fork', 'exit_group', 'mount', 'umount2', 'unshare'],
};

/** Nothing ends here, so that no chart refuses before a property can see what has happened. */
const growing = ({ name, calls, ...world }: SmallWorld, ...ending: SmallWorld['calls']): SmallWorld => ({
  ...world,
  name: `${name} that only grow`,
  calls: calls.filter((call) => !ending.includes(call)),
});

/** Where the flips of a chart are looked for, one after the other. */
export const worldsOfChart: Readonly<Record<ChartName, readonly SmallWorld[]>> = {
  process: [processes],
  descriptor: [descriptors, growing(descriptors, 'close', 'exit_group')],
  description: [descriptors, growing(descriptors, 'close', 'exit_group')],
  object: [programs],
  inode: [names, growing(names, 'close', 'exit_group', 'umount2')],
  superblock: [instances, { ...growing(instances, 'exit_group', 'umount2'), switches }],
  mount: [instances, { ...growing(instances, 'exit_group', 'umount2'), switches }],
  namespace: [instances, growing(instances, 'exit_group', 'umount2')],
};

/** Every call, in a world in which nearly all that a call can do is done. */
export const everything: SmallWorld = {
  ...plain,
  name: 'everything',
  bounds: {
    ...one,
    processes: 2,
    descriptors: 2,
    descriptions: 2,
    objects: 2,
    elements: 1,
    inodes: 2,
    dentries: 2,
    mounts: 2,
    namespaces: 2,
  },
  calls: callNames,
};
