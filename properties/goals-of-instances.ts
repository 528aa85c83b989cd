/** Goals about instances, mounts and namespaces: who sees what where. */
import type { Observation } from '../model/index.ts';
import { cell, samePath, sightOf } from './cells.ts';
import type { StateGoal, StepGoal, Watch } from './property.types.ts';
import { watchedAt } from './watch.ts';

/** Whether this path shows an instance that its parent does not: the root of a mount, to be sure. */
function isMountRoot(o: Observation, watch: Watch, pid: number, path: number): boolean {
  const instance = cell(o.seenInstance, sightOf(o, pid, path));
  const parent = cell(watch.parent, path);
  if (parent < 0) {
    // The root of the host tree is no bpffs; of another directory that is not watched nothing is known.
    return instance !== 0 && watch.paths[path]?.lastIndexOf('/') === 0;
  }
  return instance !== 0 && cell(o.seenInstance, sightOf(o, pid, parent)) !== instance;
}

export const twoInstancesInOneNamespace = {
  kind: 'sometimes',
  id: 'two-instances-in-one-namespace',
  title: 'A process sees two instances.',
  needs: ['paths', 'instances'],
  source: 'kernel/bpf/inode.c, bpf_mount; fs/namespace.c, copy_mnt_ns',
  reached: (o): boolean => {
    for (let pid = 1; pid <= o.shape.processes; pid += 1) {
      let first = 0;
      for (let path = 0; path < o.shape.paths; path += 1) {
        const instance = cell(o.seenInstance, sightOf(o, pid, path));
        if (instance !== 0 && first !== 0 && instance !== first) {
          return true;
        }
        first = first === 0 ? instance : first;
      }
    }
    return false;
  },
} as const satisfies StateGoal;

export const oneInstanceAtTwoMounts = {
  kind: 'sometimes',
  id: 'one-instance-at-two-mounts',
  title: 'A process sees one instance at two mounts.',
  needs: ['paths', 'instances'],
  source: 'mount(2), MS_BIND; linux-4.4 kernel/bpf/inode.c, bpf_mount: mount_ns',
  reached: (o, watch): boolean => {
    for (let pid = 1; pid <= o.shape.processes; pid += 1) {
      for (let path = 0; path < o.shape.paths; path += 1) {
        for (let other = 0; other < path; other += 1) {
          if (
            isMountRoot(o, watch, pid, path) &&
            isMountRoot(o, watch, pid, other) &&
            o.seenInstance[sightOf(o, pid, path)] === o.seenInstance[sightOf(o, pid, other)]
          ) {
            return true;
          }
        }
      }
    }
    return false;
  },
} as const satisfies StateGoal;

export const objectInTwoInstances = {
  kind: 'sometimes',
  id: 'object-in-two-instances',
  title: 'An object is pinned in two instances.',
  needs: ['paths', 'instances'],
  source: 'kernel/bpf/inode.c, bpf_obj_pin_user: objects belong to no instance',
  reached: (o): boolean => {
    for (let at = 0; at < o.seenObject.length; at += 1) {
      const first = o.seenObject.indexOf(cell(o.seenObject, at));
      if (o.seenObject[at] !== 0 && o.seenInstance[first] !== o.seenInstance[at]) {
        return true;
      }
    }
    return false;
  },
} as const satisfies StateGoal;

/** Whether two processes of different namespaces both see something at a path. */
function someSharedPath(
  o: Observation,
  cells: Observation['seenObject'],
  want: 'same' | 'different',
): boolean {
  for (let pid = 1; pid <= o.shape.processes; pid += 1) {
    for (let other = 1; other < pid; other += 1) {
      for (
        let path = 0;
        o.namespace[pid] !== o.namespace[other] && path < o.shape.paths;
        path += 1
      ) {
        const mine = cell(cells, sightOf(o, pid, path));
        const theirs = cell(cells, sightOf(o, other, path));
        if (mine !== 0 && theirs !== 0 && (mine === theirs) === (want === 'same')) {
          return true;
        }
      }
    }
  }
  return false;
}

export const pinSeenFromTwoNamespaces = {
  kind: 'sometimes',
  id: 'pin-seen-from-two-namespaces',
  title: 'Processes of two namespaces see an object pinned at the same path.',
  needs: ['paths', 'namespaces'],
  source: 'fs/namespace.c, copy_mnt_ns: a copied mount shows the same superblock',
  reached: (o): boolean => {
    return someSharedPath(o, o.seenObject, 'same');
  },
} as const satisfies StateGoal;

export const namespaceShowsOtherInstance = {
  kind: 'sometimes',
  id: 'namespace-shows-other-instance-than-its-parents',
  title: 'A path shows one instance in a namespace and another in the one it was copied from.',
  needs: ['paths', 'instances', 'namespaces'],
  source: 'mount_namespaces(7)',
  reached: (o): boolean => {
    return someSharedPath(o, o.seenInstance, 'different');
  },
} as const satisfies StateGoal;

export const instanceFoundAgain = {
  kind: 'sometimes-step',
  id: 'instance-found-again',
  title: 'A mount finds the instance that nobody in its namespace saw any more.',
  needs: ['paths', 'instances', 'namespaces'],
  instance: 'per-namespace',
  source: 'linux-4.4 fs/super.c, sget: a superblock lives while any namespace mounts it',
  reachedBy: (before, { pid, call, outcome, watch }, after): boolean => {
    const target = outcome.ok && call.call === 'mount' ? watchedAt(watch, call.target) : -1;
    const instance = target < 0 ? 0 : cell(after.seenInstance, sightOf(after, pid, target));
    if (instance === 0 || !before.seenInstance.includes(instance)) {
      return false;
    }
    const end = sightOf(before, pid + 1, 0);
    for (let at = sightOf(before, pid, 0); at < end; at += 1) {
      if (before.seenInstance[at] === instance) {
        return false;
      }
    }
    return true;
  },
} as const satisfies StepGoal;

export const mountVanishesWithItsName = {
  kind: 'sometimes-step',
  id: 'mount-vanishes-with-its-name',
  title: 'A name is removed, and with it the mount that another namespace has on it.',
  needs: ['paths', 'instances', 'namespaces'],
  source: 'fs/namespace.c, __detach_mounts',
  reachedBy: (before, { pid, call, outcome, watch }, after): boolean => {
    const path = outcome.ok && call.call === 'rmdir' ? watchedAt(watch, call.path) : -1;
    if (path < 0) {
      return false;
    }
    const instance = cell(before.seenInstance, sightOf(before, pid, path));
    for (let other = 1; other <= before.shape.processes; other += 1) {
      const at = sightOf(before, other, path);
      const theirs = cell(before.seenInstance, at);
      if (theirs !== 0 && theirs !== instance && !samePath(before, after, at)) {
        return true;
      }
    }
    return false;
  },
} as const satisfies StepGoal;
