/** Maps that are frozen: nobody writes them through a descriptor any more. */
import type { Observation } from '../model/index.ts';
import { cell, isSeen, openedBy } from './cells.ts';
import type { StepGoal, StepProperty } from './property.types.ts';

const isFrozen = (o: Observation, object: number): boolean => cell(o.frozen, object) === 1;

/** Whether a map that lives on is frozen for good, and contains what it contained, where that is known. */
function stays(before: Observation, after: Observation, object: number): boolean {
  if (cell(after.alive, object) === 0) return true;
  const [was, is] = [cell(before.content, object), cell(after.content, object)];
  return isFrozen(after, object) && (was === is || was === -1 || is === -1);
}

export const frozenMapsStay = {
  kind: 'step',
  id: 'frozen-maps-stay',
  title: 'A frozen map stays frozen and is not written, through whatever descriptor.',
  needs: ['descriptors', 'alive', 'content', 'frozen'],
  source: 'kernel/bpf/syscall.c, map_freeze, map_get_sys_perms',
  failing: 'judged-if-changing',
  holds: (before, { pid, call, outcome }, after): boolean => {
    const writes = call.call === 'BPF_MAP_UPDATE_ELEM' || call.call === 'BPF_MAP_DELETE_ELEM';
    if (writes && outcome.ok && isFrozen(before, openedBy(before, pid, call.fd))) return false;
    if (call.call === 'BPF_MAP_FREEZE' && outcome.ok) {
      if (!isFrozen(after, openedBy(before, pid, call.fd))) return false;
    }
    for (let object = 1; object <= before.shape.objects; object += 1) {
      if (isFrozen(before, object) && !stays(before, after, object)) return false;
    }
    return true;
  },
} as const satisfies StepProperty;

export const frozenMapReopened = {
  kind: 'sometimes-step',
  id: 'frozen-map-reopened',
  title: 'A frozen map with contents is opened again by its pin.',
  needs: ['descriptors', 'paths', 'content', 'frozen'],
  under: { freeze: 'built-in' },
  source: 'kernel/bpf/syscall.c, map_freeze',
  reachedBy: (before, { pid, call, outcome }, after): boolean => {
    if (!outcome.ok || call.call !== 'BPF_OBJ_GET') return false;
    const object = openedBy(after, pid, outcome.value);
    return isFrozen(before, object) && isSeen(before, object) && cell(after.content, object) > 0;
  },
} as const satisfies StepGoal;
