/** RTM_NEWTFILTER, RTM_DELTFILTER and RTM_DELQDISC: what tc(8) asks of the network device. */
import type { DelFilter, NewFilter } from '../../../model/vocabulary/index.ts';
import { progOfType } from '../file.ts';
import { releaseFilter } from '../filter.ts';
import { isCapable } from '../permission.ts';
import type { Kernel, OrError, Task } from '../structures.types.ts';
import { deleteQdisc, setFilter } from '../traffic-control.ts';

export function newFilter(kernel: Kernel, task: Task, call: NewFilter): OrError<number> {
  if (!isCapable(task)) return 'EPERM';
  const { qdisc } = kernel;
  if (qdisc === null) return 'EINVAL';
  if (call.flag === 'NLM_F_EXCL' && qdisc.filters.has(call.direction)) return 'EEXIST';
  const prog = progOfType(kernel, task, call.progFd, 'BPF_PROG_TYPE_SCHED_CLS');
  if (typeof prog === 'string') return prog;
  setFilter(kernel, qdisc, call.direction, prog);
  return 0;
}

export function delFilter(kernel: Kernel, task: Task, { direction }: DelFilter): OrError<number> {
  if (!isCapable(task)) return 'EPERM';
  const { qdisc } = kernel;
  if (qdisc === null) return 'EINVAL';
  const prog = qdisc.filters.get(direction);
  if (prog === undefined) return 'ENOENT';
  qdisc.filters.delete(direction);
  releaseFilter(kernel, prog);
  return 0;
}

export function delQdisc(kernel: Kernel, task: Task): OrError<number> {
  if (!isCapable(task)) return 'EPERM';
  if (kernel.qdisc === null) return 'EINVAL';
  deleteQdisc(kernel);
  return 0;
}
