/** What can be seen of the kernel in memory: holders are looked for, counts are shown as stored. */
import { contentKeys } from '../../model/vocabulary/index.ts';
import type {
  DescriptorSight,
  ObjectSight,
  PathSight,
  ProcessSight,
  Sight,
} from '../../model/vocabulary/index.ts';
import { readElement } from './map.ts';
import { liveObjects } from './object.ts';
import { copyPath } from './path-name.ts';
import { walk } from './path-walk.ts';
import type { BpfMap, BpfObject, File, Inode, Kernel, Task } from './structures.types.ts';

export function takeSight(kernel: Kernel, watch: readonly string[]): Sight {
  const holders = findHolders(kernel);
  return {
    processes: [...kernel.tasks.values()]
      .sort((a, b) => a.pid - b.pid)
      .map((task) => processSight(kernel, task, watch)),
    objects: liveObjects(kernel).map((object) => objectSight(object, holders)),
    pending: kernel.deferred.length,
  };
}

function processSight(kernel: Kernel, task: Task, watch: readonly string[]): ProcessSight {
  return {
    pid: task.pid,
    namespace: task.namespace.id,
    descriptors: descriptorSights(task),
    paths: watch.flatMap((path) => pathSight(kernel, task, path) ?? []),
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
      return null;
  }
}

/** What holds objects, found from the tasks down. */
interface Holders {
  readonly files: readonly File[];
  readonly inodes: readonly Inode[];
  /** The map of each program, also of one that is gone but has not put it yet. */
  readonly usedMaps: readonly (BpfMap | null)[];
}

function findHolders(kernel: Kernel): Holders {
  const tasks = [...kernel.tasks.values()];
  const mounts = tasks.flatMap((task) => [...task.namespace.mounts]);
  const superblocks = new Set(mounts.map((mount) => mount.superblock));
  return {
    files: [...new Set(tasks.flatMap((task) => [...task.descriptors.values()]))],
    inodes: [...superblocks].flatMap((superblock) => [...superblock.inodes]),
    usedMaps: [...kernel.progs.values(), ...kernel.deferred].map((prog) => prog.usedMap),
  };
}

function objectSight(object: BpfObject, holders: Holders): ObjectSight {
  const held = {
    descriptions: holders.files.filter((file) => file.object === object).length,
    inodes: holders.inodes.filter((inode) => isPinOf(inode, object)).length,
    programs: holders.usedMaps.filter((map) => map === object).length,
  };
  const { id, kind, refcnt } = object;
  if (object.kind === 'program') return { id, kind, refcnt, holders: held };
  const seen = { id, kind, refcnt, usercnt: object.usercnt, holders: held };
  // Nobody can read a map that only programs hold.
  const isReachable = held.descriptions + held.inodes > 0;
  if (!isReachable) return seen;
  return { ...seen, content: contentKeys.map((key) => readElement(object, key)) };
}

function isPinOf({ content }: Inode, object: BpfObject): boolean {
  return content.kind === 'pin' && content.object === object;
}
