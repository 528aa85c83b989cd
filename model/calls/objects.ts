/** Calls that make objects: bpf(2); kernel/bpf/syscall.c, map_create and bpf_prog_load. */
import { firstFd } from '../edges/descriptors.ts';
import { kinds } from '../state/schema.ts';
import { freeRow, type Tables } from '../state/tables.ts';
import type { Parts } from './parts.types.ts';
import { bound, clause, find, ofArguments, reading, type CallTable, type Row } from './row.ts';

/** The argument codes of BPF_MAP_CREATE's type. */
export const mapTypes = { BPF_MAP_TYPE_HASH: kinds.hash, BPF_MAP_TYPE_ARRAY: kinds.array } as const;

/** The argument code of BPF_PROG_LOAD without a map: a number that no descriptor, an int, can have. */
export const noMap = 2 ** 31;

/** The size of keys and values that contents are modelled for, in bytes. */
const wordSize = 4;
const maxEntriesModelled = 1024;
/** MAX_BPF_STACK: a hash map's key has to fit on a program's stack. */
const keySizeMax = 512;

/** What a call that returns a new descriptor takes, in the order in which a kernel takes it. */
export interface NewDescriptor {
  fd: number;
  description: number;
  object: number;
}

/** The error of a full descriptor table: it comes last, after every other check (alloc_fd). */
export function descriptorRows(
  { w, descriptors }: Parts,
  call: string,
  into: NewDescriptor,
): readonly Row[] {
  const taken = reading(
    [],
    find((p) => {
      into.fd = descriptors.lowest(p);
      into.description = freeRow(w.description.state, w.bounds.descriptions);
    }),
  );
  const full = clause(
    `${call}.no-descriptor`,
    'EMFILE',
    () => into.fd === 0,
    'getrlimit(2), RLIMIT_NOFILE; fs/file.c, alloc_fd',
  );
  return [
    taken,
    reading([taken], full),
    reading(
      [taken],
      bound('bound.descriptions', () => into.description === 0),
    ),
  ];
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

const newDescriptor = (): NewDescriptor => ({ fd: 0, description: 0, object: 0 });

export function mapCreate(parts: Parts): CallTable {
  const { w, names, objects, descriptors } = parts;
  const R = newDescriptor();
  const source = 'kernel/bpf/arraymap.c, array_map_alloc; kernel/bpf/hashtab.c, htab_map_alloc';
  const isArray = (type: number): boolean => type === kinds.array;
  return {
    call: 'BPF_MAP_CREATE',
    short: 'create',
    sorts: ['type', 'size', 'size', 'entries'],
    rows: [
      ofArguments(
        clause(
          'create.key-size',
          'EINVAL',
          (_p, type, key) => key === 0 || (isArray(type) && key !== wordSize),
          source,
        ),
      ),
      ofArguments(
        clause('create.value-size', 'EINVAL', (_p, _type, _key, value) => value === 0, source),
      ),
      ofArguments(
        clause(
          'create.max-entries',
          'EINVAL',
          (_p, _t, _k, _v, max) => names.word(max) === 0,
          source,
        ),
      ),
      ofArguments(
        clause(
          'create.key-too-big',
          'E2BIG',
          (_p, type, key) => !isArray(type) && key > keySizeMax,
          source,
        ),
      ),
      ofArguments(
        bound('bound.sizes', (_p, _type, key, value) => key !== wordSize || value !== wordSize),
      ),
      ofArguments(
        bound('bound.max-entries', (_p, _t, _k, _v, max) => names.word(max) > maxEntriesModelled),
      ),
      ...descriptorRows(parts, 'create', R),
      ...newObjectRows(w, R),
    ],
    effect(p, type, _key, _value, maxEntries) {
      objects.create(R.object, type, maxEntries);
      descriptors.open(p, R.fd, R.description, R.object);
      return R.fd;
    },
  };
}

export function progLoad(parts: Parts): CallTable {
  const { w, objects, descriptors } = parts;
  const R = newDescriptor();
  const source = 'kernel/bpf/verifier.c and __bpf_map_get; measured on 6.18.44';
  const mapOf = (p: number, fd: number): number => descriptors.objectAt(p, fd);
  return {
    call: 'BPF_PROG_LOAD',
    short: 'load',
    sorts: ['map-fd'],
    rows: [
      clause(
        'load.map-fd-closed',
        'EBADF',
        (p, fd) => fd !== noMap && isClosed(parts, p, fd),
        source,
      ),
      clause(
        'load.not-a-map',
        'EINVAL',
        (p, fd) => fd !== noMap && !isMap(w, mapOf(p, fd)),
        source,
      ),
      ...descriptorRows(parts, 'load', R),
      ...newObjectRows(w, R),
    ],
    effect(p, fd) {
      objects.create(R.object, kinds.program, 0);
      if (fd !== noMap) objects.use(R.object, mapOf(p, fd));
      descriptors.open(p, R.fd, R.description, R.object);
      return R.fd;
    },
  };
}

/** True for a descriptor that is not open; 0, 1 and 2 always are. */
export function isClosed({ w, descriptors }: Parts, p: number, fd: number): boolean {
  return !(fd >= 0 && fd < firstFd) && w.descriptor.state(descriptors.at(p, fd)) === 0;
}

/** True for a map of any type; false for 0. */
export function isMap({ object }: Tables, o: number): boolean {
  return object.kind(o) === kinds.array || object.kind(o) === kinds.hash;
}
