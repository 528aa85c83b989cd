/**
 * Who holds an open file description, and what it holds: objects, sockets with their queues, and
 * what is scenery. Descriptors hold descriptions, and so do messages in flight (net/core/scm.c,
 * net/unix/af_unix.c, net/unix/garbage.c).
 */
import { fileKinds } from '../state/codes.ts';
import type { Tables } from '../state/tables.ts';
import { createGarbageFinder } from './garbage.ts';
import type { MountEdges } from './mounts.ts';
import type { NamespaceEdges } from './namespaces.ts';
import type { ObjectEdges } from './objects.ts';

/** `cgroup`: whose directory it is; `namespace`: in which a directory of the host tree was opened. */
export type OpenPlace = Readonly<Record<'cgroup' | 'mount' | 'dentry' | 'namespace', number>>;

const openCells = ['cgroup', 'mount', 'dentry', 'namespace'] as const;
const nowhere: OpenPlace = { cgroup: 0, mount: 0, dentry: 0, namespace: 0 };

export interface DescriptionEdges {
  /** A new description of an object, which gains a user; `mode`: `accessModes`; `hold` must follow. */
  openObject(d: number, o: number, mode: number): void;
  /** … of what is neither an object nor a socket. */
  openPlain(d: number, kind: number, at?: OpenPlace): void;
  /** Two new descriptions, of the two ends of a pair of sockets. */
  openPair(first: number, second: number, s: number, peer: number): void;
  hold(d: number): void;
  drop(d: number): void;
  oldest(s: number): number;
  /** Queues a message with one or two (0: none) descriptions at the end of a socket's queue. */
  send(m: number, s: number, first: number, second: number): void;
  /** Takes a message out of its queue and lets go of its descriptions. */
  receive(m: number): void;
  attach(a: number, s: number, program: number): void;
  filterOf(s: number): number;
  /** A filter ends; its program is held on for a while. */
  detach(a: number): void;
  /** Lets go of the program of a filter that ended: a deferred effect. */
  readonly releaseFilter: (a: number) => void;
  /** True if there are sockets that nothing but messages in their own queues leads to. */
  readonly hasGarbage: () => boolean;
  /** Ends those sockets: a deferred effect. */
  readonly collect: () => void;
}

