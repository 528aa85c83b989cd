import { describe, expect, it } from 'vitest';
import { at, callOf, eventsOf, fd, readOne } from './read-lines.test-data.ts';
import { createLogReader } from './read-log.ts';

describe('a line of a log', () => {
  it.each([
    ['close(7) = 0', 1],
    ['12 close(7)                          = 0', 12],
    ['[pid    12] close(7) = 0', 12],
    ['[pid 12<a b>] close(7) = 0', 12],
    ['12<python3> close(7) = 0', 12],
    ['12 [00007fa60451f829] close(7) = 0', 12],
    ['12 10:11:12.5 [  3] [00007fa60451f829] close(7) = 0', 12],
    ['[????????????????] close(7) = 0', 1],
    ['12 10:11:12 close(7) = 0', 12],
    ['12 10:11:12.123456 close(7) = 0 <0.000012>', 12],
    ['12 close(7</tmp/x>(deleted)) = 0', 12],
    ['12 1700000000.123456 close(7</tmp/x>) = 0 <0.000012>', 12],
    ['[pid 12] 10:11:12.5 (+     0.0) close(7) = 0', null],
    ['     0.000012 close(7) = 0', null],
  ])('is read with every form of process and time: %s', (line, pid) => {
    const [event] = eventsOf(line);
    if (pid === null) expect(event).toBeUndefined();
    else expect(event).toMatchObject({ pid, call: { call: 'close', fd: 7 }, result: { value: 0 } });
  });

  it('is put together with the line where it goes on', () => {
    const get = '12 bpf(BPF_OBJ_GET, {pathname="/sys/fs/bpf/a", bpf_fd=0, file_flags=0}, 16';
    const [event, ...more] = eventsOf(
      `${get} <unfinished ...>`,
      '13 close(4) = -1 EBADF (Bad file descriptor)',
      '12 --- SIGCHLD {si_signo=SIGCHLD} ---',
      '12 <... bpf resumed>)                 = 5',
    );
    expect(event).toMatchObject({
      line: 4,
      pid: 12,
      call: { call: 'get', at: at('/sys/fs/bpf/a') },
    });
    expect(more).toEqual([]);
  });

  it('may be torn where the log ends', () => {
    expect(eventsOf('12 bpf(BPF_OBJ_PIN, {pathname="/sys/fs/b')).toEqual([
      { kind: 'remark', line: 1, text: 'the line ends before its call does; it is left out' },
    ]);
  });

  it('is not taken for one that failed because its text says so', () => {
    const path = '/x) = -1 ENOENT (No such file or directory)';
    expect(callOf(`12 openat(AT_FDCWD, "${path}", O_RDONLY) = 3`)).toMatchObject({ at: at(path) });
    expect(callOf(`12 close(3<${path}>) = 0`)).toEqual({ call: 'close', fd: 3 });
    expect(eventsOf(`12 close(3<${path}>) = -1 EBADF (Bad file descriptor)`)).toEqual([]);
  });

  it('is left out where its call is not wanted', () => {
    const reader = createLogReader(1, new Set(['chdir']));
    const lines = ['1 chdir("/") = 0', '1 close(3) = 0', '1 close(4 <unfinished ...>'];
    expect(lines.flatMap((line, k) => reader.read(line, k + 1))).toMatchObject([{ line: 1 }]);
    expect(reader.understood()).toBe(3);
  });

  it.each([
    ['0', { ok: true, value: 0, shown: null }],
    ['0x1f', { ok: true, value: 31, shown: null }],
    ['3</tmp/a>', { ok: true, value: 3, shown: '/tmp/a' }],
    ['3</tmp/a>(deleted) <0.000012>', { ok: true, value: 3, shown: '/tmp/a' }],
    ['3<UNIX-STREAM:[1->2]>', { ok: true, value: 3, shown: 'UNIX-STREAM:[1->2]' }],
    ['1 (flags O_RDONLY) <0.000012>', { ok: true, value: 1, shown: null }],
  ])('answers %s', (text, result) => {
    expect(readOne(`12 dup(3) = ${text}`).result).toEqual(result);
  });

  it.each(['3<', '3</tmp/a', '-1', '99999999999999999', 'three', '3 and more', '?'])(
    'answers nothing that can be read: %s',
    (text) => {
      expect(eventsOf(`12 dup(3) = ${text}`)).toEqual([]);
    },
  );

  it('is read in one pass, whatever its result holds', () => {
    const begin = performance.now();
    expect(eventsOf(`12 dup(3) = 0<>${' (>'.repeat(300_000)}`)).toEqual([]);
    expect(performance.now() - begin).toBeLessThan(2000);
  });

  it('says nothing of calls that change nothing, and of paths that were cut', () => {
    const silent = [
      '12 getpid() = 12',
      '12 ioctl(3, TCGETS, {B38400 opost isig icanon echo ...}) = 0',
      '12 frobnicate("x", {y=1}) = 3',
      '12 mkdir("/sys/fs/bp"..., 0700) = 0',
      '12 openat(AT_FDCWD, "/x", O_RDONLY) = -1 ENOENT (No such file or directory)',
      '12 unlink(0x7ffc00000000) = -1 EFAULT (Bad address)',
      '12 dup(3) = ? ERESTARTSYS (To be restarted)',
      'strace: Process 13 attached',
    ];
    expect(eventsOf(...silent)).toEqual([]);
  });

  it.each([
    [
      '1 bpf(BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_HASH, key_size=4, map_name="a,b", ...}, 72) = 3',
      { call: 'create', sort: 'map', type: 'hash', name: 'a,b' },
    ],
    [
      '1 bpf(BPF_OBJ_PIN, {pathname="x", bpf_fd=3<anon_inode:bpf-map>, file_flags=BPF_F_PATH_FD, path_fd=4</sys/fs/bpf>}, 24) = 0',
      {
        call: 'pin',
        fd: fd(3, 'anon_inode:bpf-map'),
        at: { dir: fd(4, '/sys/fs/bpf'), cwd: null, path: 'x' },
      },
    ],
    [
      '1 openat(AT_FDCWD</root>, "x", O_RDONLY|O_CLOEXEC|O_DIRECTORY) = 3</root/x>',
      { call: 'open', kind: 'directory', cloexec: 1, at: { dir: null, cwd: '/root', path: 'x' } },
    ],
    ['1 dup3(3, 9, O_CLOEXEC) = 9', { call: 'dup', fd: fd(3), cloexec: 1 }],
    ['1 fcntl(11, F_SETFD, FD_CLOEXEC) = 0', { call: 'set-cloexec', fd: 11, cloexec: 1 }],
    ['1 ioctl(11</tmp/x>, FIOCLEX) = 0', { call: 'set-cloexec', fd: 11, cloexec: 1 }],
    ['1 ioctl(11, FIONCLEX) = 0', { call: 'set-cloexec', fd: 11, cloexec: 0 }],
    [
      '1 sendmsg(4<socket:[8]>, {msg_name=NULL, msg_control=[{cmsg_len=20, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[3<socket:[5]>, 6]}], msg_flags=0}, 0) = 1',
      { call: 'send', socket: fd(4, 'socket:[8]'), fds: [fd(3, 'socket:[5]'), fd(6)] },
    ],
    [
      '1 pidfd_getfd(7<anon_inode:[pidfd]>, 6<anon_inode:bpf-map>, 0) = 8',
      { call: 'take', fd: 6, pidfd: fd(7, 'anon_inode:[pidfd]') },
    ],
    [
      '1 clone(child_stack=NULL, flags=CLONE_FILES|CLONE_NEWNS|SIGCHLD) = 5',
      { call: 'fork', flags: { files: 'shared', group: 'own', mounts: 'own' } },
    ],
    [
      '1 renameat2(AT_FDCWD, "a", AT_FDCWD, "b", RENAME_NOREPLACE) = 0',
      { call: 'rename', from: at('a'), to: at('b'), flag: 'RENAME_NOREPLACE' },
    ],
    [
      '1 unlinkat(4, "m", AT_REMOVEDIR) = 0',
      { call: 'rmdir', at: { dir: fd(4), cwd: null, path: 'm' } },
    ],
    [
      '1 mount("bpf", "/tmp", "bpf", MS_RDONLY|MS_NOSUID, "mode=0700") = 0',
      { call: 'mount', type: 'bpf', flags: ['MS_RDONLY', 'MS_NOSUID'], data: 'mode=0700' },
    ],
  ])('%s', (line, call) => {
    expect(callOf(line)).toMatchObject(call);
  });
});

