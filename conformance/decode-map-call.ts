import { progTypeNames } from '../model/vocabulary/index.ts';
import type {
  AccessFlags,
  Call,
  CallName,
  Fd,
  MapType,
  ProgType,
  UpdateFlag,
} from '../model/vocabulary/index.ts';
import { wantsArray } from './call-in-place.ts';
import { descriptorFor, preferredDescriptor, secondDescriptor } from './arguments.ts';
import type { Arguments } from './arguments.ts';
import { filtersTraffic, hangsOnCgroups } from './decode-attachment-call.ts';
import { pick } from './path-choice.ts';
import {
  anyPrograms,
  callers,
  maps,
  mapsOfObjects,
  plainMaps,
  programArrays,
  programs,
} from './things.ts';

type MapCallName =
  | 'BPF_MAP_CREATE'
  | 'BPF_MAP_UPDATE_ELEM'
  | 'BPF_MAP_LOOKUP_ELEM'
  | 'BPF_MAP_DELETE_ELEM'
  | 'BPF_MAP_GET_NEXT_KEY'
  | 'BPF_PROG_LOAD'
  | 'BPF_PROG_TEST_RUN'
  | 'BPF_MAP_FREEZE';

/** The call on maps or programs that a choice stands for. */
export function decodeMapCall(name: MapCallName, args: Arguments): Call {
  const { detail, prospects, pid } = args;
  switch (name) {
    case 'BPF_MAP_CREATE':
      return mapCreate(args);
    case 'BPF_MAP_UPDATE_ELEM':
      return mapUpdate(args);
    case 'BPF_MAP_LOOKUP_ELEM':
    case 'BPF_MAP_DELETE_ELEM':
      return { call: name, ...element(args) };
    case 'BPF_MAP_GET_NEXT_KEY':
      return { call: name, fd: descriptorFor(args, maps), key: pick([null, 0, 1, 2], detail) };
    case 'BPF_MAP_FREEZE':
      return { call: name, fd: descriptorFor(args, maps) };
    case 'BPF_PROG_LOAD':
      return loaded(args);
    case 'BPF_PROG_TEST_RUN': {
      const preferred = wantsArray(detail) ? prospects.open(pid, callers) : [];
      return { call: name, fd: preferredDescriptor(args, preferred, anyPrograms) };
    }
  }
}

/** Every other one at an odd place, which `wantsArray` takes, is an array of programs. */
const types: readonly MapType[] = [
  'BPF_MAP_TYPE_HASH',
  'BPF_MAP_TYPE_ARRAY',
  'BPF_MAP_TYPE_HASH',
  'BPF_MAP_TYPE_PROG_ARRAY',
  'BPF_MAP_TYPE_ARRAY',
  'BPF_MAP_TYPE_ARRAY_OF_MAPS',
  'BPF_MAP_TYPE_HASH',
  'BPF_MAP_TYPE_PROG_ARRAY',
  'BPF_MAP_TYPE_HASH',
  'BPF_MAP_TYPE_ARRAY',
  'BPF_MAP_TYPE_ARRAY',
  'BPF_MAP_TYPE_PROG_ARRAY',
  'BPF_MAP_TYPE_HASH',
  'BPF_MAP_TYPE_HASH_OF_MAPS',
  'BPF_MAP_TYPE_HASH',
  'BPF_MAP_TYPE_PROG_ARRAY',
];
const sizes = [...new Array<number>(40).fill(4), 0, 8];
const entries = [2, 2, 3, 1, 2, 2, 3, 4, 2, 2, 2, 0];

function mapCreate(args: Arguments): Call {
  const { detail, taste, prospects, pid } = args;
  const type = pick(types, detail);
  const plain = {
    call: 'BPF_MAP_CREATE',
    type,
    keySize: pick(sizes, taste),
    valueSize: pick(sizes, Math.floor(taste / sizes.length)),
    maxEntries: pick(entries, Math.floor(detail / types.length)),
    ...accessFor(args, 48),
  } as const;
  if (type !== 'BPF_MAP_TYPE_ARRAY_OF_MAPS' && type !== 'BPF_MAP_TYPE_HASH_OF_MAPS') return plain;
  // Without a map that those inside could be like, this is the map to begin with.
  if (taste % 8 !== 7 && prospects.open(pid, plainMaps).length === 0) {
    return { ...plain, type: 'BPF_MAP_TYPE_ARRAY' };
  }
  return { ...plain, innerFd: secondDescriptor(args, plainMaps) };
}

