/** The numbers that bpf(2) gives to what has a name here (include/uapi/linux/bpf.h). */
import { mapTypeNames, progTypeNames } from './call-names.ts';
import type { AccessFlags, CallName, MapType, ProgType, UpdateFlag } from './calls.types.ts';

/** enum bpf_cmd. */
export const bpfCommandNumbers = {
  BPF_MAP_CREATE: 0,
  BPF_MAP_LOOKUP_ELEM: 1,
  BPF_MAP_UPDATE_ELEM: 2,
  BPF_MAP_DELETE_ELEM: 3,
  BPF_MAP_GET_NEXT_KEY: 4,
  BPF_PROG_LOAD: 5,
  BPF_OBJ_PIN: 6,
  BPF_OBJ_GET: 7,
  BPF_PROG_ATTACH: 8,
  BPF_PROG_DETACH: 9,
  BPF_PROG_TEST_RUN: 10,
  BPF_PROG_GET_NEXT_ID: 11,
  BPF_MAP_GET_NEXT_ID: 12,
  BPF_PROG_GET_FD_BY_ID: 13,
  BPF_MAP_GET_FD_BY_ID: 14,
  BPF_OBJ_GET_INFO_BY_FD: 15,
  BPF_MAP_FREEZE: 22,
  BPF_LINK_CREATE: 28,
  BPF_LINK_GET_FD_BY_ID: 30,
  BPF_LINK_GET_NEXT_ID: 31,
  BPF_LINK_DETACH: 34,
} as const satisfies Partial<Record<CallName, number>>;

/** Below it no address is mapped (vm.mmap_min_addr), so that a smaller number leads nowhere. */
export const lowestAddress = 65_536;

/** enum bpf_map_type. */
export const mapTypeNumbers = {
  BPF_MAP_TYPE_HASH: 1,
  BPF_MAP_TYPE_ARRAY: 2,
  BPF_MAP_TYPE_PROG_ARRAY: 3,
  BPF_MAP_TYPE_ARRAY_OF_MAPS: 12,
  BPF_MAP_TYPE_HASH_OF_MAPS: 13,
} as const satisfies Record<MapType, number>;

/** enum bpf_prog_type. */
export const progTypeNumbers = {
  BPF_PROG_TYPE_SOCKET_FILTER: 1,
  BPF_PROG_TYPE_SCHED_CLS: 3,
  BPF_PROG_TYPE_CGROUP_SKB: 8,
} as const satisfies Record<ProgType, number>;

/** BPF_CGROUP_INET_EGRESS of enum bpf_attach_type, and the flag BPF_F_ALLOW_MULTI. */
export const egressAttachType = 1;
export const allowMultiFlag = 2;

/** The type of a map, or of a program, of that number; undefined for one that has no name here. */
export const mapTypeOf = (number: number): MapType | undefined =>
  mapTypeNames.find((name) => mapTypeNumbers[name] === number);

export const progTypeOf = (number: number): ProgType | undefined =>
  progTypeNames.find((name) => progTypeNumbers[name] === number);

/** The bits that restrict a new descriptor of a map. */
export const accessFlagBits = {
  BPF_F_RDONLY: 8,
  BPF_F_WRONLY: 16,
  'BPF_F_RDONLY|BPF_F_WRONLY': 24,
} as const satisfies Record<AccessFlags, number>;

/** A flag of its own. */
export const accessFlagNames = [
  'BPF_F_RDONLY',
  'BPF_F_WRONLY',
] as const satisfies readonly AccessFlags[];
export type AccessFlag = (typeof accessFlagNames)[number];

/** What can be asked for. */
export const accessNames = [
  'BPF_F_RDONLY',
  'BPF_F_WRONLY',
  'BPF_F_RDONLY|BPF_F_WRONLY',
] as const satisfies readonly AccessFlags[];

/** The flags with these bits, or undefined where there are others among them. */
export const accessFlagsOf = (bits: number): { readonly access?: AccessFlags } | undefined =>
  bits === 0
    ? {}
    : accessNames.flatMap((access) => (accessFlagBits[access] === bits ? [{ access }] : []))[0];

/** The bits of an update's flags. */
export const updateFlagBits = {
  BPF_ANY: 0,
  BPF_NOEXIST: 1,
  BPF_EXIST: 2,
  'BPF_NOEXIST|BPF_EXIST': 3,
  BPF_F_LOCK: 4,
} as const satisfies Record<UpdateFlag, number>;
