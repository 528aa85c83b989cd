/** One table of how a program that plays a trace makes each call, or why it does not. */
import type { Call, CallName } from '../../model/vocabulary/index.ts';

/** Why a call is not made. */
export const refusals = {
  'no-hooks': 'the program makes neither cgroups nor network devices',
  'no-proc': 'there is no /proc where the program makes its calls',
  'no-fields': 'the program fills in the attributes of known calls only',
} as const;
export type Refusal = keyof typeof refusals;

/** What the driver of the program does itself, or has a process do: it forks, reaps and waits. */
export type ProcessKind = 'FORK' | 'CLONE' | 'EXEC' | 'EXIT' | 'KILL';

/** By a function of the program, as a system call and nothing else, or as one about mounts. */
export type Making = 'function' | 'system-call' | 'mount-call';

const ways = {
  fork: 'FORK',
  clone: 'CLONE',
  execve: 'EXEC',
  exit_group: 'EXIT',
  kill: 'KILL',
  BPF_MAP_CREATE: 'function',
  BPF_MAP_UPDATE_ELEM: 'function',
  BPF_MAP_LOOKUP_ELEM: 'function',
  BPF_MAP_DELETE_ELEM: 'function',
  BPF_MAP_GET_NEXT_KEY: 'function',
  BPF_PROG_LOAD: 'function',
  BPF_PROG_TEST_RUN: 'function',
  BPF_MAP_FREEZE: 'function',
  BPF_OBJ_GET_INFO_BY_FD: 'function',
  BPF_OBJ_PIN: 'function',
  BPF_OBJ_GET: 'function',
  dup2: 'function',
  fcntl: 'function',
  pipe2: 'function',
  socketpair: 'function',
  sendmsg: 'function',
  recvmsg: 'function',
  SO_ATTACH_BPF: 'function',
  SO_DETACH_FILTER: 'function',
  stat: 'function',
  statx: 'function',
  umask: 'function',
  setresuid: 'function',
  close: 'system-call',
  dup: 'system-call',
  dup3: 'system-call',
  open: 'system-call',
  chdir: 'system-call',
  fchdir: 'system-call',
  mkdir: 'system-call',
  rmdir: 'system-call',
  unlink: 'system-call',
  link: 'system-call',
  linkat: 'system-call',
  rename: 'system-call',
  renameat2: 'system-call',
  symlink: 'system-call',
  mknod: 'system-call',
  truncate: 'system-call',
  utimensat: 'system-call',
  setxattr: 'system-call',
  access: 'system-call',
  chmod: 'system-call',
  chown: 'system-call',
  mount: 'mount-call',
  bind: 'mount-call',
  move: 'mount-call',
  remount: 'mount-call',
  'set-propagation': 'mount-call',
  umount2: 'mount-call',
  unshare: 'mount-call',
  'unshare-user': 'mount-call',
  setns: 'mount-call',
  BPF_MAP_GET_FD_BY_ID: 'function',
  BPF_PROG_GET_FD_BY_ID: 'function',
  BPF_LINK_GET_FD_BY_ID: 'function',
  BPF_MAP_GET_NEXT_ID: 'function',
  BPF_PROG_GET_NEXT_ID: 'function',
  BPF_LINK_GET_NEXT_ID: 'function',
  BPF_PROG_ATTACH: 'no-hooks',
  BPF_PROG_DETACH: 'no-hooks',
  BPF_LINK_CREATE: 'no-hooks',
  BPF_LINK_DETACH: 'no-hooks',
  RTM_NEWTFILTER: 'no-hooks',
  RTM_DELTFILTER: 'no-hooks',
  RTM_DELQDISC: 'no-hooks',
  'open-namespace': 'no-proc',
  'bind-namespace': 'no-proc',
  bpf: 'no-fields',
  readdir: 'function',
} as const satisfies Record<CallName, ProcessKind | Making | Refusal>;

type Ways = typeof ways;

type Made<Of extends Call, Way> = Of extends Call
  ? Ways[Of['call']] extends Way
    ? Of
    : never
  : never;

/** The calls that are made in one of these ways. */
export type CallBy<Way> = Made<Call, Way>;

export const wayOf = <Of extends CallName>(call: { readonly call: Of }): Ways[Of] =>
  ways[call.call];

export const isRefusal = (way: string): way is Refusal => way in refusals;

export function isBy<Way extends Making>(call: Call, way: Way): call is CallBy<Way> {
  return ways[call.call] === way;
}
