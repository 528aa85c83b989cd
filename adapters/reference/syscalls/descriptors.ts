/** close, dup, dup2, dup3, fcntl and pipe2. */
import { pairValue } from '../../../model/vocabulary/index.ts';
import type { Close, Dup, Dup2, Dup3, Fcntl, Fd, Pipe } from '../../../model/vocabulary/index.ts';
import {
  closeDescriptor,
  installFile,
  replaceFile,
  setOnExec,
  unusedDescriptor,
  unusedPair,
} from '../fdtable.ts';
import type { OnExec } from '../fdtable.ts';
import { plainFile } from '../file.ts';
import type { File, Kernel, OrError, Task } from '../structures.types.ts';

/** FD_CLOEXEC. */
const closeOnExecBit = 1;

/** O_RDWR. */
const readWrite = 2;

export function close(kernel: Kernel, task: Task, call: Close): OrError<number> {
  return closeDescriptor(kernel, task, call.fd);
}

export function dup(kernel: Kernel, task: Task, call: Dup): OrError<number> {
  const file = task.descriptors.get(call.fd);
  return file === undefined ? 'EBADF' : duplicate(kernel, task, file, 0, 'stays');
}

function duplicate(
  kernel: Kernel,
  task: Task,
  file: File,
  lowest: Fd,
  onExec: OnExec,
): OrError<Fd> {
  const fd = unusedDescriptor(kernel, task, lowest);
  if (typeof fd === 'number') installFile(task, fd, file, onExec);
  return fd;
}

export function dup2(kernel: Kernel, task: Task, { fd, to }: Dup2): OrError<number> {
  if (fd === to) return task.descriptors.has(fd) ? to : 'EBADF';
  return duplicateTo(kernel, task, fd, to, 'stays');
}

export function dup3(kernel: Kernel, task: Task, { fd, to, flag }: Dup3): OrError<number> {
  if (fd === to) return 'EINVAL';
  return duplicateTo(kernel, task, fd, to, flag === 'O_CLOEXEC' ? 'closes' : 'stays');
}

function duplicateTo(kernel: Kernel, task: Task, fd: Fd, to: Fd, onExec: OnExec): OrError<number> {
  if (!isBelowLimit(kernel, to)) return 'EBADF';
  const file = task.descriptors.get(fd);
  if (file === undefined) return 'EBADF';
  replaceFile(kernel, task, to, file, onExec);
  return to;
}

/** The kernel compares without a sign: what is negative is above any limit. */
function isBelowLimit(kernel: Kernel, fd: Fd): boolean {
  return fd >= 0 && fd < kernel.descriptorLimit;
}

export function fcntl(kernel: Kernel, task: Task, call: Fcntl): OrError<number> {
  const file = task.descriptors.get(call.fd);
  if (file === undefined) return 'EBADF';
  switch (call.command) {
    case 'F_DUPFD':
    case 'F_DUPFD_CLOEXEC': {
      if (!isBelowLimit(kernel, call.argument)) return 'EINVAL';
      const onExec = call.command === 'F_DUPFD' ? 'stays' : 'closes';
      return duplicate(kernel, task, file, call.argument, onExec);
    }
    case 'F_GETFD':
      return task.files.closeOnExec.has(call.fd) ? closeOnExecBit : 0;
    case 'F_GETFL':
      return accessOf(file);
    case 'F_SETFD': {
      const closes = (call.argument & closeOnExecBit) !== 0;
      setOnExec(task.files, call.fd, closes ? 'closes' : 'stays');
      return 0;
    }
  }
}

/** O_ACCMODE of f_flags. A link's file is opened for nothing in particular, which is O_RDONLY. */
function accessOf(file: File): number {
  if (file.kind !== 'object') return readWrite;
  if (file.object.kind === 'link' || file.mode === 'read-only') return 0;
  return file.mode === 'write-only' ? 1 : readWrite;
}

export function pipe2(kernel: Kernel, task: Task, call: Pipe): OrError<number> {
  const pair = unusedPair(kernel, task);
  if (typeof pair === 'string') return pair;
  const onExec = call.flag === 'O_CLOEXEC' ? 'closes' : 'stays';
  for (const fd of pair) installFile(task, fd, plainFile(), onExec);
  return pairValue(...pair);
}
