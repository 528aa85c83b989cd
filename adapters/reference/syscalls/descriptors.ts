/** close and dup. */
import type { Close, Dup } from '../../../model/vocabulary/index.ts';
import { closeDescriptor, getFile, unusedDescriptor } from '../file.ts';
import type { Kernel, OrError, Task } from '../structures.types.ts';

export function close(kernel: Kernel, task: Task, call: Close): OrError<number> {
  return closeDescriptor(kernel, task, call.fd);
}

export function dup(kernel: Kernel, task: Task, call: Dup): OrError<number> {
  const file = task.descriptors.get(call.fd);
  if (file === undefined) return 'EBADF';
  const fd = unusedDescriptor(kernel, task);
  if (typeof fd === 'number') task.descriptors.set(fd, getFile(file));
  return fd;
}
