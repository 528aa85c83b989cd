/** Which instance of bpffs a mount shows. */
import { heard, seen } from '../model/index.ts';
import type { Observation } from '../model/index.ts';
import type { Pid } from '../model/vocabulary/index.ts';
import { cell, sightOf } from './cells.ts';
import type { AlwaysProperty, StepProperty, Watch } from './property.types.ts';
import { watchedAt } from './watch.ts';

/** The first cell before `end` that shows an instance with this origin, or `end`. */
function firstOfOrigin(o: Observation, origin: number, end: number): number {
  for (let at = 0; at < end; at += 1) {
    if (o.seenOrigin[at] === origin) {
      return at;
    }
  }
  return end;
}

/**
 * An instance whose namespace has ended has no origin any more: others may still see it, and the
 * promise is void.
 */
export const singletonPerNamespace = {
  kind: 'always',
  id: 'singleton-per-namespace',
  title: 'A mount namespace makes at most one instance at a time.',
  needs: ['paths', 'instances', 'namespaces'],
  instance: 'per-namespace',
  source: 'linux-4.4 kernel/bpf/inode.c, bpf_mount: mount_ns keyed by the mount namespace',
  holds: (o): boolean => {
    for (let at = 0; at < o.seenOrigin.length; at += 1) {
      const origin = cell(o.seenOrigin, at);
      if (
        origin !== 0 &&
        o.seenInstance[firstOfOrigin(o, origin, at)] !== cell(o.seenInstance, at)
      ) {
        return false;
      }
    }
    return true;
  },
} as const satisfies AlwaysProperty;

/** The namespace whose mounts find an instance, as anybody saw it; 0 if none does, or nobody saw it. */
function originSeen(o: Observation, instance: number): number {
  const at = o.seenInstance.indexOf(instance);
  return at < 0 ? 0 : cell(o.seenOrigin, at);
}

/** An instance that nobody saw before may be new, or one that its own namespace left behind. */
export const noForeignInstance = {
  kind: 'step',
  id: 'no-foreign-instance',
  title: 'A fresh mount shows no instance that another namespace made.',
  needs: ['paths', 'instances', 'namespaces'],
  brokenUnder: { nsKeyReuse: 'adversarial' },
  source: 'b2197755b263: a singleton per mount namespace; e27f4a942a0e, which ends what breaks it',
  failing: 'skipped',
  holds: (before, step, after): boolean => {
    if (!step.outcome.ok || step.call.call !== 'mount') return true;
    const target = watchedAt(step.watch, step.call.target);
    if (target < 0) return true;
    const instance = cell(after.seenInstance, sightOf(after, step.pid, target));
    return (
      instance === 0 ||
      !before.seenInstance.includes(instance) ||
      originSeen(before, instance) === before.namespace[step.pid]
    );
  },
} as const satisfies StepProperty;

function showsNothingBelow(o: Observation, pid: Pid, watch: Watch, target: number): boolean {
  for (let path = 0; path < o.shape.paths; path += 1) {
    if (
      cell(watch.below, target * o.shape.paths + path) === 1 &&
      o.seenKind[sightOf(o, pid, path)] !== seen.nothing
    ) {
      return false;
    }
  }
  return true;
}

/** A fresh mount covers whatever its target showed before, and the names below it. */
export const instancePerMount = {
  kind: 'step',
  id: 'instance-per-mount',
  title: 'A fresh mount shows an instance that nobody saw before, and an empty one.',
  needs: ['paths', 'instances'],
  instance: 'per-mount',
  source: 'kernel/bpf/inode.c, bpf_get_tree: get_tree_nodev, since linux-4.7 (mount_nodev)',
  failing: 'skipped',
  holds: (before, step, after): boolean => {
    if (!step.outcome.ok || step.call.call !== 'mount') {
      return true;
    }
    const target = watchedAt(step.watch, step.call.target);
    if (target < 0) {
      return true;
    }
    const at = sightOf(after, step.pid, target);
    // Along a symbolic link, or in a peer, the mount may have covered the way there.
    if (cell(before.seenByLink, at) === 1 || before.hears[step.pid] !== heard.nothing) {
      return true;
    }
    const instance = cell(after.seenInstance, at);
    return (
      after.seenKind[at] === seen.directory &&
      instance !== 0 &&
      !before.seenInstance.includes(instance) &&
      showsNothingBelow(after, step.pid, step.watch, target)
    );
  },
} as const satisfies StepProperty;
