/** BPF_MAP_FREEZE: bpf(2); kernel/bpf/syscall.c, map_freeze. */
import { permissionRows } from './access.ts';
import { frozenRows, mapFdRows } from './map-rows.ts';
import type { Parts } from './parts.types.ts';
import { capableRows } from './permission-rows.ts';
import { bound, unknownCommand, type CallTable } from './row.ts';

export function mapFreeze(parts: Parts): CallTable {
  const { w, is, objects, descriptors } = parts;
  const source = 'kernel/bpf/syscall.c, map_freeze; since 5.2, measured on 6.18.44';
  const bounded = w.bounds.freezing !== 1;
  return {
    call: 'BPF_MAP_FREEZE',
    short: 'freeze',
    sorts: ['fd'],
    rows: [
      ...unknownCommand(is.freeze, 'freeze', source),
      ...mapFdRows(parts, 'freeze'),
      ...permissionRows(parts, 'freeze', 'to change'),
      ...frozenRows(parts, 'freeze'),
      ...(is.freezeAsks === 'capability'
        ? capableRows(parts, 'freeze', 'kernel/bpf/syscall.c, map_freeze, until 6.4')
        : []),
      bound('bound.freezing', () => bounded),
    ],
    effect(p, fd) {
      objects.freeze(descriptors.objectAt(p, fd));
      return 0;
    },
  };
}
