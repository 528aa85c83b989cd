/** BPF_PROG_LOAD. */
import type { ProgLoad } from '../../../model/vocabulary/index.ts';
import { mapBehind, openObject } from '../file.ts';
import { allocateProg, putProg } from '../prog.ts';
import type { Kernel, OrError, Task } from '../structures.types.ts';

export function progLoad(kernel: Kernel, task: Task, call: ProgLoad): OrError<number> {
  const map = call.mapFd === null ? null : mapBehind(task, call.mapFd);
  if (typeof map === 'string') return map;
  const prog = allocateProg(kernel, map);
  const fd = openObject(kernel, task, prog);
  if (typeof fd === 'string') putProg(kernel, prog, 'failed-load');
  return fd;
}
