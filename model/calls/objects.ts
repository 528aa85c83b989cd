/** BPF_MAP_CREATE, and what all ask of objects: bpf(2); kernel/bpf/syscall.c, map_create. */
import { accessBounds, accessRow, lastAccess } from './access.ts';
import { kinds } from '../state/codes.ts';
import { freeRow, type Tables } from '../state/tables.ts';
import { progTypeNames, type ProgType } from '../vocabulary/index.ts';
import { descriptorRows, isUnusable, newDescriptor, noFd } from './new-descriptor.ts';
import type { NewDescriptor } from './new-descriptor.ts';
import type { Parts } from './parts.types.ts';
import { bpfClosed } from './permission-rows.ts';
import { bound, clause, find, ofArguments, reading, type CallTable, type Row } from './row.ts';

/** The argument codes of BPF_MAP_CREATE's type. */
export const mapTypes = {
  BPF_MAP_TYPE_HASH: kinds.hash,
  BPF_MAP_TYPE_ARRAY: kinds.array,
  BPF_MAP_TYPE_PROG_ARRAY: kinds.programArray,
  BPF_MAP_TYPE_ARRAY_OF_MAPS: kinds.arrayOfMaps,
  BPF_MAP_TYPE_HASH_OF_MAPS: kinds.hashOfMaps,
} as const;

/** The argument code of BPF_PROG_LOAD's type, which the row of a program keeps. */
export const progTypeCode = (type: ProgType): number => progTypeNames.indexOf(type);

/** The size of keys and values that contents are modelled for, in bytes. */
const wordSize = 4;
const maxEntriesModelled = 1024;
/** MAX_BPF_STACK: a hash map's key has to fit on a program's stack. */
const keySizeMax = 512;

/** True for a map that is a hash table of whatever. */
export const isHash = (kind: number): boolean => kind === kinds.hash || kind === kinds.hashOfMaps;

export const isMapOfMaps = (kind: number): boolean =>
  kind === kinds.arrayOfMaps || kind === kinds.hashOfMaps;

/** True for a map that holds objects. */
export const holdsObjects = (kind: number): boolean => kind >= kinds.programArray;

/** True for a map of any type; false for 0. */
export function isMap({ object }: Tables, o: number): boolean {
  const kind = object.kind(o);
  return kind !== 0 && kind !== kinds.program && kind !== kinds.link;
}

/** True for a program of that type; false for 0. */
export function isProgramOf({ object }: Tables, type: ProgType): (o: number) => boolean {
  const code = progTypeCode(type);
  return (o) => object.kind(o) === kinds.program && object.type(o) === code;
}

/** The row of a new object. */
export function newObjectRows(w: Tables, into: NewDescriptor): readonly Row[] {
  const taken = reading(
    [],
    find(() => {
      into.object = freeRow(w.object.state, w.bounds.objects);
    }),
  );
  return [
    taken,
    reading(
      [taken],
      bound('bound.objects', () => into.object === 0),
    ),
  ];
}

/**
 * inner_map_fd: what the maps inside have to be like (kernel/bpf/map_in_map.c, bpf_map_meta_alloc);
 * other types do not look at it.
 */
function innerRows(parts: Parts): readonly Row[] {
  const { w, names, descriptors } = parts;
  const source = 'kernel/bpf/map_in_map.c, bpf_map_meta_alloc; measured on 6.18.44';
  const asked = (shape: number): boolean => isMapOfMaps(names.shape(shape).kind);
  const inner = (p: number, fd: number): number => w.object.kind(descriptors.objectAt(p, fd));
  /** An absent descriptor is the number 0, which is open on /dev/null. */
  const closed = (p: number, fd: number): boolean => fd !== noFd && isUnusable(parts, p, fd);
  return [
    clause('create.inner-closed', 'EBADF', (p, shape, fd) => asked(shape) && closed(p, fd), source),
    clause(
      'create.inner-no-map',
      'EINVAL',
      (p, shape, fd) => asked(shape) && !isMap(w, descriptors.objectAt(p, fd)),
      source,
    ),
    clause(
      'create.inner-prog-array',
      'ENOTSUPP',
      (p, shape, fd) => asked(shape) && inner(p, fd) === kinds.programArray,
      source,
    ),
    clause(
      'create.inner-nested',
      'EINVAL',
      (p, shape, fd) => asked(shape) && isMapOfMaps(inner(p, fd)),
      source,
    ),
  ];
}

