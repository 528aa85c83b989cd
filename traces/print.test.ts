import { describe, expect, it } from 'vitest';
import type { Trace, TraceEvent } from './index.ts';
import { headerEntries, parseTrace, printEvent, printOutcome, printTrace } from './index.ts';
import type { Call, Outcome } from '../model/vocabulary/index.ts';
import { fail, pairValue, receivedValue, succeed } from '../model/vocabulary/index.ts';

const golden = String.raw`#: title: a pinned map survives its creator
#: profile: linux-6.18
#: host: /mnt/a/ /mnt/b/ /file
#: descriptors: 16
1 mount("bpf", "/mnt/a", "bpf", 0, NULL) = 0
1 bpf(BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_ARRAY, key_size=4, value_size=4, max_entries=1}, 16) = 3
1 bpf(BPF_MAP_UPDATE_ELEM, {map_fd=3, key=0, value=7, flags=BPF_ANY}, 32) = 0
1 bpf(BPF_MAP_LOOKUP_ELEM, {map_fd=3, key=0}, 32) = 0 (value=7)
1 bpf(BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_SOCKET_FILTER, map_fd=3}, 48) = 4
1 bpf(BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_SOCKET_FILTER}, 48) = 5
1 bpf(BPF_OBJ_PIN, {pathname="/mnt/a/m", bpf_fd=3}, 16) = 0
1 bpf(BPF_OBJ_GET, {pathname="/mnt/a/x"}, 16) = -1 ENOENT (No such file or directory)
1 fork() = 2
2 close(3) = 0
1 dup(3) = 6
1 mkdir("/mnt/a/d", 0755) = 0
1 rmdir("/mnt/a/d") = 0
1 unlink("/mnt/a/m") = 0
1 unlink(NULL) = -1 EFAULT (Bad address)
1 mount("/mnt/a", "/mnt/b", NULL, MS_BIND, NULL) = 0
1 mount("/mnt/a", "/mnt/b", NULL, MS_BIND|MS_REC, NULL) = 0
1 mount("/mnt/a", "/mnt/c", NULL, MS_MOVE, NULL) = 0
1 mount("bpf", "/mnt/a", "bpf", MS_RDONLY, "mode=0700") = 0
1 mount(NULL, "/mnt/a", NULL, MS_REMOUNT, NULL) = 0
1 mount(NULL, "/mnt/a", NULL, MS_RDONLY|MS_REMOUNT|MS_BIND, NULL) = 0
1 umount2("/mnt/b", 0) = 0
1 umount2("/mnt/a", MNT_DETACH) = 0
1 unshare(CLONE_NEWNS) = 0
1 kill(2, SIGKILL) = 0
1 kill(1, SIGKILL) = ?
1 close(3)
1 exit_group(0) = ?
`;

