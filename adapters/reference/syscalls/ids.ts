/** BPF_MAP_GET_FD_BY_ID, BPF_MAP_GET_NEXT_ID and the same of programs and links. */
import type { GetById, GetNextId } from '../../../model/vocabulary/index.ts';
import { commands, hasCommand } from '../attributes/layouts.ts';
import { openObject } from '../fdtable.ts';
import { fileMode } from '../file-mode.ts';
import { idBehind } from '../ids.ts';
import { getObject, isHeldTooOften } from '../object.ts';
import { isCapable } from '../permission.ts';
import type { BpfObject, Kernel, OrError, Task } from '../structures.types.ts';

interface Subject {
  readonly command: number;
  readonly kind: BpfObject['kind'];
}

const subjects: Readonly<Record<(GetById | GetNextId)['call'], Subject>> = {
  BPF_MAP_GET_FD_BY_ID: { command: commands.mapById, kind: 'map' },
  BPF_MAP_GET_NEXT_ID: { command: commands.mapNextId, kind: 'map' },
  BPF_PROG_GET_FD_BY_ID: { command: commands.progById, kind: 'program' },
  BPF_PROG_GET_NEXT_ID: { command: commands.progNextId, kind: 'program' },
  BPF_LINK_GET_FD_BY_ID: { command: commands.linkById, kind: 'link' },
  BPF_LINK_GET_NEXT_ID: { command: commands.linkNextId, kind: 'link' },
};

export function getById(
  kernel: Kernel,
  task: Task,
  { call, id, ...flags }: GetById,
): OrError<number> {
  const { command, kind } = subjects[call];
  if (!hasCommand(kernel.release.attributes, command)) return 'EINVAL';
  // Only maps have flags there: where other objects have none, all has to be zero, whoever asks.
  if (kind !== 'map' && flags.access !== undefined) return 'EINVAL';
  if (!isCapable(task)) return 'EPERM';
  const mode = fileMode(kernel, flags);
  if (mode === 'EINVAL') return mode;
  const object = kernel.operations.objectById(kernel, kind, id);
  if (typeof object === 'string') return object;
  if (isHeldTooOften(kernel, object)) return 'EBUSY';
  // Linux takes its reference first and puts it on EMFILE, by which a program array without users
  // is cleared once more. It is empty, so that here a call that fails leaves it alone.
  const fd = openObject(kernel, task, object, mode);
  if (typeof fd === 'number') getObject(object);
  return fd;
}

export function getNextId(kernel: Kernel, task: Task, { call, id }: GetNextId): OrError<number> {
  const { command, kind } = subjects[call];
  if (!hasCommand(kernel.release.attributes, command)) return 'EINVAL';
  if (!isCapable(task)) return 'EPERM';
  return idBehind(kernel, kind, id);
}
