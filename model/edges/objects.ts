/**
 * Who holds an object, and what it holds. The only writer of refcnt, usercnt, slots and of the
 * objects' lifecycle (kernel/bpf/syscall.c, bpf_map_put, bpf_map_put_uref, bpf_prog_put).
 */
import type { Switches } from '../profiles/index.ts';
import { kinds } from '../state/codes.ts';
import type { Tables } from '../state/tables.ts';

/** What drops a hold: it decides when a dead program's map is released (docs/switches.md, programMaps). */
export type Holder = 'description' | 'inode' | 'slot' | 'filter';

export interface ObjectEdges {
  /** A new object in a row never used, with no holder yet; `takeUser` must follow. */
  create(o: number, kind: number, maxEntries: number): void;
  /** What a new map of maps takes is to be like `inner`. */
  imitate(o: number, inner: number): void;
  /** One more description or inode holds it. */
  takeUser(o: number): void;
  dropUser(o: number, holder: 'description' | 'inode'): void;
  /** Nobody writes the map through a descriptor any more. */
  freeze(o: number): void;
  /** Something else holds it: refcnt only. */
  take(o: number): void;
  drop(o: number, holder: Holder): void;
  /** A program takes a map. */
  use(program: number, map: number): void;
  /** The type of a program, an index into `progTypeNames`. */
  setType(o: number, type: number): void;
  /** A program array that has none yet takes a type: that of all programs it will ever hold. */
  admit(map: number, type: number): void;
  /** A link attaches its program to a cgroup. */
  link(o: number, program: number, cgroup: number): void;
  /** A link is defunct from now on. */
  detachLink(o: number): void;
  /** A program, a link or a map of maps that is gone lets go of what it holds: a deferred effect. */
  readonly release: (o: number) => void;
  /** Empties a program array that no user holds any more: a deferred effect. */
  readonly clearSlots: (array: number) => void;
  /** Fills an empty slot with an object that was taken for it. */
  fill(s: number, map: number, key: number, target: number): void;
  empty(s: number): void;
  /** The row of a slot that is filled, or 0. */
  findSlot(map: number, key: number): number;
  /** The row of an element, or 0. */
  findElement(map: number, key: number): number;
  /** Writes an element into a row; `eraseElement` makes the row free. */
  writeElement(e: number, map: number, key: number, value: number): void;
  eraseElement(e: number): void;
}

/**
 * The row with a key of a map, or 0. It reads cells, not columns: a world may have tens of thousands of
 * rows, and what columns there are differs from world to world, so that no compiler looks into them.
 */
function rowOf(
  { object, key: keys }: Pick<Tables['slot'], 'object' | 'key'>,
  rows: number,
  map: number,
  key: number,
): number {
  const { cells } = object;
  for (let row = 1; row <= rows; row++) {
    if (cells[row] === map && keys.cells[row] === key) return row;
  }
  return 0;
}

const isMapKind = (kind: number): boolean => kind !== kinds.program && kind !== kinds.link;

