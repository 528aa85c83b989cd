import { bpfCommandNumbers as numbers } from '../model/vocabulary/index.ts';
import type { AttrField, Bpf } from '../model/vocabulary/index.ts';
import { descriptorFor, pathFor } from './arguments.ts';
import type { Arguments } from './arguments.ts';
import { pick } from './path-choice.ts';
import { maps, objects } from './things.ts';

/** Sizes around those that kernels know: the shortest attributes, and all from 4.4 to 6.18. */
const sizes = [48, 12, 16, 8, 24, 32, 0, 47, 49, 56, 128, 144, 145, 152, 153, 168, 169, 200, 4096];
const tooLong = [4097, 65536];
const all = [...sizes, ...sizes, ...tooLong];

/** Bytes that no field of the shorter attributes has. */
const strayAt = [
  ...[11, 12, 15, 16, 19, 20, 23, 24, 31, 32, 40, 47, 48, 71, 72, 79, 80, 91, 92, 100],
  ...[143, 144, 151, 152, 167, 168, 199, 4095],
];

/** Around the last command of each kernel. */
const unknown = [36, 37, 38, 9999, 2 ** 31 - 1];
const anyway = [numbers.BPF_OBJ_PIN, numbers.BPF_OBJ_GET, numbers.BPF_MAP_LOOKUP_ELEM, 60];

/** Hashes and arrays, and those around the last type of each kernel. */
const types = [1, 2, 1, 2, 0, 5, 8, 32, 34, 999];

/** A raw call around one that makes sense: its size, a stray byte, a pointer or its command are odd. */
export function decodeRawCall(args: Arguments): Bpf {
  const { detail, place, taste } = args;
  const size = pick(all, Math.floor(detail / 16));
  if (detail % 16 === 15) return { call: 'bpf', command: pick(anyway, place), attr: 0, size };
  const [command, fields] = sound(args);
  const isStray = detail % 4 === 1;
  const at = pick(strayAt, Math.floor(taste / 8));
  const stray: AttrField = { offset: at, width: 1, value: 1 };
  const isFree = fields.every(({ offset, width }) => at < offset || at >= offset + width);
  const attr = isStray && isFree ? sorted([...fields, stray]) : fields;
  return { call: 'bpf', command: detail % 16 === 14 ? pick(unknown, place) : command, attr, size };
}

const sorted = (fields: readonly AttrField[]): readonly AttrField[] =>
  [...fields].sort((a, b) => a.offset - b.offset);

/** A command and fields that would do. */
function sound(args: Arguments): readonly [number, readonly AttrField[]] {
  const { detail, place, taste } = args;
  const map = { offset: 0, width: 4, value: descriptorFor(args, maps) >>> 0 } as const;
  const pointer = (offset: number, word: number): AttrField =>
    // Sometimes NULL, and sometimes an address that leads nowhere.
    ({ offset, width: 8, value: pick([[word], [word], [word], 0, 1], taste + offset / 8) });
  switch (place % 8) {
    case 0:
    case 1:
      return [
        numbers.BPF_OBJ_PIN,
        [
          { offset: 0, width: 8, value: pathFor(args, 'new-name') ?? 0 },
          { offset: 8, width: 4, value: descriptorFor(args, objects) >>> 0 },
        ],
      ];
    case 2:
    case 3:
      return [numbers.BPF_OBJ_GET, [{ offset: 0, width: 8, value: pathFor(args, 'pin') ?? 0 }]];
    case 4:
      return [numbers.BPF_MAP_LOOKUP_ELEM, [map, pointer(8, 0), pointer(16, 0)]];
    case 5:
      return [
        numbers.BPF_MAP_UPDATE_ELEM,
        [map, pointer(8, 0), pointer(16, 1), { offset: 24, width: 4, value: detail % 9 }],
      ];
    case 6:
      return [numbers.BPF_MAP_DELETE_ELEM, [map, pointer(8, detail % 2)]];
    default:
      return [numbers.BPF_MAP_CREATE, shape(pick(types, taste))];
  }
}

const shape = (type: number): readonly AttrField[] => [
  { offset: 0, width: 4, value: type },
  { offset: 4, width: 4, value: 4 },
  { offset: 8, width: 4, value: 4 },
  { offset: 12, width: 4, value: 2 },
];
