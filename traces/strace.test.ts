import { describe, expect, it } from 'vitest';
import { parseTrace, printTrace } from './index.ts';

/** What is printed for a line once it has been read, or why it cannot be. */
function normal(line: string): string {
  const result = parseTrace(line);
  if (result.ok) return printTrace(result.trace).trimEnd();
  return result.errors.map(({ column, message }) => `${column}: ${message}`).join('\n');
}

const iov = String.raw`msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base="\0", iov_len=1}], msg_iovlen=1`;
const rights = (fds: string, length: number): string =>
  `msg_control=[{cmsg_len=${length}, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[${fds}]}]`;

const programInfo = String.raw`{type=BPF_PROG_TYPE_SOCKET_FILTER, id=595868, tag="\x0b\xd0\x16\x86\x76\xc7\xc7\x79", jited_prog_len=0 => 30, jited_prog_insns=NULL, xlated_prog_len=0 => 32, xlated_prog_insns=NULL, load_time=35463720655650 /* 2026-11-25T17:44:44+0000 */, created_by_uid=0, nr_map_ids=4 => 1, map_ids=[1178913], name="", ifindex=0, gpl_compatible=1, netns_dev=makedev(0, 0), netns_ino=0, nr_jited_ksyms=0 => 1, nr_jited_func_lens=0 => 1, jited_ksyms=NULL, jited_func_lens=NULL, btf_id=0, func_info_rec_size=0 => 8, func_info=NULL, nr_func_info=0, nr_line_info=0, line_info=NULL, jited_line_info=NULL, nr_jited_line_info=0, line_info_rec_size=0 => 16, jited_line_info_rec_size=0 => 8, nr_prog_tags=0 => 1, prog_tags=NULL, run_time_ns=0, run_cnt=0, recursion_misses=0, verified_insns=3}`;

