/**
 * Who holds an open file description, and what it holds: objects, sockets with their queues, and
 * what is scenery. Descriptors hold descriptions, and so do messages in flight (net/core/scm.c,
 * net/unix/af_unix.c, net/unix/garbage.c).
 */
import { fileKinds } from '../state/schema.ts';
import type { Tables } from '../state/tables.ts';
import type { ObjectEdges } from './objects.ts';

export interface DescriptionEdges {
  /** A new description of an object, which gains a user; `hold` must follow. */
  openObject(d: number, o: number): void;
  /** … of what is neither an object nor a socket. */
  openPlain(d: number, kind: number): void;
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

export function createDescriptionEdges(w: Tables, objects: ObjectEdges): DescriptionEdges {
  const { description, socket, message, attachment, moves, bounds } = w;
  const { messages = 0, attachments = 0 } = bounds;
  const { queued } = w.charts.message.states;
  const inFlight = w.charts.description.states['in-flight'];
  const attached = w.charts.attachment.states.attached;
  /** [description] 1 if a descriptor leads to it. */
  const reached = new Uint8Array(bounds.descriptions + 1);

  function end(d: number): void {
    const o = description.object(d);
    description.object.cells[d] = 0;
    if (o !== 0) objects.dropUser(o, 'description');
    else endFile(d);
  }

  function endFile(d: number): void {
    const s = description.socket(d);
    description.kind.cells[d] = 0;
    description.socket.cells[d] = 0;
    if (s !== 0) endSocket(s);
  }

  function drop(d: number): void {
    const count = description.count(d) - 1;
    description.count.cells[d] = count;
    if (messages === 0 ? count > 0 : count > description.queued(d)) return;
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

  function leaveQueue(m: number): void {
    const s = message.socket(m);
    const [first, second] = [message.first(m), message.second(m)];
    for (let other = 1; other <= messages; other++) {
      if (message.socket(other) === s) message.place.cells[other] = message.place(other) - 1;
    }
    message.socket.cells[m] = 0;
    message.place.cells[m] = 0;
    message.first.cells[m] = 0;
    message.second.cells[m] = 0;
    unqueue(first);
    unqueue(second);
  }

  function discardQueue(s: number): void {
    for (let m = oldest(s); m !== 0; m = oldest(s)) {
      moves.message.discard(m);
      leaveQueue(m);
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

  function descriptionOf(s: number): number {
    for (let d = 1; d <= bounds.descriptions; d++) if (description.socket(d) === s) return d;
    return 0;
  }

  /** Marks what descriptors lead to, through queues of any length. */
  function mark(): void {
    for (let d = 1; d <= bounds.descriptions; d++) {
      reached[d] = description.count(d) > description.queued(d) ? 1 : 0;
    }
    for (let changed = true; changed;) {
      changed = false;
      for (let m = 1; m <= messages; m++) {
        if (message.state(m) !== queued || reached[descriptionOf(message.socket(m))] === 0)
          continue;
        for (const d of [message.first(m), message.second(m)]) {
          if (reached[d] === 1 || d === 0) continue;
          reached[d] = 1;
          changed = true;
        }
      }
    }
  }

  /** Sockets that messages hold, and that no descriptor leads to. */
  function garbage(): readonly number[] {
    const found: number[] = [];
    if (messages === 0) return found;
    mark();
    for (let d = 1; d <= bounds.descriptions; d++) {
      const s = description.socket(d);
      if (s !== 0 && description.state(d) === inFlight && reached[d] === 0) found.push(s);
    }
    return found;
  }

  return {
    openObject(d, o) {
      moves.description.open(d);
      description.object.cells[d] = o;
      objects.takeUser(o);
    },
    openPlain(d, kind) {
      moves.description.open(d);
      description.kind.cells[d] = kind;
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
      leaveQueue(m);
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
      for (const s of garbage()) discardQueue(s);
    },
  };
}
