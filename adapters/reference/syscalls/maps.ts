/** BPF_MAP_CREATE and the calls on elements. */
import type { MapCreate, MapLookup, MapUpdate } from '../../../model/vocabulary/index.ts';
import { mapBehind, openObject } from '../file.ts';
import { allocateMap, putMapWithUser, readElement, updateElement } from '../map.ts';
import type { Kernel, OrError, Task } from '../structures.types.ts';

export function mapCreate(kernel: Kernel, task: Task, call: MapCreate): OrError<number> {
  const map = allocateMap(kernel, call);
  if (typeof map === 'string') return map;
  const fd = openObject(kernel, task, map);
  if (typeof fd === 'string') putMapWithUser(kernel, map);
  return fd;
}

export function mapUpdate(kernel: Kernel, task: Task, call: MapUpdate): OrError<number> {
  const map = mapBehind(task, call.fd);
  return typeof map === 'string' ? map : updateElement(kernel, map, call);
}

export function mapLookup(task: Task, call: MapLookup): OrError<number> {
  const map = mapBehind(task, call.fd);
  return typeof map === 'string' ? map : (readElement(map, call.key) ?? 'ENOENT');
}