// Lines of strace 6.1 on Linux 6.18.44, of programs that make these calls.
describe('a line of strace', () => {
  it.each([
    [
      '1734  bpf(BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_ARRAY_OF_MAPS, key_size=4, value_size=4, max_entries=1, map_flags=0, inner_map_fd=3, map_name="", map_ifindex=0, btf_fd=0, btf_key_type_id=0, btf_value_type_id=0, btf_vmlinux_value_type_id=0, map_extra=0}, 144) = 4',
      '1734 bpf(BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_ARRAY_OF_MAPS, key_size=4, value_size=4, max_entries=1, inner_map_fd=3}, 24) = 4',
    ],
    [
      '1734  bpf(BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_PROG_ARRAY, key_size=4, value_size=4, max_entries=1, map_flags=0, inner_map_fd=0, map_name="", map_ifindex=0, btf_fd=0, btf_key_type_id=0, btf_value_type_id=0, btf_vmlinux_value_type_id=0, map_extra=0}, 144) = 6',
      '1734 bpf(BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_PROG_ARRAY, key_size=4, value_size=4, max_entries=1}, 16) = 6',
    ],
    [
      '1734  bpf(BPF_PROG_TEST_RUN, {test={prog_fd=9, retval=1, data_size_in=14, data_size_out=0, data_in=0x7ffd013c2ee0, data_out=NULL, repeat=1, duration=0, ctx_size_in=0, ctx_size_out=0, ctx_in=NULL, ctx_out=NULL, flags=0, cpu=0, batch_size=0}}, 144) = 0',
      '1734 bpf(BPF_PROG_TEST_RUN, {test={prog_fd=9, retval=1}}, 40) = 0',
    ],
    [
      '1734  bpf(BPF_PROG_TEST_RUN, {test={prog_fd=3, retval=0, data_size_in=14, data_size_out=0, data_in=0x7ffd013c2ee0, data_out=NULL, repeat=1, duration=0}}, 144) = -1 EINVAL (Invalid argument)',
      '1734 bpf(BPF_PROG_TEST_RUN, {test={prog_fd=3}}, 40) = -1 EINVAL (Invalid argument)',
    ],
    [
      // The addresses of what failed tell nothing.
      '1734  bpf(BPF_MAP_GET_NEXT_KEY, {map_fd=8, key=NULL, next_key=0x7ffd013d2f80}, 24) = -1 ENOENT (No such file or directory)',
      '1734 bpf(BPF_MAP_GET_NEXT_KEY, {map_fd=8, key=NULL}, 24) = -1 ENOENT (No such file or directory)',
    ],
    [
      '1734  bpf(BPF_MAP_UPDATE_ELEM, {map_fd=3, key=NULL, value=NULL, flags=BPF_F_LOCK}, 32) = -1 EPERM (Operation not permitted)',
      '1734 bpf(BPF_MAP_UPDATE_ELEM, {map_fd=3, key=NULL, value=NULL, flags=BPF_F_LOCK}, 32) = -1 EPERM (Operation not permitted)',
    ],
    [
      '1734  bpf(BPF_MAP_UPDATE_ELEM, {map_fd=3, key=NULL, value=NULL, flags=0x3 /* BPF_??? */}, 32) = -1 EFAULT (Bad address)',
      '1734 bpf(BPF_MAP_UPDATE_ELEM, {map_fd=3, key=NULL, value=NULL, flags=BPF_NOEXIST|BPF_EXIST}, 32) = -1 EFAULT (Bad address)',
    ],
    [
      '1734  bpf(BPF_MAP_FREEZE, {map_fd=3}, 4)      = 0',
      '1734 bpf(BPF_MAP_FREEZE, {map_fd=3}, 4) = 0',
    ],
    [
      '1734  bpf(BPF_OBJ_GET_INFO_BY_FD, {info={bpf_fd=99, info_len=80, info=0x7f4f377acf30}}, 16) = -1 EBADFD (File descriptor in bad state)',
      '1734 bpf(BPF_OBJ_GET_INFO_BY_FD, {info={bpf_fd=99}}, 16) = -1 EBADFD (File descriptor in bad state)',
    ],
    [
      // With -v, what is told is shown in braces of its own.
      '8441  bpf(BPF_OBJ_GET_INFO_BY_FD, {info={bpf_fd=3, info_len=512 => 104, info={type=BPF_MAP_TYPE_ARRAY, id=1178915, key_size=4, value_size=4, max_entries=1, map_flags=0, name="m", ifindex=0, btf_vmlinux_value_type_id=0, netns_dev=makedev(0, 0), netns_ino=0, btf_id=0, btf_key_type_id=0, btf_value_type_id=0}}}, 16) = 0',
      '8441 bpf(BPF_OBJ_GET_INFO_BY_FD, {info={bpf_fd=3, type=BPF_MAP_TYPE_ARRAY, max_entries=1}}, 16) = 0',
    ],
    [
      `8441  bpf(BPF_OBJ_GET_INFO_BY_FD, {info={bpf_fd=4, info_len=232, info=${programInfo}}}, 16) = 0`,
      '8441 bpf(BPF_OBJ_GET_INFO_BY_FD, {info={bpf_fd=4, type=BPF_PROG_TYPE_SOCKET_FILTER, nr_map_ids=1}}, 16) = 0',
    ],
    [
      '1734  bpf(0x270f /* BPF_??? */, NULL, 0) = -1 EINVAL (Invalid argument)',
      '1734 bpf(9999, NULL, 0) = -1 EINVAL (Invalid argument)',
    ],
    [
      '1734  bpf(BPF_MAP_GET_NEXT_ID, {start_id=0, next_id=0 => 1, open_flags=0}, 12) = 0',
      '1734 bpf(BPF_MAP_GET_NEXT_ID, {start_id=0, next_id=1}, 12) = 0',
    ],
    [
      '1734  bpf(BPF_PROG_GET_NEXT_ID, {start_id=0, next_id=0, open_flags=0}, 12) = -1 ENOENT (No such file or directory)',
      '1734 bpf(BPF_PROG_GET_NEXT_ID, {start_id=0}, 12) = -1 ENOENT (No such file or directory)',
    ],
    [
      '1734  bpf(BPF_MAP_GET_FD_BY_ID, {map_id=1, next_id=0, open_flags=0}, 12) = 4',
      '1734 bpf(BPF_MAP_GET_FD_BY_ID, {map_id=1}, 12) = 4',
    ],
    [
      // Attributes that strace could not read either.
      '1734  bpf(BPF_OBJ_PIN, NULL, 12)              = -1 EFAULT (Bad address)',
      '1734 bpf(6, NULL, 12) = -1 EFAULT (Bad address)',
    ],
    [
      '1734  bpf(BPF_OBJ_PIN, 0x1, 12)               = -1 EFAULT (Bad address)',
      '1734 bpf(6, 0x1, 12) = -1 EFAULT (Bad address)',
    ],
    ['1734  dup2(3, 20)                       = 20', '1734 dup2(3, 20) = 20'],
    [
      '1734  dup2(0, -1)  = -1 EBADF (Bad file descriptor)',
      '1734 dup2(0, -1) = -1 EBADF (Bad file descriptor)',
    ],
    ['1734  dup3(3, 21, O_CLOEXEC)            = 21', '1734 dup3(3, 21, O_CLOEXEC) = 21'],
    ['1734  fcntl(3, F_DUPFD_CLOEXEC, 3)      = 11', '1734 fcntl(3, F_DUPFD_CLOEXEC, 3) = 11'],
    [
      '1734  fcntl(3, F_GETFD)                 = 0x1 (flags FD_CLOEXEC)',
      '1734 fcntl(3, F_GETFD) = 0x1 (flags FD_CLOEXEC)',
    ],
    ['1734  fcntl(3, F_GETFD)                 = 0', '1734 fcntl(3, F_GETFD) = 0'],
    ['1734  fcntl(3, F_SETFD, FD_CLOEXEC)     = 0', '1734 fcntl(3, F_SETFD, FD_CLOEXEC) = 0'],
    [
      // A minimum of -1.
      '1734  fcntl(3, F_DUPFD, 4294967295)     = -1 EINVAL (Invalid argument)',
      '1734 fcntl(3, F_DUPFD, 4294967295) = -1 EINVAL (Invalid argument)',
    ],
    [
      '1734  open("/dev/null", O_RDWR)         = 13',
      '1734 openat(AT_FDCWD, "/dev/null", O_RDWR) = 13',
    ],
    [
      '1734  openat(AT_FDCWD, "/tmp", O_RDONLY|O_NOCTTY|O_NONBLOCK|O_NOFOLLOW|O_DIRECTORY) = 3',
      '1734 openat(AT_FDCWD, "/tmp", O_RDONLY|O_DIRECTORY) = 3',
    ],
    [
      '1734  openat(AT_FDCWD, "/tmp", O_RDONLY|O_PATH) = 16',
      '1734 openat(AT_FDCWD, "/tmp", O_RDONLY|O_PATH) = 16',
    ],
    ['1734  pipe2([25, 26], O_CLOEXEC)        = 0', '1734 pipe2([25, 26], O_CLOEXEC) = 0'],
    ['1734  pipe([27, 28])                    = 0', '1734 pipe2([27, 28], 0) = 0'],
    [
      '1734  pipe2(0x7fff6add2998, O_CLOEXEC)  = -1 EMFILE (Too many open files)',
      '1734 pipe2([], O_CLOEXEC) = -1 EMFILE (Too many open files)',
    ],
    [
      '1734  clone(child_stack=0x7ffd013d2f50, flags=CLONE_FILES|SIGCHLD) = 1735',
      '1734 clone(child_stack=NULL, flags=CLONE_FILES|SIGCHLD) = 1735',
    ],
    [
      '1734  clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD, child_tidptr=0x7fb8ad6d4a10) = 1737',
      '1734 fork() = 1737',
    ],
    [
      '17111 execve("/usr/bin/mount", ["mount", "-t", "bpf"..., ...], 0x5559f5332b38 /* 39 vars */) = 0',
      '17111 execve("/proc/self/exe", ["exe"], NULL) = 0',
    ],
    [
      '1734  socketpair(AF_UNIX, SOCK_STREAM, 0, [29, 30]) = 0',
      '1734 socketpair(AF_UNIX, SOCK_STREAM, 0, [29, 30]) = 0',
    ],
    [
      '1734  socketpair(AF_UNIX, SOCK_STREAM, 0, 0x7fff6add2998) = -1 EMFILE (Too many open files)',
      '1734 socketpair(AF_UNIX, SOCK_STREAM, 0, []) = -1 EMFILE (Too many open files)',
    ],
    [
      `1734  sendmsg(29, {${iov}, ${rights('3, 9', 24)}, msg_controllen=24, msg_flags=0}, MSG_DONTWAIT|MSG_NOSIGNAL) = 1`,
      '1734 sendmsg(29, {msg_control=[{cmsg_type=SCM_RIGHTS, cmsg_data=[3, 9]}]}, MSG_DONTWAIT|MSG_NOSIGNAL) = 1',
    ],
    [
      `1734  recvmsg(30, {${iov}, ${rights('33, 34', 24)}, msg_controllen=24, msg_flags=MSG_CMSG_CLOEXEC}, MSG_DONTWAIT|MSG_CMSG_CLOEXEC) = 1`,
      '1734 recvmsg(30, {msg_control=[{cmsg_type=SCM_RIGHTS, cmsg_data=[33, 34]}], msg_controllen=24}, MSG_DONTWAIT|MSG_CMSG_CLOEXEC) = 1',
    ],
    [
      `1734  recvmsg(30, {${iov}, ${rights('37', 20)}, msg_controllen=20, msg_flags=MSG_CTRUNC}, MSG_PEEK|MSG_DONTWAIT) = 1`,
      '1734 recvmsg(30, {msg_control=[{cmsg_type=SCM_RIGHTS, cmsg_data=[37]}], msg_controllen=20, msg_flags=MSG_CTRUNC}, MSG_PEEK|MSG_DONTWAIT) = 1',
    ],
    [
      `1734  recvmsg(30, {${iov}, msg_controllen=0, msg_flags=MSG_CTRUNC}, MSG_DONTWAIT) = 1`,
      '1734 recvmsg(30, {msg_controllen=0, msg_flags=MSG_CTRUNC}, MSG_DONTWAIT) = 1',
    ],
    [
      // Python gives room for an address, and the kernel says that there was none.
      `1734  recvmsg(4, {msg_name=0x7ffd2a6e55c0, msg_namelen=110 => 0, msg_iov=[{iov_base="x", iov_len=1}], msg_iovlen=1, ${rights('8', 20)}, msg_controllen=20, msg_flags=0}, MSG_DONTWAIT) = 1`,
      '1734 recvmsg(4, {msg_control=[{cmsg_type=SCM_RIGHTS, cmsg_data=[8]}], msg_controllen=20}, MSG_DONTWAIT) = 1',
    ],
    [
      // Of a call that failed, the room is not shown: it is taken for enough.
      '1734  recvmsg(30, {msg_namelen=0}, MSG_DONTWAIT) = -1 EAGAIN (Resource temporarily unavailable)',
      '1734 recvmsg(30, {msg_controllen=24}, MSG_DONTWAIT) = -1 EAGAIN (Resource temporarily unavailable)',
    ],
    [
      '1734  recvmsg(29, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base="", iov_len=1}], msg_iovlen=1, msg_controllen=0, msg_flags=0}, MSG_DONTWAIT) = 0',
      '1734 recvmsg(29, {msg_controllen=0}, MSG_DONTWAIT) = 0',
    ],
    [
      '1734  setsockopt(29, SOL_SOCKET, SO_ATTACH_BPF, [9], 4) = 0',
      '1734 setsockopt(29, SOL_SOCKET, SO_ATTACH_BPF, [9], 4) = 0',
    ],
    [
      '1734  setsockopt(29, SOL_SOCKET, SO_DETACH_FILTER, [0], 4) = -1 ENOENT (No such file or directory)',
      '1734 setsockopt(29, SOL_SOCKET, SO_DETACH_FILTER, [0], 4) = -1 ENOENT (No such file or directory)',
    ],
  ])('is read as the call that it is: %s', (line, printed) => {
    expect(normal(line)).toBe(printed);
    expect(normal(printed)).toBe(printed);
  });

  it('is read whatever file it execs, with its environment or without', () => {
    for (const args of [
      '"/bin/true", ["true"], ["A=b", "C"...]',
      '"/tmp/caf\\351", [], NULL',
      '"/bin/true", ["true", ...], 0x7ffd013d2f80 /* 1 var */',
    ]) {
      expect(normal(`1 execve(${args}) = 0`)).toBe('1 execve("/proc/self/exe", ["exe"], NULL) = 0');
    }
  });

  it('is refused for an execve of another file that failed', () => {
    expect(
      normal('1 execve("/usr/sbin/ls", ["ls"], 0x7ffd0 /* 9 vars */) = -1 ENOENT (No such file)'),
    ).toBe(
      '58: an execve of "/usr/sbin/ls" that failed was found, but whether another file can be run is outside this specification; remove this line, which changed nothing',
    );
    // What an implementation answers to the exec that it was asked for is a matter of conformance.
    const own = '1 execve("/proc/self/exe", ["exe"], NULL) = -1 EPERM (Operation not permitted)';
    expect(normal(own)).toBe(own);
  });

  it('is refused for an open that may have met a link which it was not to follow', () => {
    const followed = 'but a path is always followed to its end here';
    const failed = `an open with O_NOFOLLOW that failed was found, ${followed}; remove this line, which changed nothing`;
    for (const call of [
      'openat(AT_FDCWD, "/tmp", O_RDWR|O_NOFOLLOW)',
      'openat(AT_FDCWD, "/tmp", O_RDONLY|O_NOFOLLOW|O_DIRECTORY)',
      'open("/tmp", 0600000)',
    ]) {
      expect(normal(`1 ${call} = -1 ELOOP (Too many levels of symbolic links)`)).toBe(
        `${`1 ${call} = -`.length}: ${failed}`,
      );
      expect(normal(`1 ${call} = 3`)).toMatch(/^1 openat.* = 3$/);
    }
    expect(normal('1 openat(AT_FDCWD, "/tmp", O_RDONLY|O_NOFOLLOW|O_PATH) = 3')).toBe(
      `28: O_NOFOLLOW was found with O_PATH, ${followed}; leave it out where the path ends in no link`,
    );
  });

  it('is refused where it shows another call than the model has', () => {
    expect(normal('1 openat(AT_FDCWD, "/tmp", O_RDONLY|O_CLOEXEC|O_DIRECTORY) = 3')).toBe(
      '28: O_RDONLY|O_CLOEXEC|O_DIRECTORY was found where the flags of open (O_RDWR or O_RDONLY or O_WRONLY|O_TRUNC or O_RDONLY|O_DIRECTORY or O_RDONLY|O_PATH or O_RDWR|O_CREAT or O_RDWR|O_CREAT|O_EXCL) were expected',
    );
    expect(normal(`1 sendmsg(3, {${iov}, ${rights('5', 20)}}, 0) = 1`)).toContain(
      ': 0 was found where the flags of sendmsg (MSG_DONTWAIT|MSG_NOSIGNAL) were expected',
    );
    expect(normal(`1 sendmsg(3, {${iov}, msg_controllen=0}, MSG_DONTWAIT)`)).toBe(
      '14: the field msg_control of a message is missing from {...}',
    );
    expect(normal('1 recvmsg(3, {msg_iov=[{iov_base="", iov_len=99}]}, MSG_DONTWAIT)')).toBe(
      '46: 99 was found, but the length of a message is always 1 here',
    );
    expect(normal('1 clone(child_stack=NULL, flags=CLONE_THREAD|SIGCHLD)')).toContain(
      '33: CLONE_THREAD|SIGCHLD was found where the flags of clone (SIGCHLD or CLONE_FILES|SIGCHLD)',
    );
    expect(normal('1 socketpair(AF_UNIX, SOCK_DGRAM, 0, [3, 4]) = 0')).toContain('23: SOCK_DGRAM');
    expect(normal('1 setsockopt(3, SOL_SOCKET, SO_DETACH_FILTER, NULL, 0)')).toContain(
      '53: 0 was found, but the length of a socket option is always 4 here',
    );
  });
});
