/** Pairs of AF_UNIX stream sockets, and the files in flight between them. */
import { getFile, putFile } from './file.ts';
import { releaseFilter } from './filter.ts';
import { getProg } from './object.ts';
import type {
  BpfProg,
  File,
  Kernel,
  Message,
  OrError,
  Socket,
  SocketFile,
} from './structures.types.ts';

/** Two sockets that are connected to each other, each with a file that nobody has yet. */
export function makeSocketPair(kernel: Kernel): readonly [SocketFile, SocketFile] {
  const [first, second] = [makeSocket(kernel), makeSocket(kernel)];
  connect(first, second);
  connect(second, first);
  return [socketFile(first), socketFile(second)];
}

function makeSocket(kernel: Kernel): Socket {
  const socket: Socket = {
    queue: [],
    peer: null,
    shutdown: 'no',
    error: null,
    filter: null,
    count: 1,
    inFlight: 0,
  };
  kernel.sockets.add(socket);
  return socket;
}

function connect(socket: Socket, peer: Socket): void {
  peer.count += 1;
  socket.peer = peer;
}

function socketFile(socket: Socket): SocketFile {
  function release(kernel: Kernel): void {
    releaseSocket(kernel, socket);
  }
  return { kind: 'socket', object: null, socket, count: 0, release };
}

/** The last reference to its file is gone. Its peer is told, and what nobody received is dropped. */
function releaseSocket(kernel: Kernel, socket: Socket): void {
  const { peer } = socket;
  if (peer !== null) {
    peer.shutdown = 'yes';
    if (socket.queue.length > 0) peer.error = 'ECONNRESET';
    socket.peer = null;
    putSocket(kernel, peer);
  }
  purgeQueue(kernel, socket);
  putSocket(kernel, socket);
}

/** A socket that is closed is still there, with its filter, while its peer refers to it. */
function putSocket(kernel: Kernel, socket: Socket): void {
  socket.count -= 1;
  if (socket.count !== 0) return;
  kernel.sockets.delete(socket);
  if (socket.filter !== null) releaseFilter(kernel, socket.filter);
}

/** Makes a program the filter of a socket, in the place of an earlier one. */
export function attachFilter(kernel: Kernel, socket: Socket, prog: BpfProg): void {
  getProg(prog);
  const old = socket.filter;
  socket.filter = prog;
  if (old !== null) releaseFilter(kernel, old);
}

/** @returns ENOENT if it has no filter. */
export function detachFilter(kernel: Kernel, socket: Socket): OrError<number> {
  if (socket.filter === null) return 'ENOENT';
  releaseFilter(kernel, socket.filter);
  socket.filter = null;
  return 0;
}

/** Puts a message with these files into the queue of a socket. */
export function queueMessage(kernel: Kernel, to: Socket, files: readonly File[]): void {
  for (const file of files) {
    getFile(file);
    if (file.kind !== 'socket') continue;
    file.socket.inFlight += 1;
    kernel.inFlight.add(file);
  }
  to.queue.push({ files });
}

/** Takes the oldest message out of a queue; the caller gets its references to the files. */
export function dequeueMessage(kernel: Kernel, { queue }: Socket): Message | null {
  const message = queue.shift();
  if (message === undefined) return null;
  for (const file of message.files) {
    if (file.kind !== 'socket') continue;
    file.socket.inFlight -= 1;
    if (file.socket.inFlight === 0) kernel.inFlight.delete(file);
  }
  return message;
}

export function putMessage(kernel: Kernel, { files }: Message): void {
  for (const file of files) putFile(kernel, file);
}

export function purgeQueue(kernel: Kernel, socket: Socket): void {
  for (
    let message = dequeueMessage(kernel, socket);
    message !== null;
    message = dequeueMessage(kernel, socket)
  ) {
    putMessage(kernel, message);
  }
}
