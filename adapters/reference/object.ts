/**
 * Who holds maps, programs and links: user space through files and inodes, programs, links, slots of
 * maps, and what programs are attached to. The only place that changes their counts.
 */
import { freeId } from './ids.ts';
import type {
  BpfLink,
  BpfMap,
  BpfObject,
  BpfProg,
  Kernel,
  SlotObject,
} from './structures.types.ts';

/** Who dropped a reference to a program. */
type ProgHolder = 'file' | 'inode' | 'slot' | 'filter' | 'cgroup' | 'link' | 'failed-load';

/** Whether one more reference to a map or a program would be one too many; links have no limit. */
export function isHeldTooOften({ release }: Kernel, object: BpfObject): boolean {
  return object.kind !== 'link' && object.refcnt >= release.mostReferences;
}

export function getMap(map: BpfMap): void {
  map.refcnt += 1;
}

function getMapWithUser(map: BpfMap): void {
  map.usercnt += 1;
  getMap(map);
}

export function putMap(kernel: Kernel, map: BpfMap): void {
  map.refcnt -= 1;
  if (map.refcnt !== 0) return;
  freeId(kernel, map);
  kernel.maps.delete(map.id);
  // Its memory is freed by a worker, and only then what is in it is put.
  if (map.slots.size > 0) kernel.work.push({ kind: 'free-map', map });
}

function putMapWithUser(kernel: Kernel, map: BpfMap): void {
  map.usercnt -= 1;
  if (map.usercnt === 0) leaveUsers(kernel, map);
  putMap(kernel, map);
}

/** A program array without users can be changed by nobody: a cycle through it would stay for good. */
function leaveUsers(kernel: Kernel, map: BpfMap): void {
  if (map.type !== 'BPF_MAP_TYPE_PROG_ARRAY') return;
  switch (kernel.release.arrayClear) {
    case 'every-release':
      // Only the release of a file empties it, and that does not ask for users.
      break;
    case 'last-user':
      clearSlots(kernel, map);
      break;
    case 'last-user-queued':
      getMap(map);
      kernel.work.push({ kind: 'clear-array', map });
      break;
  }
}

/** A map that nobody has seen yet, and so nothing has to be waited for. */
export function discardMap(kernel: Kernel, map: BpfMap): void {
  kernel.maps.delete(map.id);
}

export function clearSlots(kernel: Kernel, map: BpfMap): void {
  const held = [...map.slots.values()];
  map.slots.clear();
  for (const object of held) putFromSlot(kernel, object);
}

/** The reference of a slot: to a map it is one without a user. */
export function getForSlot(object: SlotObject): void {
  switch (object.kind) {
    case 'map':
      getMap(object);
      break;
    case 'program':
      getProg(object);
      break;
  }
}

export function putFromSlot(kernel: Kernel, object: SlotObject): void {
  switch (object.kind) {
    case 'map':
      putMap(kernel, object);
      break;
    case 'program':
      putProg(kernel, object, 'slot');
      break;
  }
}

export function getProg(prog: BpfProg): void {
  prog.refcnt += 1;
}

export function putProg(kernel: Kernel, prog: BpfProg, holder: ProgHolder): void {
  prog.refcnt -= 1;
  if (prog.refcnt !== 0) return;
  freeId(kernel, prog);
  kernel.progs.delete(prog.id);
  if (prog.usedMap === null) return;
  if (isDeferred(kernel, holder)) kernel.work.push({ kind: 'put-used-map', prog });
  else putUsedMap(kernel, prog);
}

function isDeferred(kernel: Kernel, holder: ProgHolder): boolean {
  switch (holder) {
    case 'file':
    case 'slot':
    case 'cgroup':
      return true;
    case 'inode':
    case 'filter':
    case 'link':
      // bpf_prog_put did not wait in old kernels; a filter has waited already.
      return kernel.release.usedMaps === 'deferred';
    case 'failed-load':
      // Nobody could run a program that never had a descriptor: there is nothing to wait for.
      return false;
  }
}

export function putUsedMap(kernel: Kernel, prog: BpfProg): void {
  if (prog.usedMap !== null) putMap(kernel, prog.usedMap);
  prog.usedMap = null;
}

/** The reference of a file or an inode. */
export function getObject(object: BpfObject): void {
  switch (object.kind) {
    case 'map':
      getMapWithUser(object);
      break;
    case 'program':
      getProg(object);
      break;
    case 'link':
      object.refcnt += 1;
      break;
  }
}

export function putObject(kernel: Kernel, object: BpfObject, holder: 'file' | 'inode'): void {
  switch (object.kind) {
    case 'map':
      putMapWithUser(kernel, object);
      break;
    case 'program':
      putProg(kernel, object, holder);
      break;
    case 'link':
      putLink(kernel, object, holder);
      break;
  }
}

function putLink(kernel: Kernel, link: BpfLink, holder: 'file' | 'inode'): void {
  link.refcnt -= 1;
  if (link.refcnt !== 0) return;
  switch (holder) {
    case 'file':
      // Who closes it can wait until it is detached (bpf_link_put_direct).
      kernel.operations.freeLink(kernel, link);
      break;
    case 'inode':
      kernel.work.push({ kind: 'free-link', link });
      break;
  }
}

/** The objects that are alive, in the order of their creation. */
export function liveObjects(kernel: Kernel): readonly BpfObject[] {
  const { maps, progs, links } = kernel;
  return [...maps.values(), ...progs.values(), ...links.values()].sort((a, b) => a.id - b.id);
}
