/** What the benchmark of growth starts from. */
import type { Bounds } from '../model/index.ts';
import type { CallName } from '../model/vocabulary/index.ts';

export const survivalCalls: readonly CallName[] = [
  'BPF_MAP_CREATE',
  'BPF_PROG_LOAD',
  'BPF_OBJ_PIN',
  'BPF_OBJ_GET',
  'close',
  'dup',
  'fork',
  'exit_group',
  'unlink',
  'mkdir',
  'rmdir',
  'mount',
  'bind',
  'umount2',
  'unshare',
];

export const baseBounds = {
  processes: 2,
  descriptors: 2,
  descriptions: 2,
  objects: 2,
  elements: 0,
  superblocks: 1,
  inodes: 2,
  dentries: 2,
  mounts: 2,
  namespaces: 2,
} as const satisfies Bounds;

/** Bounds that grow by one, each with what it needs beside it. */
export const growths: Readonly<Record<string, Partial<Record<keyof typeof baseBounds, number>>>> = {
  processes: { processes: 1 },
  descriptors: { descriptors: 1 },
  descriptions: { descriptions: 1 },
  objects: { objects: 1 },
  superblocks: { superblocks: 1 },
  'inodes and names': { inodes: 1, dentries: 1 },
  mounts: { mounts: 1 },
  namespaces: { namespaces: 1 },
};
