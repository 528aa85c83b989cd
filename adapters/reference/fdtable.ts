/** Tables of descriptors: what is installed in them, and who uses them. */
import type { Fd } from '../../model/vocabulary/index.ts';
import { getFile, objectFile, plainFile, putFile } from './file.ts';
import type {
  BpfObject,
  File,
  FileMode,
  FilesStruct,
  Kernel,
  OrError,
  Task,
} from './structures.types.ts';

/** Whether a descriptor survives execve. */
export type OnExec = 'stays' | 'closes';

/** The table of the first task of a run. */
export function firstFiles(): FilesStruct {
  const nullDevice = plainFile();
  const descriptors = new Map([0, 1, 2].map((fd) => [fd, getFile(nullDevice)]));
  return { descriptors, closeOnExec: new Set(), count: 1 };
}

/** The lowest descriptor from `lowest` on that is not open. */
export function unusedDescriptor(kernel: Kernel, task: Task, lowest: Fd = 0): OrError<Fd> {
  for (let fd = lowest; fd < kernel.descriptorLimit; fd += 1) {
    if (!task.descriptors.has(fd)) return fd;
  }
  return 'EMFILE';
}

/** The two descriptors that a call of two new files would get. */
export function unusedPair(kernel: Kernel, task: Task): OrError<readonly [Fd, Fd]> {
  const first = unusedDescriptor(kernel, task);
  if (typeof first === 'string') return first;
  const second = unusedDescriptor(kernel, task, first + 1);
  return typeof second === 'string' ? second : [first, second];
}

/** Makes a descriptor that is not open refer to a file. */
export function installFile({ files }: Task, fd: Fd, file: File, onExec: OnExec): void {
  files.descriptors.set(fd, getFile(file));
  setOnExec(files, fd, onExec);
}

export function setOnExec({ closeOnExec }: FilesStruct, fd: Fd, onExec: OnExec): void {
  if (onExec === 'closes') closeOnExec.add(fd);
  else closeOnExec.delete(fd);
}

/**
 * Opens a file for an object and gives it a descriptor. The file takes over the caller's reference
 * to the object; on EMFILE the caller still has it.
 */
export function openObject(
  kernel: Kernel,
  task: Task,
  object: BpfObject,
  mode: FileMode = 'read-write',
): OrError<Fd> {
  const fd = unusedDescriptor(kernel, task);
  if (typeof fd === 'number') installFile(task, fd, objectFile(object, mode), 'closes');
  return fd;
}

/** Makes a descriptor refer to a file, whatever it referred to before. */
export function replaceFile(kernel: Kernel, task: Task, fd: Fd, file: File, onExec: OnExec): void {
  const old = task.descriptors.get(fd);
  installFile(task, fd, file, onExec);
  if (old !== undefined) putFile(kernel, old);
}

export function closeDescriptor(kernel: Kernel, task: Task, fd: Fd): OrError<number> {
  return closeIn(kernel, task.files, fd);
}

function closeIn(kernel: Kernel, files: FilesStruct, fd: Fd): OrError<number> {
  const file = files.descriptors.get(fd);
  if (file === undefined) return 'EBADF';
  files.descriptors.delete(fd);
  files.closeOnExec.delete(fd);
  putFile(kernel, file);
  return 0;
}

/** A copy of a task's table: its files gain a descriptor each. */
export function copyDescriptors({ descriptors }: Task): Map<Fd, File> {
  return new Map([...descriptors].map(([fd, file]) => [fd, getFile(file)]));
}

/** A table of these descriptors, for the one task that uses it, with the flags of another table. */
export function newFiles(descriptors: Map<Fd, File>, { closeOnExec }: FilesStruct): FilesStruct {
  return { descriptors, closeOnExec: new Set(closeOnExec), count: 1 };
}

export function getFiles(files: FilesStruct): FilesStruct {
  files.count += 1;
  return files;
}

/** A task leaves a table; what is open in it is closed when the last one has left. */
export function putFiles(kernel: Kernel, files: FilesStruct): void {
  files.count -= 1;
  if (files.count !== 0) return;
  for (const fd of [...files.descriptors.keys()]) closeIn(kernel, files, fd);
}

/** What execve does: the task gets the table to itself, and what does not survive is closed. */
export function execFiles(kernel: Kernel, task: Task): void {
  const { files } = task;
  if (files.count > 1) {
    task.files = newFiles(copyDescriptors(task), files);
    putFiles(kernel, files);
  }
  for (const fd of [...task.files.closeOnExec]) closeDescriptor(kernel, task, fd);
}
