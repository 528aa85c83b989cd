/** Calls on sockets: unix(7), recvmsg(2), cmsg(3); net/unix/af_unix.c, net/core/scm.c, filter.c. */
import { freeRow } from '../state/tables.ts';
import { pairValue, receivedValue } from '../vocabulary/index.ts';
import {
  freeRowRows,
  isClosed,
  isStdio,
  isUnusable,
  newPair,
  noFd,
  pairRows,
} from './new-descriptor.ts';
import { isProgramOf } from './objects.ts';
import type { Parts } from './parts.types.ts';
import { ifPermissions } from './permission-rows.ts';
import { programLimitRow } from './reference-limit.ts';
import { bound, clause, find, type CallTable, type Row } from './row.ts';

/** The argument codes of recvmsg's flag. */
export const receiveFlags = { none: 0, MSG_PEEK: 1, MSG_CMSG_CLOEXEC: 2 } as const;

function socketRows(parts: Parts, call: string): readonly Row[] {
  const { descriptors } = parts;
  return [
    clause(`${call}.fd-closed`, 'EBADF', (p, fd) => isUnusable(parts, p, fd), 'net/socket.c'),
    clause(
      `${call}.not-a-socket`,
      'ENOTSOCK',
      (p, fd) => descriptors.socketAt(p, fd) === 0,
      'net/socket.c, sockfd_lookup',
    ),
  ];
}

export function socketpair(parts: Parts): CallTable {
  const { w, descriptors, descriptions } = parts;
  const { socket, bounds } = w;
  const R = newPair();
  const ends = { first: 0, second: 0 };
  return {
    call: 'socketpair',
    short: 'socketpair',
    sorts: [],
    rows: [
      ...pairRows(parts, 'socketpair', R),
      find(() => {
        const rows = bounds.sockets ?? 0;
        ends.first = freeRow(socket.state, rows);
        ends.second = freeRow(socket.state, rows, ends.first === 0 ? rows + 1 : ends.first + 1);
      }),
      bound('bound.sockets', () => ends.first === 0 || ends.second === 0),
    ],
    effect(p) {
      descriptions.openPair(R.firstDescription, R.secondDescription, ends.first, ends.second);
      descriptors.install(p, R.first, R.firstDescription, 'stays');
      descriptors.install(p, R.second, R.secondDescription, 'stays');
      return pairValue(R.first, R.second);
    },
  };
}

export function sendmsg(parts: Parts): CallTable {
  const { w, descriptors, descriptions, may } = parts;
  const R = { row: 0 };
  const tooMany = 'net/core/scm.c, too_many_unix_fds: it counts what the user sent anywhere';
  const limit = w.bounds.descriptors;
  const inFlight = (): number => {
    let sum = 0;
    for (let d = 1; d <= w.bounds.descriptions; d++) sum += w.description.queued(d);
    return sum;
  };
  const source = 'net/core/scm.c, scm_fp_copy; net/unix/af_unix.c, unix_stream_sendmsg';
  const peerOf = (p: number, fd: number): number => w.socket.peer(descriptors.socketAt(p, fd));
  return {
    call: 'sendmsg',
    short: 'send',
    sorts: ['fd', 'fd', 'maybe-fd'],
    rows: [
      ...socketRows(parts, 'send'),
      clause(
        'send.closed',
        'EBADF',
        (p, _fd, first, second) =>
          isClosed(parts, p, first) || (second !== noFd && isClosed(parts, p, second)),
        source,
      ),
      clause('send.peer-closed', 'EPIPE', (p, fd) => peerOf(p, fd) === 0, source),
      bound(
        'bound.stdio',
        (_p, _fd, first, second) => isStdio(first) || isStdio(second),
        'docs/world.md: descriptors 0, 1 and 2 are scenery',
      ),
      ...ifPermissions(
        parts,
        bound('bound.in-flight', (p) => !may.isPrivileged(p) && inFlight() >= limit, tooMany),
      ),
      ...freeRowRows(w, 'message', R),
    ],
    effect(p, fd, first, second) {
      const other = second === noFd ? 0 : descriptors.descriptionAt(p, second);
      descriptions.send(R.row, peerOf(p, fd), descriptors.descriptionAt(p, first), other);
      return 1;
    },
  };
}

