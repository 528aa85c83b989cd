/** The trace that meets the limit of references of 4.6, which is too long for a file. */
import type { Bounds } from '../../model/index.ts';
import type { Call } from '../../model/vocabulary/index.ts';
import type { Probe } from './survey.types.ts';

/** BPF_MAX_REFCNT of kernel/bpf/syscall.c, from 92117d8443bc (4.6) on. */
const limit = 32_768;

/** Slots of one array; more are not modelled. */
const arraySize = 1024;

/** The program has the first descriptor, the arrays those behind it. */
const programFd = 3;

/** A world of one process with its descriptors, and nothing in the file system. */
const bounds: Bounds = {
  processes: 1,
  descriptors: limit / arraySize + 8,
  descriptions: limit / arraySize + 8,
  objects: limit / arraySize + 8,
  elements: 0,
  superblocks: 1,
  inodes: 1,
  dentries: 1,
  mounts: 1,
  namespaces: 1,
  slots: limit + 8,
};

/** A program goes into slots of arrays, one by one, until it is held once too often: its descriptor holds it too. */
export function referenceLimitProbe(): Probe {
  const calls = [
    { call: 'BPF_PROG_LOAD', mapFd: null } as const,
    ...Array.from({ length: limit / arraySize }, newArray),
    ...Array.from({ length: limit }, (_, at) => intoSlot(at)),
  ];
  return {
    name: 'one program in 32768 slots',
    by: 'answers',
    length: 'long',
    host: [],
    bounds,
    steps: calls.map((call, at) => ({ line: at + 1, step: { pid: 1, call }, value: 'descriptor' })),
  };
}

function newArray(): Call {
  return {
    call: 'BPF_MAP_CREATE',
    type: 'BPF_MAP_TYPE_PROG_ARRAY',
    keySize: 4,
    valueSize: 4,
    maxEntries: arraySize,
  };
}

function intoSlot(at: number): Call {
  const fd = programFd + 1 + Math.floor(at / arraySize);
  const key = at % arraySize;
  return { call: 'BPF_MAP_UPDATE_ELEM', fd, key, value: programFd, flag: 'BPF_ANY' };
}