const shown = String.raw`1 bpf(BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_HASH_OF_MAPS, key_size=4, value_size=4, max_entries=1, inner_map_fd=3}, 24) = 4
1 bpf(BPF_MAP_DELETE_ELEM, {map_fd=4, key=0}, 32) = -1 ENOENT (No such file or directory)
1 bpf(BPF_MAP_GET_NEXT_KEY, {map_fd=3, key=NULL, next_key=0}, 24) = 0
1 bpf(BPF_MAP_GET_NEXT_KEY, {map_fd=3, key=0}, 24) = -1 ENOENT (No such file or directory)
1 bpf(BPF_PROG_TEST_RUN, {test={prog_fd=5, retval=1}}, 40) = 0
1 bpf(BPF_PROG_TEST_RUN, {test={prog_fd=5}}, 40)
1 dup2(3, 6) = 6
1 dup3(3, 7, O_CLOEXEC) = 7
1 dup3(3, 3, 0) = -1 EINVAL (Invalid argument)
1 fcntl(3, F_DUPFD, 3) = 8
1 fcntl(3, F_DUPFD_CLOEXEC, 4294967295) = -1 EINVAL (Invalid argument)
1 fcntl(3, F_GETFD) = 0x1 (flags FD_CLOEXEC)
1 fcntl(8, F_GETFD) = 0
1 fcntl(8, F_SETFD, FD_CLOEXEC) = 0
1 fcntl(8, F_SETFD, 0) = 0
1 openat(AT_FDCWD, "/dev/null", O_RDWR) = 9
1 openat(AT_FDCWD, "/mnt", O_RDONLY|O_DIRECTORY) = 10
1 openat(AT_FDCWD, "/mnt", O_RDONLY|O_PATH) = 11
1 pipe2([12, 13], 0) = 0
1 pipe2([], O_CLOEXEC) = -1 EMFILE (Too many open files)
1 clone(child_stack=NULL, flags=CLONE_FILES|SIGCHLD) = 2
1 execve("/proc/self/exe", ["exe"], NULL) = 0
1 socketpair(AF_UNIX, SOCK_STREAM, 0, [3, 4]) = 0
1 sendmsg(3, {msg_control=[{cmsg_type=SCM_RIGHTS, cmsg_data=[6, 7]}]}, MSG_DONTWAIT|MSG_NOSIGNAL) = 1
1 recvmsg(4, {msg_control=[{cmsg_type=SCM_RIGHTS, cmsg_data=[5]}], msg_controllen=20, msg_flags=MSG_CTRUNC}, MSG_PEEK|MSG_DONTWAIT) = 1
1 recvmsg(4, {msg_control=[{cmsg_type=SCM_RIGHTS, cmsg_data=[8, 9]}], msg_controllen=24}, MSG_DONTWAIT|MSG_CMSG_CLOEXEC) = 1
1 recvmsg(4, {msg_controllen=0}, MSG_DONTWAIT) = -1 EAGAIN (Resource temporarily unavailable)
1 recvmsg(4, {msg_controllen=24}, MSG_DONTWAIT) = 0
1 setsockopt(3, SOL_SOCKET, SO_ATTACH_BPF, [5], 4) = 0
1 setsockopt(3, SOL_SOCKET, SO_DETACH_FILTER, [0], 4) = 0
`;

const event = (call: Call, outcome?: Outcome): TraceEvent =>
  outcome === undefined
    ? { line: 0, step: { pid: 1, call } }
    : { line: 0, step: { pid: 1, call }, outcome };

