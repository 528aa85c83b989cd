/** Open file descriptions and the descriptor tables that refer to them. */
import type { Fd } from '../../model/vocabulary/index.ts';
import { putObject } from './object.ts';
import type { BpfMap, BpfObject, File, Kernel, OrError, Task } from './structures.types.ts';

/** The null device, as descriptors 0, 1 and 2 of the first task share it. */
export function openNullDevice(): File {
  return { object: null, count: 0 };
}

export function getFile(file: File): File {
  file.count += 1;
  return file;
}

export function putFile(kernel: Kernel, file: File): void {
  file.count -= 1;
  if (file.count === 0 && file.object !== null) putObject(kernel, file.object, 'file');
}

/**
 * Opens a file for an object and gives it a descriptor. The file takes over the caller's reference
 * to the object; on EMFILE the caller still has it.
 */
export function openObject(kernel: Kernel, task: Task, object: BpfObject): OrError<Fd> {
  const fd = unusedDescriptor(kernel, task);
  if (typeof fd === 'number') task.descriptors.set(fd, getFile({ object, count: 0 }));
  return fd;
}

export function unusedDescriptor(kernel: Kernel, task: Task): OrError<Fd> {
  for (let fd = 0; fd < kernel.descriptorLimit; fd += 1) {
    if (!task.descriptors.has(fd)) return fd;
  }
  return 'EMFILE';
}

export function closeDescriptor(kernel: Kernel, task: Task, fd: Fd): OrError<number> {
  const file = task.descriptors.get(fd);
  if (file === undefined) return 'EBADF';
  task.descriptors.delete(fd);
  putFile(kernel, file);
  return 0;
}

/** The map behind a descriptor; the descriptor keeps holding it. */
export function mapBehind(task: Task, fd: Fd): OrError<BpfMap> {
  const file = task.descriptors.get(fd);
  if (file === undefined) return 'EBADF';
  return file.object?.kind === 'map' ? file.object : 'EINVAL';
}

/** A copy of a task's table: its files gain a descriptor each. */
export function copyDescriptors({ descriptors }: Task): Map<Fd, File> {
  return new Map([...descriptors].map(([fd, file]) => [fd, getFile(file)]));
}
