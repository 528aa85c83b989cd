/** Calls on the keys of a map: bpf(2); kernel/bpf/syscall.c, map_delete_elem, map_get_next_key. */
import { permissionRows } from './access.ts';
import { kinds } from '../state/codes.ts';
import {
  arraySource,
  finding,
  frozenRows,
  keyRow,
  mapFdRows,
  newFound,
  noKey,
} from './map-rows.ts';
import { holdsObjects, isHash } from './objects.ts';
import type { Parts } from './parts.types.ts';
import { bound, clause, type CallTable } from './row.ts';

export function mapDelete(parts: Parts): CallTable {
  const { names, objects } = parts;
  const R = newFound();
  const source = `kernel/bpf/hashtab.c, htab_map_delete_elem; ${arraySource}, fd_array_map_delete_elem`;
  return {
    call: 'BPF_MAP_DELETE_ELEM',
    short: 'delete',
    sorts: ['fd', 'key'],
    rows: [
      ...mapFdRows(parts, 'delete'),
      ...permissionRows(parts, 'delete', 'to change'),
      ...frozenRows(parts, 'delete'),
      keyRow('delete'),
      finding(parts, R),
      clause('delete.array', 'EINVAL', () => R.kind === kinds.array, source),
      clause(
        'delete.index',
        'E2BIG',
        (_p, _fd, key) => !isHash(R.kind) && names.word(key) >= R.max,
        source,
      ),
      clause('delete.missing', 'ENOENT', () => R.row === 0, source),
    ],
    effect() {
      if (holdsObjects(R.kind)) objects.empty(R.row);
      else objects.eraseElement(R.row);
      return 0;
    },
  };
}

export function mapNextKey(parts: Parts): CallTable {
  const { is, names } = parts;
  const R = newFound();
  const source = 'kernel/bpf/syscall.c, map_get_next_key; array_map_get_next_key';
  return {
    call: 'BPF_MAP_GET_NEXT_KEY',
    short: 'next',
    sorts: ['fd', 'maybe-key'],
    rows: [
      ...mapFdRows(parts, 'next'),
      ...permissionRows(parts, 'next', 'to look up'),
      ...(is.nullKey === 'EFAULT'
        ? [clause('next.null-key', 'EFAULT', (_p, _fd, key) => key === noKey, source)]
        : []),
      finding(parts, R),
      clause(
        'next.last-index',
        'ENOENT',
        (_p, _fd, key) => !isHash(R.kind) && key !== noKey && names.word(key) === R.max - 1,
        source,
      ),
      clause(
        'next.last-key',
        'ENOENT',
        () => isHash(R.kind) && (R.size === 0 || (R.size === 1 && R.row !== 0)),
        source,
      ),
      bound('bound.hash-order', () => isHash(R.kind) && R.size > 1, 'the order of a hash is open'),
    ],
    effect(_p, _fd, key) {
      if (isHash(R.kind)) return names.word(R.anyKey);
      return key === noKey || names.word(key) >= R.max ? 0 : names.word(key) + 1;
    },
  };
}
