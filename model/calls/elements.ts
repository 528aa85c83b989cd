/** Calls that write and read a map: bpf(2); kernel/bpf/syscall.c, map_update_elem, map_lookup_elem. */
import { kinds } from '../state/codes.ts';
import { freeRow } from '../state/tables.ts';
import { permissionRows } from './access.ts';
import { layoutOf } from '../profiles/index.ts';
import { updateFlagBits } from '../vocabulary/index.ts';
import {
  arraySource,
  finding,
  frozenRows,
  keyRow,
  mapFdRows,
  newFound,
  noKey,
  type Found,
} from './map-rows.ts';
import { isUnusable } from './new-descriptor.ts';
import { holdsObjects, isHash, isMap, isMapOfMaps } from './objects.ts';
import type { Parts } from './parts.types.ts';
import { isAtLimit, limitRow } from './reference-limit.ts';
import { bound, clause, find, ofArguments, type CallTable, type Row } from './row.ts';

/** Checks of an update's arguments that come before its operation is asked. */
function operandRows({ is }: Parts): readonly Row[] {
  const source = 'kernel/bpf/syscall.c, map_update_elem';
  return [
    ...(layoutOf(is.attributes).lock === 'known'
      ? [
          ofArguments(
            clause(
              'update.lock',
              'EINVAL',
              (_p, _fd, _key, _value, flag) => flag === updateFlagBits.BPF_F_LOCK,
              source,
            ),
          ),
        ]
      : []),
    keyRow('update'),
    ofArguments(
      clause('update.value-fault', 'EFAULT', (_p, _fd, _key, value) => value === noKey, source),
    ),
  ];
}

/** The rows of an update's value where the map holds objects: `value` is a descriptor. */
function valueRows(parts: Parts, R: Found, holding: (kind: number) => boolean): readonly Row[] {
  const { w, names, descriptors } = parts;
  const { object } = w;
  const source = `${arraySource}, prog_fd_array_get_ptr; kernel/bpf/map_in_map.c, bpf_map_fd_get_ptr`;
  const behind = (p: number, value: number): number => descriptors.objectAt(p, names.word(value));
  const unlike = (o: number): boolean =>
    object.kind(o) !== object.innerKind(R.map) ||
    (object.kind(o) === kinds.array && object.maxEntries(o) !== object.innerEntries(R.map));
  return [
    clause(
      'update.value-closed',
      'EBADF',
      (p, _fd, _key, value) => holding(R.kind) && isUnusable(parts, p, names.word(value)),
      source,
    ),
    clause(
      'update.value-no-program',
      'EINVAL',
      (p, _fd, _key, value) =>
        R.kind === kinds.programArray &&
        holding(R.kind) &&
        object.kind(behind(p, value)) !== kinds.program,
      source,
    ),
    ...limitRow(
      parts,
      'update',
      (p, _fd, _key, value) =>
        R.kind === kinds.programArray && holding(R.kind) && isAtLimit(parts, behind(p, value)),
    ),
    clause(
      'update.value-other-type',
      'EINVAL',
      (p, _fd, _key, value) =>
        R.kind === kinds.programArray &&
        holding(R.kind) &&
        object.type(R.map) !== 0 &&
        object.type(R.map) !== object.type(behind(p, value)) + 1,
      'kernel/bpf/core.c, bpf_prog_map_compatible; measured on 6.18.44',
    ),
    clause(
      'update.value-no-such-map',
      'EINVAL',
      (p, _fd, _key, value) =>
        isMapOfMaps(R.kind) &&
        holding(R.kind) &&
        (!isMap(w, behind(p, value)) || unlike(behind(p, value))),
      source,
    ),
    ...limitRow(
      parts,
      'update-of-maps',
      (p, _fd, _key, value) =>
        isMapOfMaps(R.kind) && holding(R.kind) && isAtLimit(parts, behind(p, value)),
    ),
  ];
}

