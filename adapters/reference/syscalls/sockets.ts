/** socketpair, sendmsg, recvmsg, SO_ATTACH_BPF and SO_DETACH_FILTER. */
import { pairValue, receivedValue } from '../../../model/vocabulary/index.ts';
import type {
  AttachBpf,
  DetachFilter,
  Fd,
  Recvmsg,
  Sendmsg,
} from '../../../model/vocabulary/index.ts';
import { installFile, unusedDescriptor, unusedPair } from '../fdtable.ts';
import { getFile, progOfType, socketBehind } from '../file.ts';
import {
  attachFilter,
  dequeueMessage,
  detachFilter,
  makeSocketPair,
  putMessage,
  queueMessage,
} from '../socket.ts';
import type { File, Kernel, Message, OrError, Socket, Task } from '../structures.types.ts';

export function socketpair(kernel: Kernel, task: Task): OrError<number> {
  const pair = unusedPair(kernel, task);
  if (typeof pair === 'string') return pair;
  const [first, second] = makeSocketPair(kernel);
  installFile(task, pair[0], first, 'stays');
  installFile(task, pair[1], second, 'stays');
  return pairValue(...pair);
}

export function sendmsg(kernel: Kernel, task: Task, call: Sendmsg): OrError<number> {
  const socket = socketBehind(task, call.fd);
  if (typeof socket === 'string') return socket;
  const files: File[] = [];
  for (const fd of call.fds) {
    // A mere place can be sent.
    const file = task.descriptors.get(fd);
    if (file === undefined) return 'EBADF';
    files.push(file);
  }
  if (socket.peer === null) return 'ENOTCONN';
  if (socket.shutdown === 'yes') return 'EPIPE';
  queueMessage(kernel, socket.peer, files);
  return 1;
}

export function recvmsg(kernel: Kernel, task: Task, call: Recvmsg): OrError<number> {
  const socket = socketBehind(task, call.fd);
  if (typeof socket === 'string') return socket;
  const message = call.flag === 'MSG_PEEK' ? peek(socket) : dequeueMessage(kernel, socket);
  if (message === null) return receiveNothing(socket);
  const fds = installReceived(kernel, task, message, call);
  const truncated = fds.length < message.files.length ? 'truncated' : 'whole';
  // Also what found no room.
  putMessage(kernel, message);
  return receivedValue({ bytes: 1, fds, truncated });
}

/** A second hold on what stays in the queue. */
function peek({ queue }: Socket): Message | null {
  const [message] = queue;
  return message === undefined ? null : { files: message.files.map(getFile) };
}

/** An error is told once; the end of the stream again and again. */
function receiveNothing(socket: Socket): OrError<number> {
  const { error } = socket;
  socket.error = null;
  if (error !== null) return error;
  return socket.shutdown === 'yes' ? 0 : 'EAGAIN';
}

/** Gives descriptors to the files of a message, as many as there is room for. */
function installReceived(
  kernel: Kernel,
  task: Task,
  { files }: Message,
  { room, flag }: Recvmsg,
): readonly Fd[] {
  const fds: Fd[] = [];
  for (const file of files.slice(0, room)) {
    const fd = unusedDescriptor(kernel, task);
    if (typeof fd === 'string') break;
    installFile(task, fd, file, flag === 'MSG_CMSG_CLOEXEC' ? 'closes' : 'stays');
    fds.push(fd);
  }
  return fds;
}

export function attachBpf(kernel: Kernel, task: Task, call: AttachBpf): OrError<number> {
  const socket = socketBehind(task, call.fd);
  if (typeof socket === 'string') return socket;
  const prog = progOfType(kernel, task, call.progFd, 'BPF_PROG_TYPE_SOCKET_FILTER');
  if (typeof prog === 'string') return prog;
  attachFilter(kernel, socket, prog);
  return 0;
}

export function detachBpf(kernel: Kernel, task: Task, call: DetachFilter): OrError<number> {
  const socket = socketBehind(task, call.fd);
  return typeof socket === 'string' ? socket : detachFilter(kernel, socket);
}
