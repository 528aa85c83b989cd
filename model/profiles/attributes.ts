/**
 * The attributes of bpf(2) as each kernel knows them (include/uapi/linux/bpf.h, union bpf_attr; the
 * `*_LAST_FIELD` of kernel/bpf/syscall.c). Those of 6.18 were measured on 6.18.44.
 */

import { bpfCommandNumbers as numbers } from '../vocabulary/index.ts';

export type AttributesOf = '2015' | '4.6' | '6.1' | '6.12' | '6.18';

export interface Layout {
  /** sizeof(union bpf_attr): bytes behind it have to be 0 in a longer attr (E2BIG). */
  readonly size: number;
  /** The highest command, and the highest type of a map. */
  readonly lastCommand: number;
  readonly lastMapType: number;
  /** Whether BPF_F_LOCK is a flag of look-ups and updates. */
  readonly lock: 'known' | 'unknown';
  /** Whether BPF_F_RDONLY and BPF_F_WRONLY restrict new descriptors of maps (4.15). */
  readonly access: 'known' | 'unknown';
  /** Whether BPF_F_PATH_FD says in which directory a path starts (6.5). */
  readonly pathFd: 'known' | 'unknown';
  /** By command, the first byte behind its last field: from there on, bytes have to be 0 (EINVAL). */
  readonly ends: ReadonlyMap<number, number>;
}

const elements: readonly (readonly [number, number])[] = [
  [numbers.BPF_MAP_UPDATE_ELEM, 32],
  [numbers.BPF_MAP_DELETE_ELEM, 16],
  [numbers.BPF_MAP_GET_NEXT_KEY, 24],
];

/** Where the last fields of create, look-up, load, pin and get end. */
function ends(
  create: number,
  lookup: number,
  load: number,
  pin: number,
  newer: readonly (readonly [number, number])[] = [],
): ReadonlyMap<number, number> {
  return new Map([
    [numbers.BPF_MAP_CREATE, create],
    [numbers.BPF_MAP_LOOKUP_ELEM, lookup],
    ...elements,
    [numbers.BPF_PROG_LOAD, load],
    [numbers.BPF_OBJ_PIN, pin],
    [numbers.BPF_OBJ_GET, pin],
    ...newer,
  ]);
}

const later: readonly (readonly [number, number])[] = [
  [numbers.BPF_PROG_TEST_RUN, 76],
  [numbers.BPF_PROG_GET_NEXT_ID, 8],
  [numbers.BPF_MAP_GET_NEXT_ID, 8],
  [numbers.BPF_PROG_GET_FD_BY_ID, 4],
  // Its flags, and a token that came later, are looked at one by one; programs have neither.
  [numbers.BPF_MAP_GET_FD_BY_ID, 16],
  [numbers.BPF_OBJ_GET_INFO_BY_FD, 16],
  [numbers.BPF_MAP_FREEZE, 4],
];

const old = {
  size: 48,
  lastCommand: 7,
  lock: 'unknown',
  access: 'unknown',
  pathFd: 'unknown',
} as const;

const layouts: Readonly<Record<AttributesOf, Layout>> = {
  '2015': { ...old, lastMapType: 4, ends: ends(16, 24, 44, 12) },
  '4.6': { ...old, lastMapType: 7, ends: ends(20, 24, 44, 12) },
  '6.1': {
    size: 144,
    lastCommand: 35,
    lastMapType: 31,
    lock: 'known',
    access: 'known',
    pathFd: 'unknown',
    ends: ends(72, 32, 140, 16, later),
  },
  '6.12': {
    size: 152,
    lastCommand: 36,
    lastMapType: 33,
    lock: 'known',
    access: 'known',
    pathFd: 'known',
    ends: ends(80, 32, 148, 20, later),
  },
  '6.18': {
    size: 168,
    lastCommand: 37,
    lastMapType: 33,
    lock: 'known',
    access: 'known',
    pathFd: 'known',
    ends: ends(92, 32, 168, 20, later),
  },
};

export const layoutOf = (attributes: AttributesOf): Layout => layouts[attributes];
