/** Rows that the calls on a map's contents share. */
import { isUnusable } from './new-descriptor.ts';
import { holdsObjects, isHash, isMap } from './objects.ts';
import type { Parts } from './parts.types.ts';
import { clause, find, ofArguments, type Row } from './row.ts';

/** The argument code of a NULL pointer where a key or a value is expected. */
export const noKey = 2 ** 31;

export const arraySource = 'kernel/bpf/arraymap.c';

export function mapFdRows(parts: Parts, call: string): readonly Row[] {
  const { w, descriptors } = parts;
  const source = 'bpf(2); __bpf_map_get';
  return [
    clause(`${call}.fd-closed`, 'EBADF', (p, fd) => isUnusable(parts, p, fd), source),
    clause(
      `${call}.not-a-map`,
      'EINVAL',
      (p, fd) => !isMap(w, descriptors.objectAt(p, fd)),
      source,
    ),
  ];
}

/** The copy of the key from user space. */
export const keyRow = (call: string): Row =>
  ofArguments(
    clause(
      `${call}.key-fault`,
      'EFAULT',
      (_p, _fd, key) => key === noKey,
      'kernel/bpf/syscall.c, copy_from_bpfptr of the key',
    ),
  );

/** What a frozen map says to those who write it. */
export const frozenRows = ({ w, is, descriptors }: Parts, call: string): readonly Row[] =>
  is.freeze === 'none'
    ? []
    : [
        clause(
          `${call}.frozen`,
          'EPERM',
          (p, fd) => w.object.frozen(descriptors.objectAt(p, fd)) === 1,
          'kernel/bpf/syscall.c, map_get_sys_perms; measured on 6.18.44',
        ),
      ];

/** What a call finds behind its first two arguments. */
export interface Found {
  map: number;
  kind: number;
  /** The largest number of entries, as a number. */
  max: number;
  /** The element, or the slot, with the key; 0 for none. */
  row: number;
  /** Elements, or slots, that a hash has (nothing asks it of an array), ... */
  size: number;
  /** ... and the key of one of them. */
  anyKey: number;
}

export const newFound = (): Found => ({ map: 0, kind: 0, max: 0, row: 0, size: 0, anyKey: 0 });

export function finding({ w, names, objects, descriptors }: Parts, R: Found): Row {
  const { object, element, slot, bounds } = w;
  return find((p, fd, key) => {
    R.map = descriptors.objectAt(p, fd);
    R.kind = object.kind(R.map);
    R.max = names.word(object.maxEntries(R.map));
    R.size = 0;
    const inside = holdsObjects(R.kind) ? slot : element;
    R.row = inside === slot ? objects.findSlot(R.map, key) : objects.findElement(R.map, key);
    if (!isHash(R.kind)) return;
    const rows = inside === slot ? (bounds.slots ?? 0) : bounds.elements;
    for (let row = 1; row <= rows; row++) {
      if (inside.object(row) !== R.map) continue;
      R.size++;
      R.anyKey = inside.key(row);
    }
  });
}
