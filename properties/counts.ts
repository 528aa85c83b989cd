/** An object's counts, its holders and its life. */
import { objectKinds } from '../model/index.ts';
import type { Observation } from '../model/index.ts';
import { allAlive, cell, outstanding } from './cells.ts';
import type { AlwaysProperty } from './property.types.ts';

/** Holders of an object that are users of it, and all of them. Tables are taken out of an observation once. */
type Users = Pick<Observation, 'descriptions' | 'inodes'>;
type Holders = Users & Pick<Observation, 'programs' | 'links' | 'slots' | 'attachments'>;

function holdersOf({
  descriptions,
  inodes,
  programs,
  links,
  slots,
  attachments,
}: Observation): Holders {
  return { descriptions, inodes, programs, links, slots, attachments };
}

function users({ descriptions, inodes }: Users, object: number): number {
  return cell(descriptions, object) + cell(inodes, object);
}

function all(holders: Holders, object: number): number {
  const { programs, links, slots, attachments } = holders;
  const others = cell(programs, object) + cell(links, object) + cell(slots, object);
  return users(holders, object) + others + cell(attachments, object);
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
    const holders = holdersOf(o);
    const { kind, refcnt, usercnt } = o;
    let unexplained = 0;
    for (let object = 1; object <= o.shape.objects; object += 1) {
      const counted = cell(kind, object) === objectKinds.map;
      const extra = cell(refcnt, object) - all(holders, object);
      if (extra < 0 || (!counted && extra > 0)) {
        return false;
      }
      if (cell(usercnt, object) !== (counted ? users(holders, object) : 0)) {
        return false;
      }
      unexplained += extra;
    }
    return unexplained <= cell(o.pending, 0);
  },
} as const satisfies AlwaysProperty;

function aliveIffCounted(o: Observation): boolean {
  const pending = outstanding(o);
  const holders = holdersOf(o);
  const { alive: lives, kind } = o;
  let unheld = 0;
  for (let object = 1; object <= o.shape.objects; object += 1) {
    const held = all(holders, object) > 0;
    const alive = cell(lives, object) === 1;
    const isProgram = cell(kind, object) === objectKinds.program;
    if ((held && !alive) || (alive && !held && isProgram)) {
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
