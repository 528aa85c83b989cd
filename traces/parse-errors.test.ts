import { describe, expect, it } from 'vitest';
import { parseTrace } from './index.ts';

/** The one error of a text, as COLUMN: MESSAGE. */
function error(line: string): string {
  const result = parseTrace(line);
  if (result.ok) return 'no error';
  return result.errors.map(({ column, message }) => `${column}: ${message}`).join('\n');
}

const told = '{info={bpf_fd=3, type=BPF_MAP_TYPE_HASH}}';

describe('an error of a trace', () => {
  it('names the nearest call, flag, field, command and error', () => {
    expect(error('1 clsoe(3)')).toBe(
      '3: clsoe was found where a call of this specification was expected; did you mean close?',
    );
    expect(error('1 umount2("/a", MNT_DETATCH)')).toBe(
      '17: MNT_DETATCH was found where the flags of umount2 (0 or MNT_FORCE or MNT_DETACH or UMOUNT_NOFOLLOW or MNT_EXPIRE or MNT_DETACH|MNT_EXPIRE) were expected; did you mean MNT_DETACH?',
    );
    expect(error('1 bpf(BPF_OBJ_PIN, {path_name="/a", bpf_fd=3}, 16)')).toContain(
      '21: path_name is no field of BPF_OBJ_PIN here; did you mean pathname?',
    );
    expect(error('1 bpf(BPF_OBJ_PINN, {}, 16)')).toBe(
      '7: BPF_OBJ_PINN was found where a command of bpf was expected; did you mean BPF_OBJ_PIN?',
    );
    expect(error('1 close(3) = -1 EBADFF')).toBe(
      '17: EBADFF was found where the name of an error was expected; did you mean EBADF?',
    );
  });

  it('says how a call is written here that has another name elsewhere', () => {
    expect(error('1 clone(NULL)')).toBe(
      '9: NULL was found as an argument of clone; here it is written fork() or clone(child_stack=NULL, flags=CLONE_FILES|SIGCHLD)',
    );
    expect(error('1 vfork()')).toContain('; here it is written fork()');
    expect(error('1 SO_ATTACH_BPF(3, 4)')).toContain(
      '; here it is written setsockopt(FD, SOL_SOCKET, SO_ATTACH_BPF, [FD], 4)',
    );
    expect(error('1 bind("/a", "/b")')).toContain(
      '; here it is written mount("SOURCE", "TARGET", NULL, MS_BIND, NULL)',
    );
    expect(error('1 BPF_OBJ_GET("/a")')).toContain(
      '; here it is written bpf(BPF_OBJ_GET, {...}, SIZE)',
    );
    expect(error('1 setns(3, 0)')).toContain('the flag of setns (CLONE_NEWNS) was expected');
    expect(error('1 ioperm(3, 0)')).toContain('; known are bpf, close, dup');
  });

  it('refuses what the model fixes, rather than to take it for something else', () => {
    expect(error('1 mkdir("/d", 0700)')).toBe(
      '15: 0700 was found, but the mode of a new directory is always 0755 here',
    );
    expect(error('1 exit_group(1)')).toContain('the status of exit_group is always 0 here');
    expect(error('1 mount("none", "/a", "bpf", 0, NULL)')).toBe(
      '9: "none" was found, but the source of a fresh mount is always "bpf" here',
    );
    expect(error('1 mount("bpf", "/a", "tmpfs", 0, NULL)')).toContain('22: "tmpfs" was found');
    expect(error('1 mount("/a", "/b", "bpf", MS_BIND, NULL)')).toContain('is always NULL here');
    expect(error('1 mount("/a", "/b", NULL, MS_MOVE, "x")')).toContain('always NULL here');
    expect(error('1 mount("/a", "/b", NULL, MS_REMOUNT, NULL)')).toContain(
      'the source of a mount that is changed',
    );
    expect(error('1 mount("bpf", "/a", "bpf", 0, 7)')).toContain('the options of a mount');
    expect(error('1 mount("bpf", "/a", "bpf", MS_NOSUID, NULL)')).toContain('the flags of mount');
    expect(error('1 kill(2, SIGTERM)')).toContain('the signal (SIGKILL) was expected');
    expect(error('1 unshare(CLONE_NEWUSER)')).toContain(
      'the flags of unshare (CLONE_NEWNS or CLONE_NEWUSER|CLONE_NEWNS)',
    );
    expect(error('1 bpf(BPF_OBJ_PIN, {pathname="/a", bpf_fd=3, file_flags=8}, 16)')).toBe(
      '57: 8 was found where the flags of BPF_OBJ_PIN (0) were expected',
    );
    expect(error('1 bpf(BPF_OBJ_GET, {pathname="/a", file_flags=BPF_F_PATH_FD}, 16)')).toBe(
      '47: BPF_F_PATH_FD was found without path_fd; add path_fd=FD, the directory in which the path starts',
    );
    expect(error('1 bpf(BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_XDP}, 48)')).toContain(
      'the type of a program (BPF_PROG_TYPE_SOCKET_FILTER or BPF_PROG_TYPE_SCHED_CLS or BPF_PROG_TYPE_CGROUP_SKB) was expected; this specification has no other',
    );
  });

  it.each([
    ['close(3)', '1: "close" was found where a line starts: expected a process and a call'],
    ['0 close(3)', '1: 0 was found where a process (a number from 1 to 2147483647) was expected'],
    ['99999999999999999999 fork()', '1: 99999999999999999999 is too large for any number here'],
    ['1 3', '3: "3" was found where a call was expected: NAME(...)'],
    ['1 close(', '9: the end of the line was found where a number, a string'],
    ['1 close(3', '10: the end of the line was found where "," or ")" was expected'],
    ['1 close(3,)', '11: ")" was found where a number'],
    ['1 close(3, 4)', '13: close was found with 2 arguments, but close(FD) was expected'],
    ['1 close("a")', '9: "a" was found where a descriptor (a number from'],
    ['1 close(2147483648)', '9: 2147483648 was found where a descriptor'],
    ['1 close(089)', '9: 089 starts with 0 and so is octal'],
    ['1 unlink({a=1})', '10: {...} was found where a path in double quotes, or NULL, was expected'],
    ['1 unlink({a={b={c={d={e=1}}}}})', '22: this is nested too deep for any call'],
    ['1 unlink("/a)', '10: this string has no closing quote'],
    ['1 unlink("/a"...)', '14: this string was cut short'],
    [String.raw`1 unlink("\q")`, String.raw`11: "\\q" is no escape that C knows`],
    [String.raw`1 unlink("\777")`, String.raw`11: "\\7" is no escape that C knows`],
    [String.raw`1 unlink("\0")`, '10: a string of C cannot hold a NUL byte'],
    [String.raw`1 unlink("\377")`, '10: the bytes of this string are not UTF-8'],
    ['1 unlink("\ud800")', '10: this string is not well-formed Unicode'],
    ['1 bpf(BPF_OBJ_GET, "/a", 16)', '20: "/a" was found where {attributes} were expected'],
    ['1 bpf("a", {}, 16)', 'and any by number, as in bpf(6, {u64_0="/PATH", u32_8=3}, 12)'],
    [
      '1 bpf(BPF_MAP_UPDATE_ELEM, {map_fd=3, key=0, value=0, flags=5})',
      '61: 5 was found where the flags of an update (BPF_ANY or BPF_NOEXIST or BPF_EXIST or BPF_NOEXIST|BPF_EXIST or BPF_F_LOCK) were expected',
    ],
    ['1 bpf(BPF_MAP_FREEZE, {fd=3})', '24: fd is no field of BPF_MAP_FREEZE here; its fields are'],
    ['1 bpf(BPF_MAP_FREEZ, {map_fd=3})', 'expected; did you mean BPF_MAP_FREEZE?'],
    ['1 bpf(BPF_OBJ_GET_INFO_BY_FD, {bpf_fd=3})', '32: bpf_fd is no field of BPF_OBJ_GET_INFO_BY_'],
    [
      '1 bpf(BPF_OBJ_GET_INFO_BY_FD, {info={bpf_fd=3, info=0x7f4f377acf30}}, 16) = 0',
      '77: 0 was found as the result; 0 with type=TYPE and max_entries=NUMBER, nr_map_ids=NUMBER or cgroup={cgroup_id=NUMBER}, or -1 ERROR, was expected',
    ],
    [`1 bpf(BPF_OBJ_GET_INFO_BY_FD, ${told}) = 0`, '37: the field max_entries of BPF_OBJ_GET_INFO'],
    [
      `1 bpf(BPF_OBJ_GET_INFO_BY_FD, ${told.replace('HASH', 'QUEUE')}) = 0`,
      '53: BPF_MAP_TYPE_QUEUE was found where the type of a map',
    ],
    [
      `1 bpf(BPF_OBJ_GET_INFO_BY_FD, ${told.replace('MAP_TYPE_HASH', 'PROG_TYPE_XDP')}) = 0`,
      '53: BPF_PROG_TYPE_XDP was found where the type of a program',
    ],
    ['1 bpf(BPF_OBJ_GET, {}, 16)', '20: the field pathname of BPF_OBJ_GET is missing'],
    ['1 bpf(BPF_OBJ_GET, {"/a"}, 16)', 'was found where a field was expected: NAME=VALUE'],
    [
      '1 bpf(BPF_OBJ_GET, {pathname="/a", pathname="/a"})',
      '36: the field pathname was found twice',
    ],
    ['1 bpf(BPF_OBJ_GET, {pathname="/a", color=1})', 'its fields are pathname'],
    ['1 close(3) = x', '14: "x" was found where a result was expected'],
    ['1 close(3) = ?', '14: "?" was found as the result of a call that returns'],
    ['2 kill(1, SIGKILL) = ?', '"?" was found as the result of a call that returns'],
    ['1 close(3) = -1', '14: -1 was found without the name of its error'],
    ['1 close(3) = -2 ENOENT', '14: -2 ENOENT was found as a result'],
    ['1 close(3) = 0 ENOENT', '14: 0 ENOENT was found as a result'],
    ['1 close(3) = 0 (value=1)', '23: a value was found behind the result, but only a lookup'],
    ['1 close(3) = 0 (value=x)', '23: "x" was found where a value was expected'],
    ['1 bpf(BPF_MAP_LOOKUP_ELEM, {map_fd=3, key=0}) = 0', '0 was found as the result of a lookup'],
    ['1 pipe2([3], 0) = 0', '9: [3] was found where a pair of descriptors [FD, FD] was expected'],
    [
      '1 pipe2([3, 4096], 0) = 0',
      '13: 4096 was found where a descriptor (a number from 0 to 4095)',
    ],
    ['1 pipe2([3, 4], 0) = 3', '22: 3 was found as the result; 0 with [FD, FD], or -1 ERROR, was'],
    ['1 pipe2([3, 4]', '15: the end of the line was found where "," or ")" was expected'],
    ['1 pipe2([3, 4, 0)', '17: ")" was found where "," or "]" was expected'],
    ['1 pipe2([3, 4], O_CLOEXC)', '17: O_CLOEXC was found where a flag of pipe2 (0 or O_CLOEXEC)'],
    [
      '1 bpf(BPF_MAP_GET_NEXT_KEY, {map_fd=3, key=0}) = 0',
      '50: 0 was found as the result; 0 with next_key=KEY, or -1 ERROR, was expected',
    ],
    [
      '1 bpf(BPF_MAP_GET_NEXT_KEY, {map_fd=3, key=0, next_key=0x7ffd013d2f80}) = 0',
      '56: 0x7ffd013d2f80 was found where the next_key (a number from 0 to 4294967295)',
    ],
    [
      '1 bpf(BPF_PROG_TEST_RUN, {test={prog_fd=3}}) = 0',
      '48: 0 was found as the result; 0 with retval=NUMBER, or -1 ERROR, was expected',
    ],
    ['1 bpf(BPF_PROG_TEST_RUN, {test=3})', '32: 3 was found where the fields of BPF_PROG_TEST_RUN'],
    [
      '1 bpf(BPF_PROG_TEST_RUN, {test={prog=3}})',
      '33: prog is no field of BPF_PROG_TEST_RUN here; its fields are prog_fd, retval',
    ],
    ['1 fcntl(3, F_GETFD, 0)', '21: 0 was found for F_GETFD, but fcntl(FD, F_DUPFD, FD), '],
    [
      '1 fcntl(3, F_DUPFD)',
      '19: no argument was found for F_DUPFD, but fcntl(FD, F_DUPFD, FD), fcntl(FD, F_DUPFD_CLOEXEC, FD), fcntl(FD, F_GETFD), fcntl(FD, F_SETFD, FLAG) or fcntl(FD, F_GETFL) was expected',
    ],
    ['1 fcntl(3, F_DUPFD_CLOEXEC, "3")', '29: "3" was found where a descriptor'],
    ['1 fcntl(3, F_SETFD, O_CLOEXEC)', '21: O_CLOEXEC was found where the flag of F_SETFD'],
    ['1 fcntl(3, F_GETFD) = 2', '23: 2 was found where the flags of a descriptor'],
    ['1 fcntl(3, F_GETFD) = 0 (flags FD_CLOEXEC)', '32: flags were found behind the result, but'],
    ['1 dup(3) = 1 (flags FD_CLOEXEC)', '21: flags were found behind the result, but only F_GETFD'],
    [
      '1 open("/dev/null", O_RDWRR)',
      '21: O_RDWRR was found where the flags of open (O_RDWR or O_RDONLY or O_WRONLY|O_TRUNC or O_RDONLY|O_DIRECTORY or O_RDONLY|O_PATH or O_RDWR|O_CREAT or O_RDWR|O_CREAT|O_EXCL) were expected; did you mean O_RDWR?',
    ],
    ['1 open("/dev/null", 4294967298)', '21: 4294967298 was found where the flags of open'],
    ['1 open("/dev/null", O_RDWR|010000000000000)', '21: O_RDWR|010000000000000 was found where'],
    ['1 open("/dev/null", O_RDWR|09)', '21: O_RDWR|09 was found where the flags of open'],
    ['1 recvmsg(3, {}, MSG_DONTWAIT|0zz)', '18: MSG_DONTWAIT|0zz was found where the flags of'],
    ['1 recvmsg(3, {}, MSG_DONTWAIT|0x100000000)', '18: MSG_DONTWAIT|0x100000000 was found where'],
    ['1 clone(flags=CLONE_FILES|SIGCHLD|0x)', '15: CLONE_FILES|SIGCHLD|0x was found where the'],
    ['1 execve(3, ["a"], NULL)', '10: 3 was found where the file of execve in double quotes was'],
    ['1 execve(NULL, ["a"], NULL)', '10: NULL was found where the file of execve'],
    ['1 execve("/a", 4, NULL)', '16: 4 was found where the arguments of execve ["ARGUMENT"] were'],
    ['1 execve("/a", [4], NULL)', '16: [4] was found where the arguments of execve'],
    [
      '1 execve("/a", ["a"], 5)',
      '23: 5 was found where the environment of execve (["NAME=VALUE"], ',
    ],
    ['1 openat("x", "/dev/null", O_RDWR)', '10: "x" was found where AT_FDCWD, or the descriptor'],
    ['1 clone(child_stack=NULL)', '25: clone was found without flags=FLAGS'],
    ['1 close(fd=3)', '9: fd=3 was found where a descriptor'],
    ['1 recvmsg(3, {}, MSG_DONTWAIT) = 2', '34: 2 was found as the result of recvmsg; 1, 0 with'],
    [
      '1 recvmsg(3, {msg_flags=MSG_CTRUNC}, MSG_DONTWAIT) = 0',
      '54: 0 was found as the result of recvmsg; 1, 0 with nothing received, or -1 ERROR, was',
    ],
    [
      '1 sendmsg(3, {msg_control=[]}, MSG_DONTWAIT|MSG_NOSIGNAL)',
      '27: [] was found where one control message [{...}] was expected',
    ],
    [
      '1 sendmsg(3, {msg_control=[{cmsg_type=SCM_RIGHTS, cmsg_data=[3, 4, 5]}]}, MSG_DONTWAIT|MSG_NOSIGNAL)',
      '61: [3, 4, 5] was found where a list of one or two descriptors [FD] was expected',
    ],
    ['1 setsockopt(3, SOL_SOCKET, SO_ATTACH_BPF, 4, 4)', '44: 4 was found where the descriptor of'],
    [
      '1 setsockopt(3, SOL_SOCKET, SO_DETACH_FILTER, "junk", 4)',
      '47: "junk" was found where a number [0] was expected',
    ],
    ['1 setsockopt(3, SOL_SOCKET, SO_DETACH_FILTER, [], 4)', '47: [] was found where a number'],
    ['1 close(3) = 0 more', '14: 0 more was found as a result; an error is written -1 ERROR'],
    ['1 close(3) <unfinished ...>', '12: "<" was found where the line was expected to end'],
    ['#: title', '3: this header line has no key or no value; "#: key: value" was expected'],
    ['#: a title: x', '3: this header line has no key'],
    ['1 fork()\n#: title: x', '3: a header line was found behind the first call'],
    ['#: title: x\n#: title: x', '3: the header key title was found twice'],
  ])('tells what is wrong with %s', (line, message) => {
    expect(error(line)).toContain(message);
    expect(error(line).split('\n')).toHaveLength(1);
  });

  it('is reported for each line, up to ten of them', () => {
    const result = parseTrace('1 fork()\n1 fork(1)\n\n1 fork(2) = x\n');
    expect(result.ok ? [] : result.errors.map(({ line }) => line)).toEqual([2, 4]);
    const many = parseTrace('x\n'.repeat(20));
    expect(many.ok ? [] : many.errors.map(({ line }) => line)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
  });
});