const accesses: readonly AccessFlags[] = [
  'BPF_F_RDONLY',
  'BPF_F_WRONLY',
  'BPF_F_WRONLY',
  'BPF_F_RDONLY',
  'BPF_F_RDONLY|BPF_F_WRONLY',
];

/** What one new descriptor of so many is restricted to. */
export function accessFor(
  { place, detail }: Arguments,
  oneOf: number,
): { readonly access?: AccessFlags } {
  return place % oneOf === 5 ? { access: pick(accesses, detail) } : {};
}

const rightFlags: readonly UpdateFlag[] = ['BPF_ANY', 'BPF_NOEXIST', 'BPF_EXIST'];
const updateFlags: readonly UpdateFlag[] = [
  ...rightFlags,
  ...rightFlags,
  ...rightFlags,
  'BPF_NOEXIST|BPF_EXIST',
  ...rightFlags,
  'BPF_F_LOCK',
];
/** Arrays of objects take no other flag. */
const objectFlags = [...new Array<UpdateFlag>(5).fill('BPF_ANY'), ...updateFlags];
/** The first slot is the one that programs call. */
const keys = [0, 0, 1, 0, 2];

function mapUpdate(args: Arguments): Call {
  const { detail, taste, prospects, pid } = args;
  const preferred = wantsArray(detail) ? prospects.open(pid, mapsOfObjects) : [];
  const fd = preferredDescriptor(args, preferred, maps);
  const thing = prospects.thing(pid, fd);
  if (thing === 'program-array' || thing === 'map-of-maps') {
    return {
      call: 'BPF_MAP_UPDATE_ELEM',
      fd,
      key: pick(keys, detail),
      value: secondDescriptor(args, thing === 'program-array' ? programs : plainMaps),
      flag: pick(objectFlags, Math.floor(detail / keys.length)),
    };
  }
  const key = pick(keys, detail);
  const flag = pick(updateFlags, Math.floor(detail / keys.length));
  return { call: 'BPF_MAP_UPDATE_ELEM', fd, key, value: 1 + (taste % 3), flag };
}

/** Half of the time the element that the process wrote last. */
function element(args: Arguments): { readonly fd: Fd; readonly key: number } {
  const { detail, taste, prospects, pid } = args;
  const written = detail % 2 === 1 && taste % 8 !== 7 ? prospects.written(pid) : null;
  if (written !== null) return { fd: written.fd, key: written.key };
  return { fd: descriptorFor(args, maps), key: pick(keys, detail) };
}

/** Of the type that the drawn call takes; one load in sixteen is of any. */
function loaded(args: Arguments): Call {
  const plain = { call: 'BPF_PROG_LOAD', mapFd: usedMap(args) } as const;
  const any = args.detail % 16 === 11 ? pick(progTypeNames, args.place) : undefined;
  const type = any ?? typeFor(args.drawn);
  return type === 'BPF_PROG_TYPE_SOCKET_FILTER' ? plain : { ...plain, type };
}

function typeFor(drawn: CallName): ProgType {
  if (hangsOnCgroups.has(drawn)) return 'BPF_PROG_TYPE_CGROUP_SKB';
  return filtersTraffic.has(drawn) ? 'BPF_PROG_TYPE_SCHED_CLS' : 'BPF_PROG_TYPE_SOCKET_FILTER';
}

/** The map that a program refers to: none, an array of programs that it calls, or any. */
function usedMap(args: Arguments): Fd | null {
  const { detail, taste, prospects, pid } = args;
  const isOdd = taste % 8 === 7;
  if (detail % 3 === 0 || (!isOdd && prospects.open(pid, maps).length === 0)) return null;
  const arrays = detail % 3 === 1 ? prospects.open(pid, programArrays) : [];
  return preferredDescriptor(args, arrays, maps);
}
