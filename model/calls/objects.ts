/** Calls that make objects and look into them (kernel-facts 2.3-2.5). */
import { firstFd } from '../edges/descriptors.ts';
import { kinds } from '../state/schema.ts';
import { freeRow, type Tables } from '../state/tables.ts';
import type { Parts } from './parts.ts';
import { bound, clause, find, type CallRows, type Row } from './row.ts';

/** The argument codes of BPF_MAP_CREATE's type and of BPF_MAP_UPDATE_ELEM's flag. */
export const mapTypes = { BPF_MAP_TYPE_HASH: kinds.hash, BPF_MAP_TYPE_ARRAY: kinds.array } as const;
export const updateFlags = { BPF_ANY: 0, BPF_NOEXIST: 1, BPF_EXIST: 2 } as const;

/** The argument code of BPF_PROG_LOAD without a map. */
export const noMap = -1;

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

/** The error of a full descriptor table: it comes last, after every other check (kernel-facts 6.1). */
export function descriptorRows(
  { w, descriptors }: Parts,
  call: string,
  into: NewDescriptor,
): readonly Row[] {
  return [
    find((p) => {
      into.fd = descriptors.lowest(p);
      into.description = freeRow(w.description.state, w.bounds.descriptions);
    }),
    clause(`${call}.no-descriptor`, 'EMFILE', () => into.fd === 0, 'kernel-facts 2.6, 6.1'),
    bound('bound.descriptions', () => into.description === 0),
  ];
}

function newObjectRows(w: Tables, into: NewDescriptor): readonly Row[] {
  return [
    find(() => {
      into.object = freeRow(w.object.state, w.bounds.objects);
    }),
    bound('bound.objects', () => into.object === 0),
  ];
}

const newDescriptor = (): NewDescriptor => ({ fd: 0, description: 0, object: 0 });

export function mapCreate(parts: Parts): CallRows {
  const { w, names, objects, descriptors } = parts;
  const R = newDescriptor();
  const source = 'kernel-facts 2.3';
  const isArray = (type: number): boolean => type === kinds.array;
  return {
    call: 'BPF_MAP_CREATE',
    short: 'create',
    sorts: ['type', 'size', 'size', 'entries'],
    rows: [
      clause(
        'create.key-size',
        'EINVAL',
        (_p, type, key) => key === 0 || (isArray(type) && key !== wordSize),
        source,
      ),
      clause('create.value-size', 'EINVAL', (_p, _type, _key, value) => value === 0, source),
      clause(
        'create.max-entries',
        'EINVAL',
        (_p, _t, _k, _v, max) => names.word(max) === 0,
        source,
      ),
      clause(
        'create.key-too-big',
        'E2BIG',
        (_p, type, key) => !isArray(type) && key > keySizeMax,
        source,
      ),
      bound('bound.sizes', (_p, _type, key, value) => key !== wordSize || value !== wordSize),
      bound('bound.max-entries', (_p, _t, _k, _v, max) => names.word(max) > maxEntriesModelled),
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

export function progLoad(parts: Parts): CallRows {
  const { w, objects, descriptors } = parts;
  const R = newDescriptor();
  const source = 'kernel-facts 2.4';
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

function isMap({ object }: Tables, o: number): boolean {
  return object.kind(o) === kinds.array || object.kind(o) === kinds.hash;
}

function mapFdRows(parts: Parts, call: string): readonly Row[] {
  const { w, descriptors } = parts;
  const source = 'kernel-facts 2.5';
  return [
    clause(`${call}.fd-closed`, 'EBADF', (p, fd) => isClosed(parts, p, fd), source),
    clause(
      `${call}.not-a-map`,
      'EINVAL',
      (p, fd) => !isMap(w, descriptors.objectAt(p, fd)),
      source,
    ),
  ];
}

export function mapUpdate(parts: Parts): CallRows {
  const { w, is, names, objects, descriptors } = parts;
  const { object, element, bounds } = w;
  const R = { map: 0, element: 0, free: 0, size: 0 };
  const source = 'kernel-facts 2.5';
  const isArray = (): boolean => object.kind(R.map) === kinds.array;
  const max = (): number => names.word(object.maxEntries(R.map));
  const full = clause(
    'update.full',
    'E2BIG',
    () => !isArray() && R.element === 0 && R.size >= max(),
    source,
  );
  const flags = [
    clause(
      'update.exists',
      'EEXIST',
      (_p, _fd, _key, _value, flag) =>
        !isArray() && flag === updateFlags.BPF_NOEXIST && R.element !== 0,
      source,
    ),
    clause(
      'update.missing',
      'ENOENT',
      (_p, _fd, _key, _value, flag) =>
        !isArray() && flag === updateFlags.BPF_EXIST && R.element === 0,
      source,
    ),
  ];
  return {
    call: 'BPF_MAP_UPDATE_ELEM',
    short: 'update',
    sorts: ['fd', 'key', 'value', 'flag'],
    rows: [
      ...mapFdRows(parts, 'update'),
      find((p, fd, key) => {
        R.map = descriptors.objectAt(p, fd);
        R.element = objects.findElement(R.map, key);
        R.free = objects.freeElement();
        R.size = 0;
        for (let e = 1; e <= bounds.elements; e++) if (element.object(e) === R.map) R.size++;
      }),
      clause(
        'update.index',
        'E2BIG',
        (_p, _fd, key) => isArray() && names.word(key) >= max(),
        source,
      ),
      clause(
        'update.array-exists',
        'EEXIST',
        (_p, _fd, _key, _value, flag) => isArray() && flag === updateFlags.BPF_NOEXIST,
        source,
      ),
      ...(is.hashFull === 'before-flags' ? [full, ...flags] : [...flags, full]),
      bound(
        'bound.elements',
        (_p, _fd, _key, value) => R.element === 0 && R.free === 0 && !(isArray() && value === 0),
      ),
    ],
    effect(_p, _fd, key, value) {
      const cleared = isArray() && value === 0;
      if (cleared && R.element === 0) return 0;
      const e = R.element === 0 ? R.free : R.element;
      element.object.cells[e] = cleared ? 0 : R.map;
      element.key.cells[e] = cleared ? 0 : key;
      element.value.cells[e] = cleared ? 0 : value;
      return 0;
    },
  };
}

export function mapLookup(parts: Parts): CallRows {
  const { w, names, objects, descriptors } = parts;
  const { object, element } = w;
  const R = { map: 0, element: 0 };
  const isArray = (): boolean => object.kind(R.map) === kinds.array;
  const source = 'kernel-facts 2.5';
  return {
    call: 'BPF_MAP_LOOKUP_ELEM',
    short: 'lookup',
    sorts: ['fd', 'key'],
    rows: [
      ...mapFdRows(parts, 'lookup'),
      find((p, fd, key) => {
        R.map = descriptors.objectAt(p, fd);
        R.element = objects.findElement(R.map, key);
      }),
      clause(
        'lookup.index',
        'ENOENT',
        (_p, _fd, key) => isArray() && names.word(key) >= names.word(object.maxEntries(R.map)),
        source,
      ),
      clause('lookup.missing', 'ENOENT', () => !isArray() && R.element === 0, source),
    ],
    effect: () => names.word(element.value(R.element)),
  };
}
