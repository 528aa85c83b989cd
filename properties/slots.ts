/** What maps hold of objects. */
import { objectKinds } from '../model/index.ts';
import type { Observation } from '../model/index.ts';
import { cell, heldOnlyBy, isOpen, isSeen, someAlive } from './cells.ts';
import type { StateGoal, StepGoal, StepProperty } from './property.types.ts';

const reachable = (o: Observation, object: number): boolean =>
  isOpen(o, object) || isSeen(o, object);

/** Slots of one object in an observation. */
const slotsPer = (o: Observation): number => o.slot.length / (o.shape.objects + 1);

/** Whether the slots of an object hold what they held before, as far as that is known. */
export function sameSlots(before: Observation, after: Observation, object: number): boolean {
  const per = slotsPer(before);
  for (let at = object * per; at < (object + 1) * per; at += 1) {
    const [was, is] = [cell(before.slot, at), cell(after.slot, at)];
    if (was !== is && was !== -1 && is !== -1) {
      return false;
    }
  }
  return true;
}

/**
 * Only its users count, not the programs that call through it: that is why a program array has to be
 * pinned. The kernel of the first commit emptied it at every release of a file.
 */
export const slotsStayWhileReachable = {
  kind: 'step',
  id: 'slots-stay-while-reachable',
  title: 'A map keeps the objects in its slots as long as a descriptor or a pin leads to it.',
  needs: ['descriptors', 'paths', 'slots'],
  source: 'kernel/bpf/syscall.c, bpf_map_put_uref; commit c9da161c6517',
  brokenUnder: { arrayClear: 'at-any-release' },
  failing: 'skipped',
  holds: (before, { call, outcome }, after): boolean => {
    const writes = call.call === 'BPF_MAP_UPDATE_ELEM' || call.call === 'BPF_MAP_DELETE_ELEM';
    if (!outcome.ok || writes) {
      return true;
    }
    for (let object = 1; object <= before.shape.objects; object += 1) {
      const kept = reachable(before, object) && reachable(after, object);
      if (kept && !sameSlots(before, after, object)) {
        return false;
      }
    }
    return true;
  },
} as const satisfies StepProperty;

/** Whether a live object stands in a slot of a map. */
function holdsSomething(o: Observation, map: number): boolean {
  const per = slotsPer(o);
  for (let at = map * per; at < (map + 1) * per; at += 1) {
    if (cell(o.alive, cell(o.slot, at)) === 1) {
      return true;
    }
  }
  return false;
}

/** Whether no slot of any map is known to be filled. */
const isEmpty = (o: Observation): boolean => o.slot.every((object) => object <= 0);

export const programInSlotOnly = {
  kind: 'sometimes',
  id: 'program-held-by-slot-only',
  title: 'A program lives by nothing but a slot of a program array.',
  needs: ['alive', 'holders'],
  source: 'kernel/bpf/arraymap.c, prog_fd_array_get_ptr',
  reached: (o): boolean => {
    return someAlive(o, objectKinds.program, (object) => heldOnlyBy(o, object, 'slots'));
  },
} as const satisfies StateGoal;

export const mapInSlotOnly = {
  kind: 'sometimes',
  id: 'map-held-by-slot-only',
  title: 'A map lives by nothing but a slot of a map of maps.',
  under: { mapsOfMaps: 'built-in' },
  needs: ['alive', 'holders'],
  source: 'kernel/bpf/map_in_map.c, bpf_map_fd_get_ptr',
  reached: (o): boolean => {
    return someAlive(o, objectKinds.map, (object) => heldOnlyBy(o, object, 'slots'));
  },
} as const satisfies StateGoal;

export const pinnedArrayHoldsProgram = {
  kind: 'sometimes',
  id: 'pinned-array-holds-program',
  title: 'A program array that is only pinned keeps the program in its slot.',
  needs: ['paths', 'descriptors', 'alive', 'slots'],
  source: 'kernel/bpf/inode.c: a pin is a user',
  reached: (o): boolean => {
    return someAlive(o, objectKinds.map, (array) => {
      return isSeen(o, array) && !isOpen(o, array) && holdsSomething(o, array);
    });
  },
} as const satisfies StateGoal;

export const tailCallFails = {
  kind: 'sometimes-step',
  id: 'tail-call-fails',
  title: 'A tail call falls through, and no program array has a program in it.',
  under: { testRun: 'built-in' },
  needs: ['descriptors', 'slots'],
  source: 'kernel/bpf/core.c, JMP_TAIL_CALL',
  reachedBy: (before, { call, outcome }, after): boolean => {
    const fallsThrough = call.call === 'BPF_PROG_TEST_RUN' && outcome.ok && outcome.value === 1;
    return fallsThrough && isEmpty(before) && isEmpty(after);
  },
} as const satisfies StepGoal;
