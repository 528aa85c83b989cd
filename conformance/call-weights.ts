import { callNames } from '../model/vocabulary/index.ts';
import type { CallName } from '../model/vocabulary/index.ts';

/**
 * How often each call is chosen: pins, gets, mounts and forks are what the suite is about, and make
 * up half of all calls, raw pins and gets included, however many others there are; arrays, messages and shared tables are other ways to hold what is pinned.
 */
const weights: Readonly<Record<CallName, number>> = {
  BPF_MAP_CREATE: 8,
  BPF_MAP_UPDATE_ELEM: 10,
  BPF_MAP_LOOKUP_ELEM: 3,
  BPF_MAP_DELETE_ELEM: 3,
  BPF_MAP_GET_NEXT_KEY: 1,
  BPF_PROG_LOAD: 6,
  BPF_PROG_TEST_RUN: 6,
  BPF_MAP_FREEZE: 1,
  BPF_OBJ_GET_INFO_BY_FD: 1,
  BPF_MAP_GET_FD_BY_ID: 2,
  BPF_PROG_GET_FD_BY_ID: 1,
  BPF_MAP_GET_NEXT_ID: 1,
  BPF_PROG_GET_NEXT_ID: 1,
  bpf: 5,
  BPF_OBJ_PIN: 19,
  BPF_OBJ_GET: 19,
  close: 9,
  dup: 2,
  dup2: 2,
  dup3: 1,
  fcntl: 2,
  open: 1,
  pipe2: 1,
  fork: 6,
  clone: 2,
  execve: 2,
  exit_group: 1,
  kill: 2,
  socketpair: 1,
  sendmsg: 4,
  recvmsg: 6,
  SO_ATTACH_BPF: 1,
  SO_DETACH_FILTER: 3,
  mkdir: 4,
  rmdir: 3,
  unlink: 9,
  mount: 12,
  bind: 6,
  umount2: 7,
  unshare: 4,
};

/** Every call as often as its weight says, in the order of the calls: the simplest come first. */
export const lottery: readonly CallName[] = callNames.flatMap((name) =>
  new Array<CallName>(weights[name]).fill(name),
);
