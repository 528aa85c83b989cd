/** Recounts objects and what maps hold. */
import { blank, count, lifecycle, number, taken, type Counting } from './counting.ts';
import { kinds } from './codes.ts';
import type { Tables } from './tables.ts';

export function objects(counting: Counting): void {
  const { w } = counting;
  const { description, inode, object, bounds, charts } = w;
  for (let o = 1; o <= bounds.objects; o++) {
    const users =
      count(bounds.descriptions, (d) => description.object(d) === o) +
      count(bounds.inodes, (i) => inode.object(i) === o);
    const holders = users + holdersBesides(w, o);
    const counts = object.kind(o) !== kinds.program && object.kind(o) !== kinds.link;
    number(counting, { table: 'object', column: 'refcnt' }, o, object.refcnt(o), holders);
    number(
      counting,
      { table: 'object', column: 'usercnt' },
      o,
      object.usercnt(o),
      counts ? users : 0,
    );
    // Whoever holds a program, it counts as used.
    const state = lifeOf(w, o, counts ? users : holders, holders);
    if (state === 'absent' || state === 'gone') blank(counting, 'object', o, object);
    lifecycle(counting, charts.object, o, object.state(o), state);
  }
}

/** Holders that are no users: programs, links, slots, hooks, and the work that will empty it. */
function holdersBesides({ object, slot, attachment, bounds }: Tables, o: number): number {
  return (
    count(bounds.objects, (program) => object.uses(program) === o) +
    count(bounds.slots ?? 0, (s) => slot.target(s) === o) +
    count(bounds.attachments ?? 0, (a) => attachment.program(a) === o) +
    object.clearing(o)
  );
}

/** The state of an object with that many users among its holders. */
function lifeOf({ object, slot, bounds }: Tables, o: number, users: number, holders: number) {
  if (users > 0) return 'held-by-users';
  if (holders > 0) return 'held-by-objects-only';
  const keeps = count(bounds.slots ?? 0, (s) => slot.object(s) === o) > 0;
  if (keeps || object.uses(o) !== 0) return 'releasing';
  return taken(object.state, o, bounds.objects) ? 'gone' : 'absent';
}

export function elements(counting: Counting): void {
  const { element, bounds } = counting.w;
  for (let e = 1; e <= bounds.elements; e++) {
    if (counting.w.object.kind(element.object(e)) === 0) blank(counting, 'element', e, element);
  }
}

export function slots(counting: Counting): void {
  const { slot, object, bounds } = counting.w;
  for (let s = 1; s <= (bounds.slots ?? 0); s++) {
    if (object.kind(slot.object(s)) === 0) blank(counting, 'slot', s, slot);
  }
}