describe('the end of a process', () => {
  it('is told once where strace interrupts it', () => {
    const events = eventsOf('3 exit_group(0 <unfinished ...>', '3 <... exit_group resumed>) = ?');
    expect(events).toMatchObject([{ kind: 'call', line: 1, call: { call: 'exit' } }]);
  });

  it('is told by a signal that kills it', () => {
    expect(eventsOf('3 +++ killed by SIGKILL +++')).toEqual([{ kind: 'ended', line: 1, pid: 3 }]);
  });
});

describe('a text that is no log', () => {
  it('says where it begins to be none', () => {
    const reader = createLogReader(1);
    reader.read('  Dear reader,', 4);
    expect([reader.understood(), reader.firstUnread()]).toEqual([0, { line: 4, column: 1 }]);
  });

  it.each([
    'f(x)',
    '12 main(int argc, char **argv)',
    '--- a/some.patch',
    '+++ b/some.patch',
    '---',
  ])('is not taken for a log because it begins like one: %s', (line) => {
    const reader = createLogReader(1);
    reader.read(line, 7);
    expect([reader.understood(), reader.firstUnread()]).toEqual([0, { line: 7, column: 1 }]);
  });

  it.each([
    '12 getpid() = 12',
    '12 read(3, "", 4) = -1 EAGAIN (x)',
    '12 nanosleep( <unfinished ...>',
    '12 <... nanosleep resumed>) = ? ERESTART (x)',
    '--- SIGCHLD {si_signo=SIGCHLD} ---',
    '12 --- stopped by SIGSTOP ---',
    '+++ exited with 0 +++',
    '12 +++ superseded by execve in pid 13 +++',
    'strace: Process 13 attached',
    '12 close(3',
  ])('is one where a line is of strace: %s', (line) => {
    const reader = createLogReader(1);
    reader.read(line, 7);
    expect(reader.understood()).toBe(1);
  });
});