function shapeRows({ is, names }: Parts): readonly Row[] {
  const source = 'kernel/bpf/arraymap.c, array_map_alloc; kernel/bpf/hashtab.c, htab_map_alloc';
  const invalid = (id: string, when: (shape: ReturnType<typeof names.shape>) => boolean): Row =>
    ofArguments(clause(id, 'EINVAL', (_p, shape) => when(names.shape(shape)), source));
  return [
    ...(is.mapsOfMaps === 'none'
      ? [
          invalid('create.unknown-type', ({ kind }) => isMapOfMaps(kind)),
          ofArguments(
            clause(
              'create.unknown-attribute',
              'EINVAL',
              (_p, _shape, innerFd) => innerFd !== noFd && innerFd !== 0,
              'kernel/bpf/syscall.c, CHECK_ATTR: what a kernel does not know has to be 0',
            ),
          ),
        ]
      : []),
    invalid(
      'create.key-size',
      ({ kind, keySize }) => keySize === 0 || (!isHash(kind) && keySize !== wordSize),
    ),
    invalid(
      'create.value-size',
      ({ kind, valueSize }) => valueSize === 0 || (holdsObjects(kind) && valueSize !== wordSize),
    ),
    invalid('create.max-entries', ({ maxEntries }) => maxEntries === 0),
    ...(is.hashKey === 'on-stack'
      ? [
          ofArguments(
            clause(
              'create.key-too-big',
              'E2BIG',
              (_p, shape) =>
                isHash(names.shape(shape).kind) && names.shape(shape).keySize > keySizeMax,
              source,
            ),
          ),
        ]
      : []),
  ];
}

/** What is not modelled of maps, once every check has passed. */
function shapeBounds({ w, names }: Parts): readonly Row[] {
  const slots = w.bounds.slots ?? 0;
  return [
    ofArguments(
      bound('bound.sizes', (_p, shape) => {
        const { keySize, valueSize } = names.shape(shape);
        return keySize !== wordSize || valueSize !== wordSize;
      }),
    ),
    ofArguments(
      bound('bound.max-entries', (_p, shape) => names.shape(shape).maxEntries > maxEntriesModelled),
    ),
    ofArguments(
      bound('bound.slots', (_p, shape) => slots === 0 && holdsObjects(names.shape(shape).kind)),
    ),
  ];
}

export function mapCreate(parts: Parts): CallTable {
  const { w, names, objects, descriptors } = parts;
  const R = newDescriptor();
  const most = lastAccess(parts);
  return {
    call: 'BPF_MAP_CREATE',
    short: 'create',
    sorts: ['shape', 'inner-fd', 'access'],
    rows: [
      ...bpfClosed(parts, 'create', 'no-creation'),
      accessRow('create', (_p, _shape, _innerFd, access) => access > most),
      ...shapeRows(parts),
      ...bpfClosed(parts, 'create', 'no-creation-after-checks'),
      ...innerRows(parts),
      ...descriptorRows(parts, 'create', R),
      ...shapeBounds(parts),
      ...accessBounds(parts, (_p, _shape, _innerFd, access) => access !== 0),
      ...newObjectRows(w, R),
    ],
    effect(p, shape, innerFd, access) {
      const { kind, maxEntries } = names.shape(shape);
      objects.create(R.object, kind, names.wordId(maxEntries));
      if (isMapOfMaps(kind)) objects.imitate(R.object, descriptors.objectAt(p, innerFd));
      descriptors.open(p, R.fd, R.description, R.object, access);
      return R.fd;
    },
  };
}
