/**
 * Who holds an object. The only writer of refcnt, usercnt and of the objects' lifecycle
 * (kernel/bpf/syscall.c, bpf_map_put, bpf_map_put_uref, bpf_prog_put).
 */
import type { Switches } from '../profiles/index.ts';
import { kinds } from '../state/schema.ts';
import type { Tables } from '../state/tables.ts';

/** What drops a hold: it decides when a dead program's map is released (docs/kernels.md). */
export type Holder = 'description' | 'inode';

export interface ObjectEdges {
  /** A new object in a row never used, with no holder yet; `takeUser` must follow. */
  create(o: number, kind: number, maxEntries: number): void;
  /** One more description or inode holds it. */
  takeUser(o: number): void;
  dropUser(o: number, holder: Holder): void;
  /** A program takes a map: refcnt only. */
  use(program: number, map: number): void;
  /** A program that is gone lets go of its map: the deferred effect. */
  release(program: number): void;
  /** The row of an element, or 0. */
  findElement(map: number, key: number): number;
  freeElement(): number;
}

export function createObjectEdges(w: Tables, is: Switches): ObjectEdges {
  const { object, element, moves, bounds } = w;

  function clear(o: number): void {
    object.kind.cells[o] = 0;
    object.uses.cells[o] = 0;
    object.maxEntries.cells[o] = 0;
    for (let e = 1; e <= bounds.elements; e++) {
      if (element.object(e) === o) {
        element.object.cells[e] = 0;
        element.key.cells[e] = 0;
        element.value.cells[e] = 0;
      }
    }
  }

  function dropRef(o: number, holder: Holder): void {
    const refcnt = object.refcnt(o) - 1;
    object.refcnt.cells[o] = refcnt;
    if (refcnt > 0) return;
    if (object.uses(o) === 0) {
      moves.object['last-hold'](o);
      clear(o);
      return;
    }
    moves.object['last-hold-later'](o);
    if (holder === 'inode' && is.programMaps === 'later-after-close') release(o);
  }

  function release(program: number): void {
    const map = object.uses(program);
    moves.object.released(program);
    clear(program);
    // A map uses nothing, so what drops it does not matter.
    dropRef(map, 'inode');
  }

  return {
    create(o, kind, maxEntries) {
      moves.object.create(o);
      object.kind.cells[o] = kind;
      object.maxEntries.cells[o] = maxEntries;
    },
    takeUser(o) {
      object.refcnt.cells[o] = object.refcnt(o) + 1;
      if (object.kind(o) === kinds.program) return;
      object.usercnt.cells[o] = object.usercnt(o) + 1;
      if (object.usercnt(o) === 1 && object.refcnt(o) > 1) moves.object['first-user'](o);
    },
    dropUser(o, holder) {
      if (object.kind(o) !== kinds.program) {
        object.usercnt.cells[o] = object.usercnt(o) - 1;
        if (object.usercnt(o) === 0 && object.refcnt(o) > 1) moves.object['last-user'](o);
      }
      dropRef(o, holder);
    },
    use(program, map) {
      object.uses.cells[program] = map;
      object.refcnt.cells[map] = object.refcnt(map) + 1;
    },
    release,
    findElement(map, key) {
      for (let e = 1; e <= bounds.elements; e++) {
        if (element.object(e) === map && element.key(e) === key) return e;
      }
      return 0;
    },
    freeElement() {
      for (let e = 1; e <= bounds.elements; e++) {
        if (element.object(e) === 0) return e;
      }
      return 0;
    },
  };
}
