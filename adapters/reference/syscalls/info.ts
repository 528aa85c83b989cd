/** BPF_OBJ_GET_INFO_BY_FD. */
import { infoValue } from '../../../model/vocabulary/index.ts';
import type { Info, ObjInfo } from '../../../model/vocabulary/index.ts';
import { commands, hasCommand } from '../attributes/layouts.ts';
import { fileBehind } from '../file.ts';
import type { BpfObject, Kernel, OrError, Task } from '../structures.types.ts';

export function objInfo(kernel: Kernel, task: Task, call: ObjInfo): OrError<number> {
  if (!hasCommand(kernel.release.attributes, commands.objInfo)) return 'EINVAL';
  const file = fileBehind(task, call.fd);
  // An error of its own: the descriptor is looked up without the helpers that others share.
  if (typeof file === 'string') return 'EBADFD';
  return file.object === null ? 'EINVAL' : infoValue(kernel.operations.describe(file.object));
}

/** The descriptor holds the object meanwhile. */
export function describe(object: BpfObject): Info {
  switch (object.kind) {
    case 'map':
      return { kind: 'map', type: object.type, maxEntries: object.maxEntries };
    case 'program':
      return { kind: 'program', type: object.type, maps: object.usedMap === null ? 0 : 1 };
    case 'link':
      return { kind: 'link', state: object.cgroup === null ? 'defunct' : 'attached' };
  }
}