const trace: Trace = {
  header: headerEntries({
    title: 'a pinned map survives its creator',
    profiles: ['linux-6.18'],
    host: ['/mnt/a/', '/mnt/b/', '/file'],
    descriptors: 16,
    clauses: [],
    source: null,
  }),
  events: [
    event({ call: 'mount', target: '/mnt/a' }, succeed(0)),
    event(
      {
        call: 'BPF_MAP_CREATE',
        type: 'BPF_MAP_TYPE_ARRAY',
        keySize: 4,
        valueSize: 4,
        maxEntries: 1,
      },
      succeed(3),
    ),
    event({ call: 'BPF_MAP_UPDATE_ELEM', fd: 3, key: 0, value: 7, flag: 'BPF_ANY' }, succeed(0)),
    event({ call: 'BPF_MAP_LOOKUP_ELEM', fd: 3, key: 0 }, succeed(7)),
    event({ call: 'BPF_PROG_LOAD', mapFd: 3 }, succeed(4)),
    event({ call: 'BPF_PROG_LOAD', mapFd: null }, succeed(5)),
    event({ call: 'BPF_OBJ_PIN', path: '/mnt/a/m', fd: 3 }, succeed(0)),
    event({ call: 'BPF_OBJ_GET', path: '/mnt/a/x' }, fail('ENOENT')),
    event({ call: 'fork' }, succeed(2)),
    { line: 0, step: { pid: 2, call: { call: 'close', fd: 3 } }, outcome: succeed(0) },
    event({ call: 'dup', fd: 3 }, succeed(6)),
    event({ call: 'mkdir', path: '/mnt/a/d' }, succeed(0)),
    event({ call: 'rmdir', path: '/mnt/a/d' }, succeed(0)),
    event({ call: 'unlink', path: '/mnt/a/m' }, succeed(0)),
    event({ call: 'unlink', path: null }, fail('EFAULT')),
    event({ call: 'bind', source: '/mnt/a', target: '/mnt/b' }, succeed(0)),
    event({ call: 'bind', source: '/mnt/a', target: '/mnt/b', flag: 'MS_REC' }, succeed(0)),
    event({ call: 'move', source: '/mnt/a', target: '/mnt/c' }, succeed(0)),
    event({ call: 'mount', target: '/mnt/a', flag: 'MS_RDONLY', data: 'mode=0700' }, succeed(0)),
    event({ call: 'remount', target: '/mnt/a', what: 'instance', flag: 'none' }, succeed(0)),
    event({ call: 'remount', target: '/mnt/a', what: 'MS_BIND', flag: 'MS_RDONLY' }, succeed(0)),
    event({ call: 'umount2', target: '/mnt/b', flag: 'none' }, succeed(0)),
    event({ call: 'umount2', target: '/mnt/a', flag: 'MNT_DETACH' }, succeed(0)),
    event({ call: 'unshare' }, succeed(0)),
    event({ call: 'kill', pid: 2 }, succeed(0)),
    event({ call: 'kill', pid: 1 }, succeed(0)),
    event({ call: 'close', fd: 3 }),
    event({ call: 'exit_group' }, succeed(0)),
  ],
};

const withoutLines = (read: Trace): Trace => ({
  ...read,
  header: read.header.map((entry) => ({ ...entry, line: 0 })),
  events: read.events.map((each) => ({ ...each, line: 0 })),
});

const create = { call: 'BPF_MAP_CREATE', keySize: 4, valueSize: 4, maxEntries: 1 } as const;
const received = (fds: readonly number[], truncated: 'whole' | 'truncated'): Outcome =>
  succeed(receivedValue({ bytes: 1, fds, truncated }));

const shownEvents: readonly TraceEvent[] = [
  event({ ...create, type: 'BPF_MAP_TYPE_HASH_OF_MAPS', innerFd: 3 }, succeed(4)),
  event({ call: 'BPF_MAP_DELETE_ELEM', fd: 4, key: 0 }, fail('ENOENT')),
  event({ call: 'BPF_MAP_GET_NEXT_KEY', fd: 3, key: null }, succeed(0)),
  event({ call: 'BPF_MAP_GET_NEXT_KEY', fd: 3, key: 0 }, fail('ENOENT')),
  event({ call: 'BPF_PROG_TEST_RUN', fd: 5 }, succeed(1)),
  event({ call: 'BPF_PROG_TEST_RUN', fd: 5 }),
  event({ call: 'dup2', fd: 3, to: 6 }, succeed(6)),
  event({ call: 'dup3', fd: 3, to: 7, flag: 'O_CLOEXEC' }, succeed(7)),
  event({ call: 'dup3', fd: 3, to: 3, flag: 'none' }, fail('EINVAL')),
  event({ call: 'fcntl', fd: 3, command: 'F_DUPFD', argument: 3 }, succeed(8)),
  event({ call: 'fcntl', fd: 3, command: 'F_DUPFD_CLOEXEC', argument: -1 }, fail('EINVAL')),
  event({ call: 'fcntl', fd: 3, command: 'F_GETFD', argument: 0 }, succeed(1)),
  event({ call: 'fcntl', fd: 8, command: 'F_GETFD', argument: 0 }, succeed(0)),
  event({ call: 'fcntl', fd: 8, command: 'F_SETFD', argument: 1 }, succeed(0)),
  event({ call: 'fcntl', fd: 8, command: 'F_SETFD', argument: 0 }, succeed(0)),
  event({ call: 'open', path: '/dev/null', flag: 'O_RDWR' }, succeed(9)),
  event({ call: 'open', path: '/mnt', flag: 'O_DIRECTORY' }, succeed(10)),
  event({ call: 'open', path: '/mnt', flag: 'O_PATH' }, succeed(11)),
  event({ call: 'pipe2', flag: 'none' }, succeed(pairValue(12, 13))),
  event({ call: 'pipe2', flag: 'O_CLOEXEC' }, fail('EMFILE')),
  event({ call: 'clone' }, succeed(2)),
  event({ call: 'execve' }, succeed(0)),
  event({ call: 'socketpair' }, succeed(pairValue(3, 4))),
  event({ call: 'sendmsg', fd: 3, fds: [6, 7] }, succeed(1)),
  event({ call: 'recvmsg', fd: 4, room: 1, flag: 'MSG_PEEK' }, received([5], 'truncated')),
  event({ call: 'recvmsg', fd: 4, room: 2, flag: 'MSG_CMSG_CLOEXEC' }, received([8, 9], 'whole')),
  event({ call: 'recvmsg', fd: 4, room: 0, flag: 'none' }, fail('EAGAIN')),
  event({ call: 'recvmsg', fd: 4, room: 2, flag: 'none' }, succeed(0)),
  event({ call: 'SO_ATTACH_BPF', fd: 3, progFd: 5 }, succeed(0)),
  event({ call: 'SO_DETACH_FILTER', fd: 3 }, succeed(0)),
];

