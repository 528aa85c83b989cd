import { describe, expect, it } from 'vitest';
import type { Trace, TraceEvent } from './index.ts';
import { headerEntries, parseTrace, printEvent, printOutcome, printTrace } from './index.ts';
import type { Call, Outcome } from '../model/vocabulary/index.ts';
import { fail, succeed } from '../model/vocabulary/index.ts';

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
1 umount2("/mnt/b", 0) = 0
1 umount2("/mnt/a", MNT_DETACH) = 0
1 unshare(CLONE_NEWNS) = 0
1 kill(2, SIGKILL) = 0
1 kill(1, SIGKILL) = ?
1 close(3)
1 exit_group(0) = ?
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

describe('the printed form', () => {
  it('is that of strace, for every call', () => {
    expect(printTrace(trace)).toBe(golden);
  });

  it('is read back as the same trace', () => {
    const result = parseTrace(golden);
    expect(result.ok && withoutLines(result.trace)).toEqual(trace);
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
