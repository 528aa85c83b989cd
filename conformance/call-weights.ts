import { callNames } from '../model/vocabulary/index.ts';
import type { CallName } from '../model/vocabulary/index.ts';
import { filtersTraffic, hangsOnCgroups } from './decode-attachment-call.ts';

/**
 * How often each call is chosen: pins, gets, mounts and forks are what the suite is about, and make
 * up half of all calls, raw pins and gets included; arrays, messages and shared tables are other ways to
 * hold what is pinned. Names that move, and what programs hang on, are for the runs that are about them.
 */
const weights: Readonly<Record<CallName, number>> = {
  BPF_MAP_CREATE: 8,
  BPF_MAP_UPDATE_ELEM: 12,
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
  BPF_OBJ_PIN: 24,
  BPF_OBJ_GET: 24,
  close: 9,
  dup: 2,
  dup2: 3,
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
  recvmsg: 7,
  SO_ATTACH_BPF: 2,
  SO_DETACH_FILTER: 3,
  BPF_PROG_ATTACH: 7,
  BPF_PROG_DETACH: 12,
  BPF_LINK_CREATE: 10,
  BPF_LINK_DETACH: 6,
  BPF_LINK_GET_FD_BY_ID: 9,
  BPF_LINK_GET_NEXT_ID: 4,
  RTM_NEWTFILTER: 8,
  RTM_DELTFILTER: 6,
  RTM_DELQDISC: 2,
  chdir: 4,
  fchdir: 5,
  mkdir: 4,
  rmdir: 3,
  unlink: 9,
  link: 16,
  linkat: 14,
  rename: 21,
  renameat2: 7,
  symlink: 7,
  // One mkdir in eight is a mknod: what never succeeds is worth no more.
  mknod: 0,
  stat: 8,
  truncate: 3,
  utimensat: 2,
  setxattr: 1,
  readdir: 5,
  statx: 4,
  access: 3,
  chmod: 3,
  chown: 3,
  umask: 2,
  setresuid: 4,
  mount: 15,
  bind: 6,
  // Few of them will do: one rename in eight is a move, one stat in four a remount, one
  // mount in eight sets what is passed on.
  move: 0,
  remount: 0,
  'set-propagation': 0,
  umount2: 7,
  unshare: 4,
  // One unshare in sixteen takes a new user namespace along, and most of those without capabilities.
  'unshare-user': 0,
  // One chdir in two opens a namespace instead; where one is open, most of them and of the
  // unshares join it, and every other fork.
  'open-namespace': 0,
  'bind-namespace': 0,
  setns: 0,
};

/** What programs hang on: all calls for which a cgroup or a classifier has to be there. */
const hooks: ReadonlySet<CallName> = new Set([...hangsOnCgroups, ...filtersTraffic]);

/** What moves names, looks at files, says who may do what, or where paths start. */
const names: ReadonlySet<CallName> = new Set([
  ...(['link', 'linkat', 'rename', 'renameat2', 'symlink', 'chdir', 'fchdir'] as const),
  ...([
    'stat',
    'truncate',
    'utimensat',
    'setxattr',
    'readdir',
    'move',
    'remount',
    'set-propagation',
  ] as const),
  ...(['statx', 'access', 'chmod', 'chown', 'umask', 'setresuid'] as const),
]);

/** In the order of the calls: the simplest come first. */
const lotteryOf = (
  isIn: (name: CallName) => boolean,
  among: Readonly<Record<CallName, number>> = weights,
): readonly CallName[] =>
  callNames.flatMap((name) => (isIn(name) ? new Array<CallName>(among[name]).fill(name) : []));

/**
 * The runs that move names about; in them paths start anywhere (`path-starts.ts`), so directories have to
 * be open.
 */
export const wandering = lotteryOf((name) => !hooks.has(name), { ...weights, open: 5 });

const plain = lotteryOf((name) => !hooks.has(name) && !names.has(name));

/**
 * From which the calls of a run are drawn: one run in four moves names about, one makes programs hang
 * on something, often enough to come to its end, and the others do without.
 */
export const lotteries: readonly (readonly CallName[])[] = [
  plain,
  plain,
  wandering,
  lotteryOf((name) => !names.has(name)),
];
