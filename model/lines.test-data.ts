/** For tests: the calls of a trace that would fill a line, short. */
import type { Open } from './vocabulary/index.ts';

type InnerFd = `inner_map_fd=${number}`;

/** BPF_MAP_CREATE of a map with keys and values of one word. */
export function create(type: string, maxEntries = 1, inner?: InnerFd): string {
  const shape = `map_type=BPF_MAP_TYPE_${type}, key_size=4, value_size=4, max_entries=${maxEntries}`;
  return inner === undefined
    ? `bpf(BPF_MAP_CREATE, {${shape}}, 16)`
    : `bpf(BPF_MAP_CREATE, {${shape}, ${inner}}, 24)`;
}

export const load = 'bpf(BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_SOCKET_FILTER}, 48)';

export const loadOn = (mapFd: number): string =>
  `bpf(BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_SOCKET_FILTER, map_fd=${mapFd}}, 48)`;

/** BPF_PROG_TEST_RUN; `returned` is what the program answers, if the call succeeds. */
export const run = (fd: number, returned?: number): string =>
  `bpf(BPF_PROG_TEST_RUN, {test={prog_fd=${fd}${returned === undefined ? '' : `, retval=${returned}`}}}, 40)`;

export const update = (fd: number, key: number, value: number, flags = 'BPF_ANY'): string =>
  `bpf(BPF_MAP_UPDATE_ELEM, {map_fd=${fd}, key=${key}, value=${value}, flags=${flags}}, 32)`;

export const lookup = (fd: number, key: number): string =>
  `bpf(BPF_MAP_LOOKUP_ELEM, {map_fd=${fd}, key=${key}}, 32)`;

export const remove = (fd: number, key: number): string =>
  `bpf(BPF_MAP_DELETE_ELEM, {map_fd=${fd}, key=${key}}, 32)`;

/** BPF_MAP_GET_NEXT_KEY; `found` is the key that comes next, if the call succeeds. */
export const next = (fd: number, key: number | 'NULL', found?: number): string =>
  `bpf(BPF_MAP_GET_NEXT_KEY, {map_fd=${fd}, key=${key}${found === undefined ? '' : `, next_key=${found}`}}, 24)`;

export const pin = (path: string, fd: number): string =>
  `bpf(BPF_OBJ_PIN, {pathname="${path}", bpf_fd=${fd}}, 16)`;

export const get = (path: string): string => `bpf(BPF_OBJ_GET, {pathname="${path}"}, 16)`;

/** socketpair, with the two ends if it succeeds: `pair(3, 4)`. */
export const pair = (...ends: readonly number[]): string =>
  `socketpair(AF_UNIX, SOCK_STREAM, 0, [${ends.join(', ')}])`;

const control = (fds: readonly number[]): string =>
  `msg_control=[{cmsg_type=SCM_RIGHTS, cmsg_data=[${fds.join(', ')}]}]`;

export const send = (fd: number, ...fds: readonly number[]): string =>
  `sendmsg(${fd}, {${control(fds)}}, MSG_DONTWAIT|MSG_NOSIGNAL)`;

const controlSizes = { 0: 0, 1: 20, 2: 24 } as const;

interface Received {
  readonly room?: keyof typeof controlSizes;
  /** What was received. */
  readonly fds?: readonly number[];
  readonly flag?: 'MSG_PEEK' | 'MSG_CMSG_CLOEXEC';
  /** `truncated`: the message had more descriptors than came. */
  readonly came?: 'whole' | 'truncated';
}

/** recvmsg; whatever it tells of a success is told by `fds` and `came`. */
export function receive(fd: number, told: Received = {}): string {
  const { room = 2, fds = [], flag, came = 'whole' } = told;
  const parts = [
    ...(fds.length === 0 ? [] : [control(fds)]),
    `msg_controllen=${controlSizes[room]}`,
    ...(came === 'truncated' ? ['msg_flags=MSG_CTRUNC'] : []),
  ];
  const flags =
    flag === 'MSG_PEEK' ? 'MSG_PEEK|MSG_DONTWAIT' : ['MSG_DONTWAIT', flag ?? []].flat().join('|');
  return `recvmsg(${fd}, {${parts.join(', ')}}, ${flags})`;
}