describe('the printed form', () => {
  it('is that of strace', () => {
    expect(printTrace(trace)).toBe(golden);
  });

  it('is read back as the same trace', () => {
    const result = parseTrace(golden);
    expect(result.ok && withoutLines(result.trace)).toEqual(trace);
  });

  it('shows among the arguments what strace shows there', () => {
    expect(printTrace({ header: [], events: shownEvents })).toBe(shown);
    const result = parseTrace(shown);
    expect(result.ok && withoutLines(result.trace).events).toEqual(shownEvents);
  });

  it('shows behind an outcome by itself what else is among the arguments', () => {
    const outcomes = shownEvents.flatMap(({ step, outcome }) =>
      outcome?.ok === true ? [printOutcome(step, outcome)] : [],
    );
    expect(outcomes.filter((text) => text.includes('('))).toEqual([
      ...['0 (next_key=0)', '0 (retval=1)'],
      '0x1 (flags FD_CLOEXEC)',
      ...['0 (fds=[12, 13])', '0 (fds=[3, 4])'],
      ...['1 (fds=[5], MSG_CTRUNC)', '1 (fds=[8, 9])'],
    ]);
  });

  it('escapes the bytes of a path as strace does', () => {
    const path = '\u0001b\u007fcé "q\\ \t\n\r\v\f\u001b0\u00019';
    expect(printEvent(event({ call: 'unlink', path }))).toBe(
      String.raw`1 unlink("\1b\177c\303\251 \"q\\ \t\n\r\v\f\0330\19")`,
    );
  });

  it('shows a call that ends its caller as one without a result', () => {
    const exit = { pid: 1, call: { call: 'exit_group' } } as const;
    expect(printOutcome(exit, succeed(0))).toBe('?');
    expect(printOutcome(exit, fail('ESRCH'))).toBe('-1 ESRCH (No such process)');
  });

  it('keeps a line break in a comment or a title from making a line', () => {
    const text = printTrace({
      header: [{ line: 0, key: 'title', value: 'a\nb' }],
      events: [{ ...event({ call: 'fork' }), comments: ['c\r\nd'] }],
      closing: ['', 'e'],
    });
    expect(text).toBe('#: title: a b\n# c d\n1 fork()\n#\n# e\n');
  });
});
