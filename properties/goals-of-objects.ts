/** Goals about objects: who holds them, and when they die. */
import { objectKinds, seen } from '../model/index.ts';
import type { Observation } from '../model/index.ts';
import { cell, isOpen, isSeen, openedBy, outstanding, sightOf } from './cells.ts';
import type { StateGoal, StepGoal } from './property.types.ts';
import { endedBy } from './survival.ts';
import { watchedAt } from './watch.ts';

function isLiveMap(o: Observation, object: number): boolean {
  return cell(o.alive, object) === 1 && cell(o.kind, object) === objectKinds.map;
}

/** A live map that no description and no inode holds. */
function someMapWithoutUsers(o: Observation): boolean {
  for (let object = 1; object <= o.shape.objects; object += 1) {
    const users = cell(o.descriptions, object) + cell(o.inodes, object);
    if (isLiveMap(o, object) && users === 0) {
      return true;
    }
  }
  return false;
}

export const pinnedMapOutlivesItsCreator = {
  kind: 'sometimes-step',
  id: 'pinned-map-outlives-its-creator',
  title: 'A process that alone had a map open ends, and the map is still pinned.',
  needs: ['descriptors', 'paths', 'alive'],
  source: 'bpf(2), BPF_OBJ_PIN',
  reachedBy: (before, { pid, call, outcome }, after): boolean => {
    const victim = outcome.ok ? endedBy(call, pid) : 0;
    if (victim === 0) {
      return false;
    }
    for (let fd = 0; fd < before.shape.descriptors; fd += 1) {
      const object = openedBy(before, victim, fd);
      if (isLiveMap(after, object) && !isOpen(after, object) && isSeen(after, object)) {
        return true;
      }
    }
    return false;
  },
} as const satisfies StepGoal;

export const mapReopenedThroughItsPin = {
  kind: 'sometimes-step',
  id: 'map-reopened-through-its-pin',
  title: 'A map that nobody had open any more is opened again by its pin.',
  needs: ['descriptors', 'paths'],
  source: 'bpf(2), BPF_OBJ_GET',
  reachedBy: (before, { pid, call, outcome }, after): boolean => {
    if (!outcome.ok || call.call !== 'BPF_OBJ_GET') {
      return false;
    }
    const object = openedBy(after, pid, outcome.value);
    return object !== 0 && !isOpen(before, object);
  },
} as const satisfies StepGoal;

export const mapHeldByProgramOnly = {
  kind: 'sometimes',
  id: 'map-held-by-program-only',
  title: 'A map lives by nothing but a program that uses it.',
  needs: ['alive', 'holders', 'pending'],
  source: 'kernel/bpf/verifier.c, replace_map_fd_with_map_ptr: bpf_map_inc without uref',
  reached: (o): boolean => {
    return outstanding(o) === 0 && someMapWithoutUsers(o);
  },
} as const satisfies StateGoal;

export const mapReleasePending = {
  kind: 'sometimes',
  id: 'map-release-pending',
  title: 'The program is gone and the map it used is still to be released.',
  needs: ['alive', 'holders', 'pending'],
  source: 'kernel/bpf/syscall.c, bpf_prog_put: call_rcu, then free_used_maps',
  reached: (o): boolean => {
    return cell(o.pending, 0) > 0 && someMapWithoutUsers(o);
  },
} as const satisfies StateGoal;

export const objectDies = {
  kind: 'sometimes-step',
  id: 'object-dies',
  title: 'A call takes the last hold of an object.',
  needs: ['alive'],
  source: 'kernel/bpf/syscall.c, bpf_map_put',
  reachedBy: (before, { outcome }, after): boolean => {
    for (let object = 1; outcome.ok && object <= before.shape.objects; object += 1) {
      if (cell(before.alive, object) === 1 && cell(after.alive, object) === 0) {
        return true;
      }
    }
    return false;
  },
} as const satisfies StepGoal;

export const programPinned = {
  kind: 'sometimes',
  id: 'program-pinned',
  title: 'A program is pinned.',
  needs: ['paths'],
  source: 'bpf(2), BPF_OBJ_PIN',
  reached: (o): boolean => {
    return o.seenKind.includes(seen.program);
  },
} as const satisfies StateGoal;

export const unlinkedButBound = {
  kind: 'sometimes-step',
  id: 'unlinked-but-bound',
  title: 'The name of a pin is removed, and a mount of that very pin keeps its inode.',
  needs: ['paths', 'holders'],
  source: 'fs/namei.c, vfs_unlink; fs/inode.c, iput: an inode lives while a dentry is mounted',
  reachedBy: (before, { pid, call, outcome, watch }, after): boolean => {
    if (!outcome.ok || call.call !== 'unlink') {
      return false;
    }
    const path = watchedAt(watch, call.path);
    const object = path < 0 ? 0 : cell(before.seenObject, sightOf(before, pid, path));
    const inodes = cell(before.inodes, object);
    return object !== 0 && inodes > 0 && cell(after.inodes, object) === inodes;
  },
} as const satisfies StepGoal;
