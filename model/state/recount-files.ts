/** Recounts processes' tables of descriptors, open file descriptions, sockets, messages, filters. */
import { blank, count, lifecycle, number, taken, type Counting } from './counting.ts';

export function processes(counting: Counting): void {
  const { process, bounds, charts } = counting.w;
  for (let p = 1; p <= bounds.processes; p++) {
    const ended = taken(process.state, p, bounds.processes) ? 'reaped' : 'absent';
    const counted = process.namespace(p) === 0 ? ended : 'running';
    lifecycle(counting, charts.process, p, process.state(p), counted);
  }
}

function tableOf({ process, bounds }: Counting['w'], p: number): number {
  return bounds.sharedTables === 1 ? process.files(p) : p;
}

function users({ w }: Counting, t: number): number {
  const { process, bounds } = w;
  return count(bounds.processes, (p) => process.namespace(p) !== 0 && tableOf(w, p) === t);
}

export function tables(counting: Counting): void {
  const { files, bounds } = counting.w;
  for (let t = 1; t <= bounds.processes && bounds.sharedTables === 1; t++) {
    number(counting, { table: 'files', column: 'count' }, t, files.count(t), users(counting, t));
  }
}

/** Which of the two open states a descriptor is in is nothing that can be counted. */
export function descriptors(counting: Counting): void {
  const { descriptor, bounds, charts } = counting.w;
  const closed = charts.descriptor.states.closed;
  for (let row = 1; row <= bounds.processes * bounds.descriptors; row++) {
    const table = 1 + Math.floor((row - 1) / bounds.descriptors);
    if (descriptor.description(row) === 0 || users(counting, table) === 0) {
      lifecycle(counting, charts.descriptor, row, descriptor.state(row), 'closed');
      blank(counting, 'descriptor', row, descriptor);
    } else if (descriptor.state(row) === closed) {
      lifecycle(counting, charts.descriptor, row, closed, 'open');
    }
  }
}

export function descriptions(counting: Counting): void {
  const { descriptor, description, message, bounds, charts } = counting.w;
  const rows = bounds.processes * bounds.descriptors;
  for (let d = 1; d <= bounds.descriptions; d++) {
    const held = count(rows, (row) => descriptor.description(row) === d);
    const queued =
      count(bounds.messages ?? 0, (m) => message.first(m) === d) +
      count(bounds.messages ?? 0, (m) => message.second(m) === d);
    if (held + queued === 0) blank(counting, 'description', d, description);
    const cell = (column: string) => ({ table: 'description', column });
    number(counting, cell('count'), d, description.count(d), held + queued);
    number(counting, cell('queued'), d, description.queued(d), queued);
    const state = held > 0 ? 'open' : queued > 0 ? 'in-flight' : 'absent';
    lifecycle(counting, charts.description, d, description.state(d), state);
  }
}

/** Whether a socket without its peer was reset is nothing that can be counted. */
export function sockets(counting: Counting): void {
  const { description, socket, bounds, charts } = counting.w;
  const { reset } = charts.socket.states;
  for (let s = 1; s <= (bounds.sockets ?? 0); s++) {
    const open = count(bounds.descriptions, (d) => description.socket(d) === s) > 0;
    const peer = socket.peer(s);
    if (peer !== 0) {
      number(counting, { table: 'socket', column: 'peer' }, peer, socket.peer(peer), s);
    }
    if (!open) blank(counting, 'socket', s, socket);
    if (open && peer === 0 && socket.state(s) === reset) continue;
    const state = !open ? 'absent' : peer === 0 ? 'alone' : 'connected';
    lifecycle(counting, charts.socket, s, socket.state(s), state);
  }
}

export function messages(counting: Counting): void {
  const { message, socket, bounds, charts } = counting.w;
  const rows = bounds.messages ?? 0;
  for (let m = 1; m <= rows; m++) {
    const s = message.socket(m);
    const inQueue = s !== 0 && socket.state(s) !== 0;
    if (inQueue) {
      const before = count(
        rows,
        (other) =>
          message.socket(other) === s &&
          (message.place(other) < message.place(m) ||
            (message.place(other) === message.place(m) && other < m)),
      );
      number(counting, { table: 'message', column: 'place' }, m, message.place(m), before + 1);
    } else blank(counting, 'message', m, message);
    const state = inQueue ? 'queued' : 'absent';
    lifecycle(counting, charts.message, m, message.state(m), state);
  }
}

/** Whether a socket is the filter's own or its peer is nothing that can be counted. */
export function attachments(counting: Counting): void {
  const { attachment, socket, bounds, charts } = counting.w;
  const kept = charts.attachment.states['kept-by-peer'];
  for (let a = 1; a <= (bounds.attachments ?? 0); a++) {
    const held = attachment.program(a) !== 0;
    if (!held) blank(counting, 'attachment', a, attachment);
    const open = socket.state(attachment.socket(a)) !== 0;
    const hooked = attachment.cgroup(a) !== 0 || attachment.chain(a) !== 0;
    if (held && open && attachment.state(a) === kept) continue;
    const state = !held ? 'absent' : open || hooked ? 'attached' : 'releasing';
    lifecycle(counting, charts.attachment, a, attachment.state(a), state);
  }
}
