/** Calls that look into maps: bpf(2); kernel/bpf/syscall.c, map_update_elem and map_lookup_elem. */
import { kinds } from '../state/schema.ts';
import { isClosed, isMap } from './objects.ts';
import type { Parts } from './parts.types.ts';
import { bound, clause, find, type CallTable, type Row } from './row.ts';

/** The argument codes of BPF_MAP_UPDATE_ELEM's flag. */
export const updateFlags = { BPF_ANY: 0, BPF_NOEXIST: 1, BPF_EXIST: 2 } as const;

function mapFdRows(parts: Parts, call: string): readonly Row[] {
  const { w, descriptors } = parts;
  const source = 'bpf(2); __bpf_map_get';
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

export function mapUpdate(parts: Parts): CallTable {
  const { w, is, names, objects, descriptors } = parts;
  const { object, element, bounds } = w;
  const R = { map: 0, element: 0, free: 0, size: 0 };
  const source = 'kernel/bpf/hashtab.c, htab_map_update_elem; arraymap.c, array_map_update_elem';
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

export function mapLookup(parts: Parts): CallTable {
  const { w, names, objects, descriptors } = parts;
  const { object, element } = w;
  const R = { map: 0, element: 0 };
  const isArray = (): boolean => object.kind(R.map) === kinds.array;
  const source = 'kernel/bpf/syscall.c, map_lookup_elem';
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
