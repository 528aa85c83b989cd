/** BPF_PROG_LOAD and BPF_PROG_TEST_RUN. */
import type { ProgLoad, ProgRun } from '../../../model/vocabulary/index.ts';
import { openObject } from '../fdtable.ts';
import { mapBehind, progBehind } from '../file.ts';
import { allocateId } from '../ids.ts';
import { putProg } from '../object.ts';
import { allocateProg, runProg } from '../prog.ts';
import type { Kernel, OrError, Task } from '../structures.types.ts';

export function progLoad(kernel: Kernel, task: Task, call: ProgLoad): OrError<number> {
  const map = call.mapFd === null ? null : mapBehind(task, call.mapFd);
  if (typeof map === 'string') return map;
  const prog = allocateProg(kernel, map);
  const fd = openObject(kernel, task, prog);
  if (typeof fd === 'string') putProg(kernel, prog, 'failed-load');
  else allocateId(kernel, prog);
  return fd;
}

export function progTestRun(kernel: Kernel, task: Task, call: ProgRun): OrError<number> {
  if (kernel.release.testRun === 'unknown') return 'EINVAL';
  const prog = progBehind(task, call.fd);
  return typeof prog === 'string' ? prog : runProg(prog);
}