export function createObjectEdges(w: Tables, is: Switches): ObjectEdges {
  const { object, element, slot, moves, bounds } = w;
  const slots = bounds.slots ?? 0;
  const typed = bounds.programTypes === 1;
  const emptiesAtRelease = slots > 0 && is.arrayClear === 'at-any-release';

  function writeElement(e: number, map: number, key: number, value: number): void {
    element.object.cells[e] = map;
    element.key.cells[e] = key;
    element.value.cells[e] = value;
  }

  function clear(o: number): void {
    object.kind.cells[o] = 0;
    object.uses.cells[o] = 0;
    object.maxEntries.cells[o] = 0;
    object.innerKind.cells[o] = 0;
    object.innerEntries.cells[o] = 0;
    object.frozen.cells[o] = 0;
    object.type.cells[o] = 0;
    object.cgroup.cells[o] = 0;
    for (let e = 1; e <= bounds.elements; e++) {
      if (element.object(e) === o) writeElement(e, 0, 0, 0);
    }
  }

  function take(o: number): void {
    object.refcnt.cells[o] = object.refcnt(o) + 1;
  }

  function hasSlots(o: number): boolean {
    for (let s = 1; s <= slots; s++) if (slot.object(s) === o) return true;
    return false;
  }

  function empty(s: number): void {
    const target = slot.target(s);
    slot.object.cells[s] = 0;
    slot.key.cells[s] = 0;
    slot.target.cells[s] = 0;
    drop(target, 'slot');
  }

  function emptyAll(o: number): void {
    for (let s = 1; s <= slots; s++) if (slot.object(s) === o) empty(s);
  }

  function drop(o: number, holder: Holder): void {
    const refcnt = object.refcnt(o) - 1;
    object.refcnt.cells[o] = refcnt;
    if (refcnt > 0) return;
    if (object.uses(o) === 0 && !hasSlots(o)) {
      moves.object['last-hold'](o);
      clear(o);
      return;
    }
    moves.object['last-hold-later'](o);
    if (object.kind(o) === kinds.link) {
      // Whoever closes a link waits for the detachment (bpf_link_put_direct); others queue work.
      if (holder === 'description') release(o);
      return;
    }
    const late = holder === 'description' || holder === 'slot';
    if (!late && is.programMaps === 'later-after-close') release(o);
  }

  function release(o: number): void {
    const used = object.uses(o);
    moves.object.released(o);
    clear(o);
    emptyAll(o);
    // A map uses nothing; the program of a link goes as that of a filter.
    if (used !== 0) drop(used, 'filter');
  }

  function clearSlots(array: number): void {
    emptyAll(array);
    object.clearing.cells[array] = 0;
    drop(array, 'slot');
  }

  /** prog_array_map_clear of 5.5 and later takes a reference of its own for the queued work. */
  function leaveUsers(o: number): void {
    if (object.kind(o) !== kinds.programArray) return;
    if (is.arrayClear === 'at-last-user') emptyAll(o);
    if (is.arrayClear !== 'later') return;
    object.clearing.cells[o] = 1;
    take(o);
  }

  return {
    create(o, kind, maxEntries) {
      moves.object.create(o);
      object.kind.cells[o] = kind;
      object.maxEntries.cells[o] = maxEntries;
    },
    imitate(o, inner) {
      const kind = object.kind(inner);
      object.innerKind.cells[o] = kind;
      object.innerEntries.cells[o] = kind === kinds.array ? object.maxEntries(inner) : 0;
    },
    takeUser(o) {
      take(o);
      if (!isMapKind(object.kind(o))) return;
      object.usercnt.cells[o] = object.usercnt(o) + 1;
      if (object.usercnt(o) === 1 && object.refcnt(o) > 1) moves.object['first-user'](o);
    },
    dropUser(o, holder) {
      if (isMapKind(object.kind(o))) {
        // The seed's release of an array's file asks nobody (Linux b2197755b263).
        if (emptiesAtRelease && holder === 'description' && object.kind(o) === kinds.programArray) {
          emptyAll(o);
        }
        object.usercnt.cells[o] = object.usercnt(o) - 1;
        if (object.usercnt(o) === 0) {
          if (slots > 0) leaveUsers(o);
          if (object.refcnt(o) > 1) moves.object['last-user'](o);
        }
      }
      drop(o, holder);
    },
    freeze(o) {
      object.frozen.cells[o] = 1;
    },
    take,
    drop,
    use(program, map) {
      object.uses.cells[program] = map;
      take(map);
    },
    setType(o, type) {
      object.type.cells[o] = type;
    },
    admit(map, type) {
      if (typed && object.kind(map) === kinds.programArray) object.type.cells[map] = type + 1;
    },
    link(o, program, cgroup) {
      object.uses.cells[o] = program;
      object.cgroup.cells[o] = cgroup;
      take(program);
    },
    detachLink(o) {
      object.cgroup.cells[o] = 0;
    },
    release,
    clearSlots,
    fill(s, map, key, target) {
      slot.object.cells[s] = map;
      slot.key.cells[s] = key;
      slot.target.cells[s] = target;
    },
    empty,
    findSlot: (map, key) => rowOf(slot, slots, map, key),
    findElement: (map, key) => rowOf(element, bounds.elements, map, key),
    writeElement,
    eraseElement(e) {
      writeElement(e, 0, 0, 0);
    },
  };
}
