/** BPF_PROG_LOAD and BPF_PROG_TEST_RUN. */
import { progTypeNames } from '../../../model/vocabulary/index.ts';
import type { ProgLoad, ProgRun, ProgType } from '../../../model/vocabulary/index.ts';
import { openObject } from '../fdtable.ts';
import { mapBehind, progBehind } from '../file.ts';
import { allocateId } from '../ids.ts';
import { claimFor } from '../map.ts';
import { isHeldTooOften, putProg } from '../object.ts';
import { allocateProg, runProg } from '../prog.ts';
import { isBpfClosed, isCapable } from '../permission.ts';
import type { Kernel, OrError, Task } from '../structures.types.ts';

export function progLoad(kernel: Kernel, task: Task, call: ProgLoad): OrError<number> {
  const { type = progTypeNames[0] } = call;
  if (isBpfClosed(kernel, task) || !mayLoad(kernel, task, type)) return 'EPERM';
  if (type === 'BPF_PROG_TYPE_CGROUP_SKB' && kernel.release.cgroupPrograms === 'unknown') {
    return 'EINVAL';
  }
  const map = call.mapFd === null ? null : mapBehind(task, call.mapFd);
  if (typeof map === 'string') return map;
  if (map !== null && isHeldTooOften(kernel, map)) return 'EBUSY';
  const refused = map === null ? null : claimFor(map, type);
  if (refused !== null) return refused;
  const prog = allocateProg(kernel, type, map);
  const fd = openObject(kernel, task, prog);
  if (typeof fd === 'string') putProg(kernel, prog, 'failed-load');
  else allocateId(kernel, prog);
  return fd;
}

/** Types whose programs see nothing but what their user may see anyway. */
function mayLoad({ release }: Kernel, task: Task, type: ProgType): boolean {
  if (isCapable(task) || type === 'BPF_PROG_TYPE_SOCKET_FILTER') return true;
  return type === 'BPF_PROG_TYPE_CGROUP_SKB' && release.cgroupPrograms === 'known';
}

export function progTestRun(kernel: Kernel, task: Task, call: ProgRun): OrError<number> {
  if (kernel.release.testRun === 'unknown') return 'EINVAL';
  const prog = progBehind(kernel, task, call.fd);
  return typeof prog === 'string' ? prog : runProg(prog);
}
