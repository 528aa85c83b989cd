/**
 * Sockets that only messages in each other's queues hold: no close ever comes to them, so they are
 * looked for (unix_gc).
 */
import { purgeQueue } from './socket.ts';
import type { Kernel, Socket, SocketFile } from './structures.types.ts';

/** The sockets that no task can receive any more. */
export function findGarbage(kernel: Kernel): readonly SocketFile[] {
  const candidates = new Set(
    [...kernel.inFlight].filter(({ count, socket }) => count === socket.inFlight),
  );
  const inside = new Map<SocketFile, number>();
  for (const { socket } of candidates) {
    for (const file of socketsIn(socket)) inside.set(file, (inside.get(file) ?? 0) + 1);
  }
  // What a message elsewhere carries can be received, and then what is in its queue as well.
  const reachable = [...candidates].filter(
    (file) => file.socket.inFlight > (inside.get(file) ?? 0),
  );
  for (const file of reachable) candidates.delete(file);
  for (const { socket } of reachable) {
    for (const file of socketsIn(socket)) if (candidates.delete(file)) reachable.push(file);
  }
  return [...candidates];
}

function socketsIn({ queue }: Socket): readonly SocketFile[] {
  return queue.flatMap(({ files }) => files.filter((file) => file.kind === 'socket'));
}

/** Breaks the cycles: their queues are dropped, and with the queues the sockets go. */
export function collectGarbage(kernel: Kernel): void {
  const garbage = findGarbage(kernel);
  // No socket is to go while its own queue is walked.
  for (const file of garbage) file.count += 1;
  for (const { socket } of garbage) purgeQueue(kernel, socket);
  for (const file of garbage) {
    file.count -= 1;
    if (file.count === 0) file.release(kernel);
  }
}
