/** BPF_PROG_ATTACH and BPF_PROG_DETACH: programs of cgroups. */
import type { ProgAttach, ProgDetach } from '../../../model/vocabulary/index.ts';
import { commands, hasCommand } from '../attributes/layouts.ts';
import { attachProg, detachProg } from '../cgroup.ts';
import { cgroupBehind, progOfType } from '../file.ts';
import { isCapable } from '../permission.ts';
import type { AttachMode, Kernel, OrError, Task } from '../structures.types.ts';

const modes: Readonly<Record<ProgAttach['flag'], AttachMode>> = {
  none: 'single',
  BPF_F_ALLOW_MULTI: 'multi',
};

export function progAttach(kernel: Kernel, task: Task, call: ProgAttach): OrError<number> {
  if (!hasCommand(kernel.release.attributes, commands.progAttach)) return 'EINVAL';
  const prog = progOfType(kernel, task, call.progFd, 'BPF_PROG_TYPE_CGROUP_SKB');
  if (typeof prog === 'string') return prog;
  // Whatever bpf_prog_attach_check_attach_type says, it is passed on as this.
  if (!isCapable(task)) return 'EINVAL';
  const cgroup = cgroupBehind(task, call.targetFd);
  if (typeof cgroup === 'string') return cgroup;
  return attachProg(kernel, cgroup, prog, modes[call.flag]);
}

export function progDetach(kernel: Kernel, task: Task, call: ProgDetach): OrError<number> {
  if (!hasCommand(kernel.release.attributes, commands.progDetach)) return 'EINVAL';
  const cgroup = cgroupBehind(task, call.targetFd);
  if (typeof cgroup === 'string') return cgroup;
  // What is no such program is no error yet: a single one goes whichever is named.
  const prog = progOfType(kernel, task, call.progFd, 'BPF_PROG_TYPE_CGROUP_SKB');
  return detachProg(kernel, cgroup, typeof prog === 'string' ? null : prog);
}
