/** BPF_LINK_CREATE and BPF_LINK_DETACH. */
import type { LinkCreate, LinkDetach } from '../../../model/vocabulary/index.ts';
import { commands, hasCommand } from '../attributes/layouts.ts';
import { isFull, takesMode } from '../cgroup.ts';
import { installFile, unusedDescriptor } from '../fdtable.ts';
import { cgroupBehind, linkBehind, objectFile, progOfType } from '../file.ts';
import { allocateId } from '../ids.ts';
import { allocateLink, detachLink } from '../link.ts';
import { isCapable } from '../permission.ts';
import type { Kernel, OrError, Task } from '../structures.types.ts';

export function linkCreate(kernel: Kernel, task: Task, call: LinkCreate): OrError<number> {
  if (!hasCommand(kernel.release.attributes, commands.linkCreate)) return 'EINVAL';
  const prog = progOfType(kernel, task, call.progFd, 'BPF_PROG_TYPE_CGROUP_SKB');
  if (typeof prog === 'string') return prog;
  if (!isCapable(task)) return 'EPERM';
  const cgroup = cgroupBehind(task, call.targetFd);
  if (typeof cgroup === 'string') return cgroup;
  // The descriptor is reserved before the link is attached (bpf_link_prime).
  const fd = unusedDescriptor(kernel, task);
  if (typeof fd === 'string') return fd;
  if (!takesMode(cgroup, 'multi')) return 'EPERM';
  if (isFull(cgroup)) return 'E2BIG';
  const link = allocateLink(kernel, cgroup, prog);
  allocateId(kernel, link);
  installFile(task, fd, objectFile(link, 'read-write'), 'closes');
  return fd;
}

export function linkDetach(kernel: Kernel, task: Task, call: LinkDetach): OrError<number> {
  if (!hasCommand(kernel.release.attributes, commands.linkDetach)) return 'EINVAL';
  const link = linkBehind(task, call.fd);
  if (typeof link === 'string') return link;
  detachLink(link);
  return 0;
}
