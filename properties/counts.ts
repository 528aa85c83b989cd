/** An object's counts, its holders and its life. */
import { objectKinds } from '../model/index.ts';
import type { Observation } from '../model/index.ts';
import { allAlive, cell, outstanding } from './cells.ts';
import type { AlwaysProperty } from './property.types.ts';

function users(o: Observation, object: number): number {
  return cell(o.descriptions, object) + cell(o.inodes, object);
}

/** Holders of an object that are no users of it. */
function others(o: Observation, object: number): number {
  const { programs, links, slots, attachments } = o;
  return [programs, links, slots, attachments].reduce((sum, by) => sum + cell(by, object), 0);
}

/** What the stored count has above the holders that were found. */
function surplus(o: Observation, object: number): number {
  return cell(o.refcnt, object) - users(o, object) - others(o, object);
}

function isProgram(o: Observation, object: number): boolean {
  return cell(o.kind, object) === objectKinds.program;
}

function isMap(o: Observation, object: number): boolean {
  return cell(o.kind, object) === objectKinds.map;
}

/**
 * A program that is gone may still be about to release its map. Whether a recount finds it as a
 * holder is left open, so each outstanding release may account for one reference to a map.
 */
export const refcntEqualsHolders = {
  kind: 'always',
  id: 'refcount-equals-holders',
  title: 'The stored counts of an object are the numbers of its holders.',
  needs: ['alive', 'counts', 'holders', 'pending'],
  source: 'kernel/bpf/syscall.c, bpf_map_inc and bpf_map_put_uref; kernel/bpf/inode.c, bpf_any_get',
  holds: (o): boolean => {
    let unexplained = 0;
    for (let object = 1; object <= o.shape.objects; object += 1) {
      const counted = isMap(o, object);
      const extra = surplus(o, object);
      if (extra < 0 || (!counted && extra > 0)) {
        return false;
      }
      if (cell(o.usercnt, object) !== (counted ? users(o, object) : 0)) {
        return false;
      }
      unexplained += extra;
    }
    return unexplained <= cell(o.pending, 0);
  },
} as const satisfies AlwaysProperty;

function aliveIffCounted(o: Observation): boolean {
  const pending = outstanding(o);
  let unheld = 0;
  for (let object = 1; object <= o.shape.objects; object += 1) {
    const held = users(o, object) + others(o, object) > 0;
    const alive = cell(o.alive, object) === 1;
    if ((held && !alive) || (alive && !held && isProgram(o, object))) {
      return false;
    }
    unheld += alive && !held ? 1 : 0;
  }
  return pending === null || unheld <= pending;
}

/**
 * Death of what is visibly held is a fault anywhere. Life of what nothing holds is one only where
 * all holders are observed: a path that is not watched, a bound name or a program may hold it.
 */
export const aliveIffHeld = {
  kind: 'always',
  id: 'alive-iff-held',
  title: 'An object is alive exactly while something holds it.',
  needs: ['descriptors', 'paths', 'alive'],
  source: 'kernel/bpf/syscall.c, bpf_map_put and bpf_prog_put; kernel/bpf/inode.c, bpf_any_put',
  holds: (o): boolean => {
    return (
      allAlive(o, o.descriptor) &&
      allAlive(o, o.seenObject) &&
      (!o.fields.has('holders') || aliveIffCounted(o))
    );
  },
} as const satisfies AlwaysProperty;