export function createDescriptionEdges(
  w: Tables,
  objects: ObjectEdges,
  { letGo }: Pick<MountEdges, 'letGo'>,
  { release }: Pick<NamespaceEdges, 'release'>,
): DescriptionEdges {
  const { description, socket, message, attachment, moves, bounds } = w;
  const { messages = 0, attachments = 0 } = bounds;
  const inFlight = w.charts.description.states['in-flight'];
  const attached = w.charts.attachment.states.attached;
  const garbage = createGarbageFinder(w);

  function end(d: number): void {
    const o = description.object(d);
    description.object.cells[d] = 0;
    description.mode.cells[d] = 0;
    if (o !== 0) objects.dropUser(o, 'description');
    else endFile(d);
  }

  function endFile(d: number): void {
    const s = description.socket(d);
    const n = description.kind(d) === fileKinds.namespace ? description.namespace(d) : 0;
    description.kind.cells[d] = 0;
    description.socket.cells[d] = 0;
    const [m, e] = [description.mount(d), description.dentry(d)];
    for (const cell of openCells) description[cell].cells[d] = 0;
    if (s !== 0) endSocket(s);
    letGo(m, e);
    if (n !== 0) release(n);
  }

  function drop(d: number): void {
    const count = description.count(d) - 1;
    description.count.cells[d] = count;
    if (count > description.queued(d)) return;
    if (count > 0) {
      moves.description['last-descriptor-queued'](d);
      return;
    }
    moves.description['last-descriptor'](d);
    end(d);
  }

  function queue(d: number): void {
    description.count.cells[d] = description.count(d) + 1;
    description.queued.cells[d] = description.queued(d) + 1;
  }

  function unqueue(d: number): void {
    if (d === 0) return;
    const count = description.count(d) - 1;
    description.count.cells[d] = count;
    description.queued.cells[d] = description.queued(d) - 1;
    if (count > 0) return;
    moves.description.discard(d);
    end(d);
  }

  function oldest(s: number): number {
    for (let m = 1; m <= messages; m++) {
      if (message.socket(m) === s && message.place(m) === 1) return m;
    }
    return 0;
  }

  /** Takes a message out of its queue; its descriptions are still to be let go. */
  function leaveQueue(m: number): readonly [first: number, second: number] {
    const s = message.socket(m);
    const [first, second] = [message.first(m), message.second(m)];
    for (let other = 1; other <= messages; other++) {
      if (message.socket(other) === s) message.place.cells[other] = message.place(other) - 1;
    }
    message.socket.cells[m] = 0;
    message.place.cells[m] = 0;
    message.first.cells[m] = 0;
    message.second.cells[m] = 0;
    return [first, second];
  }

  function discardQueue(s: number): void {
    for (let m = oldest(s); m !== 0; m = oldest(s)) {
      moves.message.discard(m);
      for (const d of leaveQueue(m)) unqueue(d);
    }
  }

  function filterOf(s: number): number {
    for (let a = 1; a <= attachments; a++) {
      if (attachment.state(a) === attached && attachment.socket(a) === s) return a;
    }
    return 0;
  }

  function detach(a: number): void {
    moves.attachment.detach(a);
    attachment.socket.cells[a] = 0;
  }

  /** unix_release_sock: the peer is told first, then the queue goes. */
  function endSocket(s: number): void {
    const peer = socket.peer(s);
    if (peer !== 0) {
      if (oldest(s) === 0) moves.socket['peer-closed'](peer);
      else moves.socket['peer-closed-unread'](peer);
      socket.peer.cells[peer] = 0;
    }
    moves.socket['last-hold'](s);
    socket.peer.cells[s] = 0;
    // Before the queue goes: the peer's last reference may lie in it.
    for (let a = 1; a <= attachments; a++) if (attachment.socket(a) === s) endFilter(a, peer);
    discardQueue(s);
  }

  function openEnd(d: number, own: number, peer: number): void {
    moves.description.open(d);
    description.kind.cells[d] = fileKinds.socket;
    description.socket.cells[d] = own;
    moves.socket.pair(own);
    socket.peer.cells[own] = peer;
  }

  /** The peer holds a reference to the other end: it, and its filter, go with the peer. */
  function endFilter(a: number, peer: number): void {
    if (peer === 0 || attachment.state(a) !== attached) {
      detach(a);
      return;
    }
    moves.attachment['socket-closed'](a);
    attachment.socket.cells[a] = peer;
  }

  return {
    openObject(d, o, mode) {
      moves.description.open(d);
      description.object.cells[d] = o;
      description.mode.cells[d] = mode;
      objects.takeUser(o);
    },
    openPlain(d, kind, at = nowhere) {
      moves.description.open(d);
      description.kind.cells[d] = kind;
      for (const cell of openCells) description[cell].cells[d] = at[cell];
    },
    openPair(first, second, s, peer) {
      openEnd(first, s, peer);
      openEnd(second, peer, s);
    },
    hold(d) {
      const flying = messages > 0 && description.state(d) === inFlight && description.count(d) > 0;
      if (flying) moves.description.receive(d);
      description.count.cells[d] = description.count(d) + 1;
    },
    drop,
    oldest,
    send(m, s, first, second) {
      let length = 0;
      for (let other = 1; other <= messages; other++) if (message.socket(other) === s) length++;
      moves.message.send(m);
      message.socket.cells[m] = s;
      message.place.cells[m] = length + 1;
      message.first.cells[m] = first;
      message.second.cells[m] = second;
      queue(first);
      if (second !== 0) queue(second);
    },
    receive(m) {
      moves.message.receive(m);
      for (const d of leaveQueue(m)) unqueue(d);
    },
    attach(a, s, program) {
      moves.attachment.attach(a);
      attachment.socket.cells[a] = s;
      attachment.program.cells[a] = program;
      objects.take(program);
    },
    filterOf,
    detach,
    releaseFilter(a) {
      const program = attachment.program(a);
      moves.attachment.released(a);
      attachment.program.cells[a] = 0;
      objects.drop(program, 'filter');
    },
    hasGarbage: () => garbage().length > 0,
    collect() {
      // All their queues are taken away before anything ends, so that no peer is reset.
      const held: number[] = [];
      for (const s of garbage()) {
        for (let m = oldest(s); m !== 0; m = oldest(s)) {
          moves.message.discard(m);
          held.push(...leaveQueue(m));
        }
      }
      for (const d of held) unqueue(d);
    },
  };
}
