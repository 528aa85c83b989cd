/** Objects by id: bpf(2); kernel/bpf/syscall.c, bpf_map_get_fd_by_id, bpf_obj_get_next_id. */
import type { GetById, GetNextId } from '../vocabulary/index.ts';
import { accessModes, kinds } from '../state/codes.ts';
import { accessBounds, accessRow, lastAccess } from './access.ts';
import { descriptorRows, newDescriptor } from './new-descriptor.ts';
import { isMap } from './objects.ts';
import type { Parts } from './parts.types.ts';
import { capableRows } from './permission-rows.ts';
import { isAtLimit, limitRow } from './reference-limit.ts';
import { bound, clause, unknownCommand, type CallTable } from './row.ts';

type Kind = 'map' | 'program' | 'link';

const source = 'kernel/bpf/syscall.c; since 4.13, of links since 5.8; measured on 6.18.44';

const capable = 'kernel/bpf/syscall.c: CAP_SYS_ADMIN; measured on 6.18.44';

function isOf({ w }: Parts, kind: Kind, o: number): boolean {
  return kind === 'map' ? isMap(w, o) : w.object.kind(o) === kinds[kind];
}

/** Rows of objects are numbered in the order of creation, and never used twice: a row is an id. */
function isHeld(parts: Parts, kind: Kind, o: number): boolean {
  const { object, charts, bounds } = parts.w;
  if (o < 1 || o > bounds.objects || !isOf(parts, kind, o)) return false;
  const { states } = charts.object;
  return (
    object.state(o) === states['held-by-users'] ||
    object.state(o) === states['held-by-objects-only']
  );
}

/** A link keeps its id until it is released (bpf_link_free). */
function isListed(parts: Parts, kind: Kind, o: number): boolean {
  const { object, charts } = parts.w;
  const { releasing } = charts.object.states;
  const isLate = kind === 'link' && isOf(parts, kind, o) && object.state(o) === releasing;
  return isLate || isHeld(parts, kind, o);
}

const hasIds = ({ is }: Parts, kind: Kind): 'none' | 'built-in' =>
  kind === 'link' ? is.links : is.ids;

function getById(parts: Parts, call: GetById['call'], kind: Kind): CallTable {
  const { w, descriptors } = parts;
  const { object } = w;
  const R = newDescriptor();
  // Of what is no map, CHECK_ATTR wants zeros where a map has its flags.
  const most = kind === 'map' ? lastAccess(parts) : accessModes.any;
  const short = `${kind}-by-id`;
  /** An array that gets a user and, for want of a descriptor, loses it: that has it emptied again. */
  const isGivenUp = (p: number, o: number): boolean =>
    object.kind(o) === kinds.programArray && object.usercnt(o) === 0 && descriptors.lowest(p) === 0;
  const refusesFlags = accessRow(short, (_p, _id, access) => access > most);
  const needsCapability = capableRows(parts, short, capable);
  return {
    call,
    short,
    sorts: ['object-id', 'access'],
    rows: [
      ...unknownCommand(hasIds(parts, kind), short, source),
      // A map has the flags, and which of them is looked at later (bpf_get_file_flag).
      ...(kind === 'map' ? [...needsCapability, refusesFlags] : [refusesFlags, ...needsCapability]),
      clause(`${short}.missing`, 'ENOENT', (_p, id) => !isHeld(parts, kind, id), source),
      ...(kind === 'map'
        ? [
            bound(
              'bound.clearing',
              (p, id) => object.clearing(id) === 1 || isGivenUp(p, id),
              'docs/world.md: a new user of an array that is about to be emptied',
            ),
          ]
        : []),
      ...(kind === 'link' ? [] : limitRow(parts, short, (_p, id) => isAtLimit(parts, id))),
      ...descriptorRows(parts, short, R),
      ...(kind === 'map' ? accessBounds(parts, (_p, _id, access) => access !== 0) : []),
    ],
    effect(p, id, access) {
      descriptors.open(p, R.fd, R.description, id, access);
      return R.fd;
    },
  };
}

function nextId(parts: Parts, call: GetNextId['call'], kind: Kind): CallTable {
  const { bounds } = parts.w;
  const short = `next-${kind}`;
  const behind = (id: number): number => {
    for (let o = id + 1; o <= bounds.objects; o++) if (isListed(parts, kind, o)) return o;
    return 0;
  };
  return {
    call,
    short,
    sorts: ['object-id'],
    rows: [
      ...unknownCommand(hasIds(parts, kind), short, source),
      ...capableRows(parts, short, capable),
      clause(`${short}.none`, 'ENOENT', (_p, id) => behind(id) === 0, source),
    ],
    effect: (_p, id) => behind(id),
  };
}

export const mapById = (parts: Parts): CallTable => getById(parts, 'BPF_MAP_GET_FD_BY_ID', 'map');
export const progById = (parts: Parts): CallTable =>
  getById(parts, 'BPF_PROG_GET_FD_BY_ID', 'program');
export const linkById = (parts: Parts): CallTable =>
  getById(parts, 'BPF_LINK_GET_FD_BY_ID', 'link');
export const nextMapId = (parts: Parts): CallTable => nextId(parts, 'BPF_MAP_GET_NEXT_ID', 'map');
export const nextProgId = (parts: Parts): CallTable =>
  nextId(parts, 'BPF_PROG_GET_NEXT_ID', 'program');
export const nextLinkId = (parts: Parts): CallTable =>
  nextId(parts, 'BPF_LINK_GET_NEXT_ID', 'link');
