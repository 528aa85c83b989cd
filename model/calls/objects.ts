/** Calls that make objects, and that run one: bpf(2); kernel/bpf/syscall.c, map_create, bpf_prog_load. */
import { kinds } from '../state/schema.ts';
import { freeRow, type Tables } from '../state/tables.ts';
import { descriptorRows, isUnusable, newDescriptor, noFd } from './new-descriptor.ts';
import type { NewDescriptor } from './new-descriptor.ts';
import type { Parts } from './parts.types.ts';
import { bound, clause, find, ofArguments, reading, type CallTable, type Row } from './row.ts';

/** The argument codes of BPF_MAP_CREATE's type. */
export const mapTypes = {
  BPF_MAP_TYPE_HASH: kinds.hash,
  BPF_MAP_TYPE_ARRAY: kinds.array,
  BPF_MAP_TYPE_PROG_ARRAY: kinds.programArray,
  BPF_MAP_TYPE_ARRAY_OF_MAPS: kinds.arrayOfMaps,
  BPF_MAP_TYPE_HASH_OF_MAPS: kinds.hashOfMaps,
} as const;

/** The size of keys and values that contents are modelled for, in bytes. */
const wordSize = 4;
const maxEntriesModelled = 1024;
/** MAX_BPF_STACK: a hash map's key has to fit on a program's stack. */
const keySizeMax = 512;
/** MAX_TAIL_CALL_CNT; the running kernel lets so many calls pass. */
const mostTailCalls = 33;

/** True for a map that is a hash table of whatever. */
export const isHash = (kind: number): boolean => kind === kinds.hash || kind === kinds.hashOfMaps;

export const isMapOfMaps = (kind: number): boolean =>
  kind === kinds.arrayOfMaps || kind === kinds.hashOfMaps;

/** True for a map that holds objects. */
export const holdsObjects = (kind: number): boolean => kind >= kinds.programArray;

/** True for a map of any type; false for 0. */
export function isMap({ object }: Tables, o: number): boolean {
  const kind = object.kind(o);
  return kind !== 0 && kind !== kinds.program;
}

function newObjectRows(w: Tables, into: NewDescriptor): readonly Row[] {
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
  return {
    call: 'BPF_MAP_CREATE',
    short: 'create',
    sorts: ['shape', 'inner-fd'],
    rows: [
      ...shapeRows(parts),
      ...innerRows(parts),
      ...descriptorRows(parts, 'create', R),
      ...shapeBounds(parts),
      ...newObjectRows(w, R),
    ],
    effect(p, shape, innerFd) {
      const { kind, maxEntries } = names.shape(shape);
      objects.create(R.object, kind, names.wordId(maxEntries));
      if (isMapOfMaps(kind)) objects.imitate(R.object, descriptors.objectAt(p, innerFd));
      descriptors.open(p, R.fd, R.description, R.object);
      return R.fd;
    },
  };
}

export function progLoad(parts: Parts): CallTable {
  const { w, is, objects, descriptors } = parts;
  const R = newDescriptor();
  const source = 'kernel/bpf/verifier.c and __bpf_map_get; measured on 6.18.44';
  const mapOf = (p: number, fd: number): number => descriptors.objectAt(p, fd);
  return {
    call: 'BPF_PROG_LOAD',
    short: 'load',
    sorts: ['maybe-fd'],
    rows: [
      clause(
        'load.map-fd-closed',
        'EBADF',
        (p, fd) => fd !== noFd && isUnusable(parts, p, fd),
        source,
      ),
      clause('load.not-a-map', 'EINVAL', (p, fd) => fd !== noFd && !isMap(w, mapOf(p, fd)), source),
      ...(is.ids === 'built-in'
        ? [
            bound(
              'bound.failed-load',
              (p, fd) => fd !== noFd && descriptors.lowest(p) === 0,
              'measured on 6.18.44: the program that got no descriptor keeps its map for a while',
            ),
          ]
        : []),
      ...descriptorRows(parts, 'load', R),
      ...newObjectRows(w, R),
    ],
    effect(p, fd) {
      objects.create(R.object, kinds.program, 0);
      if (fd !== noFd) objects.use(R.object, mapOf(p, fd));
      descriptors.open(p, R.fd, R.description, R.object);
      return R.fd;
    },
  };
}

export function progRun(parts: Parts): CallTable {
  const { w, is, objects, descriptors } = parts;
  const { object, slot } = w;
  const R = { program: 0 };
  const source = 'kernel/bpf/syscall.c, bpf_prog_test_run; since 4.12';
  /** What a program answers: 0, or 1 where its tail call leads nowhere, or too far. */
  const run = (program: number): number => {
    let current = program;
    for (let calls = 0; object.kind(object.uses(current)) === kinds.programArray; calls++) {
      const next = slot.target(objects.findSlot(object.uses(current), 0));
      if (next === 0 || calls === mostTailCalls) return 1;
      current = next;
    }
    return 0;
  };
  return {
    call: 'BPF_PROG_TEST_RUN',
    short: 'run',
    sorts: ['fd'],
    rows: [
      ...(is.testRun === 'none'
        ? [clause('run.unknown-command', 'EINVAL', () => true, source)]
        : []),
      clause('run.fd-closed', 'EBADF', (p, fd) => isUnusable(parts, p, fd), source),
      find((p, fd) => {
        R.program = descriptors.objectAt(p, fd);
      }),
      clause('run.not-a-program', 'EINVAL', () => object.kind(R.program) !== kinds.program, source),
    ],
    effect: () => run(R.program),
  };
}