export function recvmsg(parts: Parts): CallTable {
  const { w, descriptors, descriptions } = parts;
  const { socket, message } = w;
  const { states } = w.charts.socket;
  const R = { message: 0, state: 0 };
  return {
    call: 'recvmsg',
    short: 'receive',
    sorts: ['fd', 'room', 'receive-flag'],
    rows: [
      ...socketRows(parts, 'receive'),
      find((p, fd) => {
        const s = descriptors.socketAt(p, fd);
        R.message = descriptions.oldest(s);
        R.state = socket.state(s);
      }),
      clause(
        'receive.empty',
        'EAGAIN',
        () => R.message === 0 && R.state === states.connected,
        'net/unix/af_unix.c, unix_stream_read_generic',
      ),
      bound(
        'bound.reset',
        () => R.message === 0 && R.state === states.reset,
        'an error that is told once: ECONNRESET',
      ),
    ],
    effect(p, _fd, room, flag) {
      const m = R.message;
      if (m === 0) return 0;
      const sent = [message.first(m), message.second(m)].filter((d) => d !== 0);
      const fds: number[] = [];
      for (const d of sent.slice(0, room)) {
        const fd = descriptors.lowest(p);
        if (fd === 0) break;
        descriptors.install(p, fd, d, flag === receiveFlags.MSG_CMSG_CLOEXEC ? 'closes' : 'stays');
        fds.push(fd);
      }
      if (flag !== receiveFlags.MSG_PEEK) descriptions.receive(m);
      const truncated = fds.length < sent.length ? 'truncated' : 'whole';
      return receivedValue({ bytes: 1, fds, truncated });
    },
  };
}

export function attachBpf(parts: Parts): CallTable {
  const { w, descriptors, descriptions } = parts;
  const R = { row: 0 };
  const source = 'net/core/filter.c, sk_attach_bpf';
  const isSocketFilter = isProgramOf(w, 'BPF_PROG_TYPE_SOCKET_FILTER');
  return {
    call: 'SO_ATTACH_BPF',
    short: 'attach',
    sorts: ['fd', 'fd'],
    rows: [
      ...socketRows(parts, 'attach'),
      clause(
        'attach.program-closed',
        'EBADF',
        (p, _fd, program) => isUnusable(parts, p, program),
        source,
      ),
      ...programLimitRow(parts, 'attach', (_fd, program) => program),
      clause(
        'attach.not-a-program',
        'EINVAL',
        (p, _fd, program) => !isSocketFilter(descriptors.objectAt(p, program)),
        source,
      ),
      ...freeRowRows(w, 'attachment', R),
    ],
    effect(p, fd, program) {
      const s = descriptors.socketAt(p, fd);
      const old = descriptions.filterOf(s);
      if (old !== 0) descriptions.detach(old);
      descriptions.attach(R.row, s, descriptors.objectAt(p, program));
      return 0;
    },
  };
}

export function detachFilter(parts: Parts): CallTable {
  const { descriptors, descriptions } = parts;
  const filterOf = (p: number, fd: number): number =>
    descriptions.filterOf(descriptors.socketAt(p, fd));
  return {
    call: 'SO_DETACH_FILTER',
    short: 'detach',
    sorts: ['fd'],
    rows: [
      ...socketRows(parts, 'detach'),
      clause(
        'detach.none',
        'ENOENT',
        (p, fd) => filterOf(p, fd) === 0,
        'net/core/filter.c, sk_detach_filter',
      ),
    ],
    effect(p, fd) {
      descriptions.detach(filterOf(p, fd));
      return 0;
    },
  };
}
