/** BPF_MAP_CREATE and the calls on elements. */
import type {
  MapCreate,
  MapDelete,
  MapLookup,
  MapNextKey,
  MapUpdate,
} from '../../../model/vocabulary/index.ts';
import { openObject } from '../fdtable.ts';
import { mapBehind } from '../file.ts';
import { operationsOf } from '../map-operations.ts';
import { allocateMap, checkAttributes, isKnownType, isOfMaps, templateOf } from '../map.ts';
import { discardMap } from '../object.ts';
import type { Kernel, OrError, Task, Template } from '../structures.types.ts';

export function mapCreate(kernel: Kernel, task: Task, call: MapCreate): OrError<number> {
  // What a kernel does not know of the attributes has to be 0.
  const { innerFd = 0 } = call;
  if (kernel.release.mapsOfMaps === 'unknown' && innerFd !== 0) return 'EINVAL';
  if (!isKnownType(kernel, call)) return 'EINVAL';
  const refused = checkAttributes(call, kernel.release);
  if (refused !== null) return refused;
  const inner = isOfMaps(call.type) ? innerTemplate(task, innerFd) : null;
  if (typeof inner === 'string') return inner;
  const map = allocateMap(kernel, call, inner);
  const fd = openObject(kernel, task, map);
  if (typeof fd === 'string') discardMap(kernel, map);
  return fd;
}

/** The example is looked at, and not held. */
function innerTemplate(task: Task, fd: number): OrError<Template> {
  const map = mapBehind(task, fd);
  return typeof map === 'string' ? map : templateOf(map);
}

export function mapUpdate(kernel: Kernel, task: Task, call: MapUpdate): OrError<number> {
  const map = mapBehind(task, call.fd);
  if (typeof map === 'string') return map;
  return operationsOf[map.type].update(kernel, task, map, call);
}

export function mapLookup(kernel: Kernel, task: Task, call: MapLookup): OrError<number> {
  const map = mapBehind(task, call.fd);
  return typeof map === 'string' ? map : operationsOf[map.type].lookUp(kernel, map, call.key);
}

export function mapDelete(kernel: Kernel, task: Task, call: MapDelete): OrError<number> {
  const map = mapBehind(task, call.fd);
  return typeof map === 'string' ? map : operationsOf[map.type].remove(kernel, map, call.key);
}

export function mapNextKey(kernel: Kernel, task: Task, call: MapNextKey): OrError<number> {
  const map = mapBehind(task, call.fd);
  if (typeof map === 'string') return map;
  if (call.key === null && kernel.release.nullKey === 'fault') return 'EFAULT';
  return operationsOf[map.type].nextKey(map, call.key);
}
