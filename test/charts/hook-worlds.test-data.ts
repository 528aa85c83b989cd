/** Small worlds in which programs hang on something. */
import { noFiles, one, unmounted, type SmallWorld } from './tiny-bounds.test-data.ts';

/** Programs on a cgroup, by themselves and by links. */
export const hooked: SmallWorld = {
  ...noFiles,
  name: 'cgroups',
  host: ['/cgroup/', '/cgroup/a/'],
  paths: ['/cgroup/a'],
  bounds: {
    ...one,
    ...unmounted,
    descriptors: 3,
    descriptions: 3,
    objects: 2,
    attachments: 1,
    plainFiles: 1,
    programTypes: 1,
  },
  programs: ['BPF_PROG_TYPE_CGROUP_SKB'],
  calls: [
    'BPF_PROG_LOAD',
    'BPF_PROG_ATTACH',
    'BPF_PROG_DETACH',
    'BPF_LINK_CREATE',
    'BPF_LINK_DETACH',
    'BPF_LINK_GET_FD_BY_ID',
    'BPF_LINK_GET_NEXT_ID',
    'open',
    'close',
    'exit_group',
    'rmdir',
  ],
};

/** Filters of a network device. */
export const classifying: SmallWorld = {
  ...noFiles,
  name: 'traffic filters',
  bounds: { ...one, ...unmounted, attachments: 2, qdiscs: 1, programTypes: 1 },
  programs: ['BPF_PROG_TYPE_SCHED_CLS'],
  calls: [
    'BPF_PROG_LOAD',
    'RTM_NEWTFILTER',
    'RTM_DELTFILTER',
    'RTM_DELQDISC',
    'close',
    'exit_group',
  ],
};