export function mapUpdate(parts: Parts): CallTable {
  const { w, is, names, objects, descriptors } = parts;
  const { element, slot, bounds } = w;
  const R = newFound();
  const free = { element: 0, slot: 0 };
  const source = `kernel/bpf/hashtab.c, htab_map_update_elem; ${arraySource}, array_map_update_elem`;
  const isFdArray = (): boolean => holdsObjects(R.kind) && !isHash(R.kind);
  const full = clause(
    'update.full',
    'E2BIG',
    () => isHash(R.kind) && (R.row === 0 || is.hashFull === 'every-update') && R.size >= R.max,
    source,
  );
  const flags = [
    clause(
      'update.exists',
      'EEXIST',
      (_p, _fd, _key, _value, flag) =>
        isHash(R.kind) && flag === updateFlagBits.BPF_NOEXIST && R.row !== 0,
      source,
    ),
    clause(
      'update.missing',
      'ENOENT',
      (_p, _fd, _key, _value, flag) =>
        isHash(R.kind) && flag === updateFlagBits.BPF_EXIST && R.row === 0,
      source,
    ),
  ];
  return {
    call: 'BPF_MAP_UPDATE_ELEM',
    short: 'update',
    sorts: ['fd', 'key', 'value', 'update-flag'],
    rows: [
      ...mapFdRows(parts, 'update'),
      ...permissionRows(parts, 'update', 'to change'),
      ...frozenRows(parts, 'update'),
      ...operandRows(parts),
      finding(parts, R),
      find(() => {
        free.element = freeRow(element.object, bounds.elements);
        free.slot = freeRow(slot.object, bounds.slots ?? 0);
      }),
      ...valueRows(parts, R, (kind) => kind === kinds.hashOfMaps),
      clause(
        'update.flags',
        'EINVAL',
        (_p, _fd, _key, _value, flag) =>
          (R.kind === kinds.array || isHash(R.kind)) && flag > updateFlagBits.BPF_EXIST,
        source,
      ),
      clause(
        'update.slot-flags',
        'EINVAL',
        (_p, _fd, _key, _value, flag) => isFdArray() && flag !== updateFlagBits.BPF_ANY,
        `${arraySource}, bpf_fd_array_map_update_elem`,
      ),
      clause(
        'update.index',
        'E2BIG',
        (_p, _fd, key) => !isHash(R.kind) && names.word(key) >= R.max,
        source,
      ),
      ...valueRows(parts, R, (kind) => kind !== kinds.hashOfMaps && holdsObjects(kind)),
      clause(
        'update.array-exists',
        'EEXIST',
        (_p, _fd, _key, _value, flag) =>
          R.kind === kinds.array && flag === updateFlagBits.BPF_NOEXIST,
        source,
      ),
      ...(is.hashFull === 'before-flags' ? [full, ...flags] : [...flags, full]),
      bound(
        'bound.elements',
        (_p, _fd, _key, value) =>
          !holdsObjects(R.kind) &&
          R.row === 0 &&
          free.element === 0 &&
          !(R.kind === kinds.array && value === 0),
      ),
      bound('bound.slots', () => holdsObjects(R.kind) && R.row === 0 && free.slot === 0),
    ],
    effect(p, _fd, key, value) {
      if (holdsObjects(R.kind)) {
        const target = descriptors.objectAt(p, names.word(value));
        // As in bpf_fd_array_map_update_elem: the new object is taken, then the old one is let go.
        objects.take(target);
        if (R.kind === kinds.programArray) objects.admit(R.map, w.object.type(target));
        if (R.row !== 0) objects.empty(R.row);
        objects.fill(R.row === 0 ? free.slot : R.row, R.map, key, target);
        return 0;
      }
      // A zero in an array is the same as an element never written (docs/world.md).
      const cleared = R.kind === kinds.array && value === 0;
      if (!cleared) objects.writeElement(R.row === 0 ? free.element : R.row, R.map, key, value);
      else if (R.row !== 0) objects.eraseElement(R.row);
      return 0;
    },
  };
}

export function mapLookup(parts: Parts): CallTable {
  const { w, is, names } = parts;
  const R = newFound();
  const source = 'kernel/bpf/syscall.c, map_lookup_elem';
  return {
    call: 'BPF_MAP_LOOKUP_ELEM',
    short: 'lookup',
    sorts: ['fd', 'key'],
    rows: [
      ...mapFdRows(parts, 'lookup'),
      ...permissionRows(parts, 'lookup', 'to look up'),
      keyRow('lookup'),
      finding(parts, R),
      clause(
        'lookup.index',
        'ENOENT',
        (_p, _fd, key) => !isHash(R.kind) && names.word(key) >= R.max,
        source,
      ),
      ...(is.arrayLookup === 'ENOENT'
        ? [clause('lookup.program', 'ENOENT', () => R.kind === kinds.programArray, source)]
        : []),
      clause('lookup.missing', 'ENOENT', () => R.kind !== kinds.array && R.row === 0, source),
    ],
    effect: () => (holdsObjects(R.kind) ? 0 : names.word(w.element.value(R.row))),
  };
}
