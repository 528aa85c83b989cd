import type { Call, CallName, Fd, Pid, Sendmsg, Step } from '../model/vocabulary/index.ts';
import { descriptorsMade } from './call-facts.ts';

/** An open descriptor of a run. */
export interface OpenDescriptor<T> {
  /** What whoever follows the run keeps of it. */
  readonly kept: T;
  readonly onExec: 'closes' | 'stays';
  /** The socket behind it, numbered within the run; 0 for anything else. */
  readonly socket: number;
}

/** What is kept of a new descriptor: the first, `at` 0, or the second that a call made. */
export type Keep<T> = (fd: Fd, at: number, copied: T | undefined) => T;

/**
 * The tables of descriptors of a run's processes, and the messages that carry descriptors, as far as
 * the answers to the calls tell. A copy knows what it is a copy of, also one that was received.
 */
export interface DescriptorTables<T> {
  reset(): void;
  /** Takes note of a step that succeeded with a value. */
  note(step: Step, value: number, keep: Keep<T>): void;
  /** In the order in which they were opened. */
  open(pid: Pid): ReadonlyMap<Fd, OpenDescriptor<T>>;
  /** Messages that wait to be received from a socket. */
  unread(socket: number): number;
}

type Table<T> = Map<Fd, OpenDescriptor<T>>;
type Message<T> = readonly OpenDescriptor<T>[];

export function createDescriptorTables<T>(): DescriptorTables<T> {
  const tables = new Map<Pid, Table<T>>();
  const queues = new Map<number, Message<T>[]>();
  // Sockets come in pairs 2n and 2n + 1, from 2 on: 0 is none.
  let nextSocket = 2;

  function tableOf(pid: Pid): Table<T> {
    const known = tables.get(pid);
    if (known !== undefined) return known;
    const table: Table<T> = new Map();
    tables.set(pid, table);
    return table;
  }

  function send(table: Table<T>, { fd, fds }: Sendmsg): void {
    const to = peerOf(table.get(fd)?.socket ?? 0);
    const message = fds.flatMap((sent) => table.get(sent) ?? []);
    queues.set(to, [...(queues.get(to) ?? []), message]);
  }

  /** What the descriptors that a call makes are copies of, in their order. */
  function originals(table: Table<T>, call: Call): Message<T> {
    if (call.call === 'recvmsg') {
      const queue = queues.get(table.get(call.fd)?.socket ?? 0) ?? [];
      return (call.flag === 'MSG_PEEK' ? queue[0] : queue.shift()) ?? [];
    }
    const original = copies.has(call.call) && 'fd' in call ? table.get(call.fd) : undefined;
    return original === undefined ? [] : [original];
  }

  function openAll(table: Table<T>, call: Call, value: number, keep: Keep<T>): void {
    const copied = originals(table, call);
    const sockets = call.call === 'socketpair' ? nextSocket : 0;
    if (sockets > 0) nextSocket += 2;
    for (const [at, fd] of descriptorsMade(call, value).entries()) {
      // Onto itself: nothing changes, not even what becomes of it on exec.
      if (call.call === 'dup2' && fd === call.fd) continue;
      const original = copied[at];
      const socket = original?.socket ?? (sockets > 0 ? sockets + at : 0);
      // What stood at this number is closed, and the new one is the youngest.
      table.delete(fd);
      table.set(fd, { kept: keep(fd, at, original?.kept), onExec: onExecOf(call), socket });
    }
  }

  return {
    reset() {
      tables.clear();
      queues.clear();
      nextSocket = 2;
    },
    note({ pid, call }, value, keep) {
      const table = tableOf(pid);
      if (call.call === 'close') table.delete(call.fd);
      else if (call.call === 'fork') tables.set(value, new Map(table));
      else if (call.call === 'clone') tables.set(value, table);
      else if (call.call === 'execve') tables.set(pid, surviving(table));
      else if (call.call === 'exit_group') tables.delete(pid);
      else if (call.call === 'kill') tables.delete(call.pid);
      else if (call.call === 'sendmsg') send(table, call);
      else if (call.call === 'fcntl' && call.command === 'F_SETFD') {
        const open = table.get(call.fd);
        const onExec = call.argument % 2 === 1 ? 'closes' : 'stays';
        if (open !== undefined) table.set(call.fd, { ...open, onExec });
      } else openAll(table, call, value, keep);
    },
    open: (pid) => tables.get(pid) ?? new Map<Fd, OpenDescriptor<T>>(),
    unread: (socket) => queues.get(socket)?.length ?? 0,
  };
}

const peerOf = (socket: number): number => (socket === 0 ? 0 : socket ^ 1);

function surviving<T>(table: Table<T>): Table<T> {
  return new Map([...table].filter(([, { onExec }]) => onExec === 'stays'));
}

const copies: ReadonlySet<CallName> = new Set(['dup', 'dup2', 'dup3', 'fcntl']);
const closing: ReadonlySet<CallName> = new Set([
  'bpf',
  'BPF_MAP_CREATE',
  'BPF_PROG_LOAD',
  'BPF_LINK_CREATE',
  'BPF_OBJ_GET',
  'BPF_MAP_GET_FD_BY_ID',
  'BPF_PROG_GET_FD_BY_ID',
  'BPF_LINK_GET_FD_BY_ID',
]);
const closingFlags: ReadonlySet<string> = new Set(['O_CLOEXEC', 'MSG_CMSG_CLOEXEC']);

/** Whether the descriptors that a call makes close on exec. */
function onExecOf(call: Call): 'closes' | 'stays' {
  const isAsked =
    call.call === 'fcntl'
      ? call.command === 'F_DUPFD_CLOEXEC'
      : 'flag' in call && closingFlags.has(call.flag);
  return isAsked || closing.has(call.call) ? 'closes' : 'stays';
}