export const attach = (fd: number, program: number): string =>
  `setsockopt(${fd}, SOL_SOCKET, SO_ATTACH_BPF, [${program}], 4)`;

export const detach = (fd: number): string =>
  `setsockopt(${fd}, SOL_SOCKET, SO_DETACH_FILTER, [0], 4)`;

export const clone = 'clone(child_stack=NULL, flags=CLONE_FILES|SIGCHLD)';
export const exec = 'execve("/proc/self/exe", ["exe"], NULL)';

/** open(2); null is the NULL pointer. */
export function open(path: string | null, flag: Open['flag']): string {
  const shown = path === null ? 'NULL' : `"${path}"`;
  const isBare = flag !== 'O_DIRECTORY' && flag !== 'O_PATH';
  const mode = flag.includes('O_CREAT') ? ', 0600' : '';
  return `openat(AT_FDCWD, ${shown}, ${isBare ? flag : `O_RDONLY|${flag}`}${mode})`;
}

export const mountOn = (path: string): string => `mount("bpf", "${path}", "bpf", 0, NULL)`;

/** What errors look like. */
export const badFd = '-1 EBADF (Bad file descriptor)';
export const invalid = '-1 EINVAL (Invalid argument)';
export const noEntry = '-1 ENOENT (No such file or directory)';
export const noDirectory = '-1 ENOTDIR (Not a directory)';
export const tooBig = '-1 E2BIG (Argument list too long)';
export const exists = '-1 EEXIST (File exists)';
export const noNumber = '-1 EMFILE (Too many open files)';
export const noSocket = '-1 ENOTSOCK (Socket operation on non-socket)';

type ProgType = 'SOCKET_FILTER' | 'SCHED_CLS' | 'CGROUP_SKB';

/** BPF_PROG_LOAD of a program of a type, and of one that uses a map. */
export const loadAs = (type: ProgType, mapFd?: number): string =>
  `bpf(BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_${type}${mapFd === undefined ? '' : `, map_fd=${mapFd}`}}, 48)`;

const egress = 'attach_type=BPF_CGROUP_INET_EGRESS';

export const attachTo = (target: number, program: number, flags = 'BPF_F_ALLOW_MULTI'): string =>
  `bpf(BPF_PROG_ATTACH, {target_fd=${target}, attach_bpf_fd=${program}, ${egress}, attach_flags=${flags}}, 16)`;

export const detachFrom = (target: number, program: number): string =>
  `bpf(BPF_PROG_DETACH, {target_fd=${target}, attach_bpf_fd=${program}, ${egress}}, 12)`;

export const link = (program: number, target: number): string =>
  `bpf(BPF_LINK_CREATE, {link_create={prog_fd=${program}, target_fd=${target}, ${egress}, flags=0}}, 16)`;

export const detachLink = (fd: number): string =>
  `bpf(BPF_LINK_DETACH, {link_detach={link_fd=${fd}}}, 4)`;

export const newFilter = (
  direction: 'ingress' | 'egress',
  program: number,
  flag = 'NLM_F_EXCL',
): string => `rtnetlink(RTM_NEWTFILTER, {tcm_parent=${direction}, fd=${program}}, ${flag})`;

export const delFilter = (direction: 'ingress' | 'egress'): string =>
  `rtnetlink(RTM_DELTFILTER, {tcm_parent=${direction}})`;

export const delQdisc = 'rtnetlink(RTM_DELQDISC, {kind="clsact"})';

export const renameat2 = (from: string, to: string, flag: string): string =>
  `renameat2(AT_FDCWD, "${from}", AT_FDCWD, "${to}", ${flag})`;
