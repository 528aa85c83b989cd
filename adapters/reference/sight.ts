/** What can be seen of the kernel in memory: holders are looked for, counts are shown as stored. */
import { contentKeys } from '../../model/vocabulary/index.ts';
import type {
  DescriptorSight,
  ObjectSight,
  PathSight,
  ProcessSight,
  Sight,
} from '../../model/vocabulary/index.ts';
import { readWord } from './array.ts';
import { findHolders, times } from './holders.ts';
import type { Holders } from './holders.ts';
import { holdsObjects } from './map.ts';
import { liveObjects } from './object.ts';
import { copyPath } from './path-name.ts';
import { walk } from './path-walk.ts';
import type { BpfMap, BpfObject, Kernel, Task, UserNamespace } from './structures.types.ts';
import { outstanding } from './workqueue.ts';

export function takeSight(kernel: Kernel, watch: readonly string[]): Sight {
  const holders = findHolders(kernel);
  return {
    processes: [...kernel.tasks.values()]
      .sort((a, b) => a.pid - b.pid)
      .map((task) => processSight(kernel, task, watch)),
    objects: liveObjects(kernel).map((object) => objectSight(object, holders)),
    pending: outstanding(kernel),
  };
}

function processSight(kernel: Kernel, task: Task, watch: readonly string[]): ProcessSight {
  // Who looks is root, whatever the process may (docs/world.md).
  const looking: Task = { ...task, uid: 0, userNamespace: initialOf(task.userNamespace) };
  return {
    pid: task.pid,
    namespace: task.namespace.id,
    descriptors: descriptorSights(task),
    paths: watch.flatMap((path) => pathSight(kernel, looking, path) ?? []),
  };
}

function descriptorSights(task: Task): readonly DescriptorSight[] {
  return [...task.descriptors]
    .flatMap(([fd, { object }]) => (object === null ? [] : [{ fd, object: object.id }]))
    .sort((a, b) => a.fd - b.fd);
}

function pathSight(kernel: Kernel, task: Task, path: string): PathSight | null {
  const name = copyPath(path);
  const at = typeof name === 'string' ? name : walk(kernel, task, name);
  if (typeof at === 'string' || at.mount.superblock.type !== 'bpf') return null;
  const { content } = at.dentry.inode;
  const instance = at.mount.superblock.id;
  switch (content.kind) {
    case 'directory':
      return { path, kind: 'directory', instance, object: 0 };
    case 'pin':
      return { path, kind: content.object.kind, instance, object: content.object.id };
    case 'file':
    case 'cgroup':
    case 'symlink':
      return null;
  }
}

function objectSight(object: BpfObject, holders: Holders): ObjectSight {
  const found = {
    descriptions: times(holders.files, object),
    inodes: times(holders.inodes, object),
  };
  const { id, kind, refcnt } = object;
  const held = {
    descriptions: found.descriptions,
    inodes: found.inodes + times(holders.evicted, object),
    programs: times(holders.programs, object),
    slots: times(holders.slots, object),
    attachments: times(holders.attachments, object),
    links: times(holders.links, object),
  };
  if (object.kind !== 'map') return { id, kind, refcnt, holders: held };
  const frozen = object.frozen === 'yes' ? 1 : 0;
  const seen = { id, kind, refcnt, usercnt: object.usercnt, holders: held, frozen } as const;
  // Nobody can read a map that only other objects hold.
  const isReachable = found.descriptions + found.inodes > 0;
  return isReachable ? { ...seen, ...insideOf(object) } : seen;
}

function insideOf(map: BpfMap): Pick<ObjectSight, 'content' | 'slots'> {
  if (holdsObjects(map)) return { slots: contentKeys.map((key) => map.slots.get(key)?.id ?? 0) };
  return { content: contentKeys.map((key) => readElement(map, key)) };
}

/** The value of an element, or null where there is none. */
function readElement(map: BpfMap, key: number): number | null {
  return map.type === 'BPF_MAP_TYPE_ARRAY' ? readWord(map, key) : (map.elements.get(key) ?? null);
}

function initialOf(userNamespace: UserNamespace): UserNamespace {
  return userNamespace.parent === null ? userNamespace : initialOf(userNamespace.parent);
}
