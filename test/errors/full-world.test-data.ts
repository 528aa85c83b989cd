/** A world with one of everything that a name can lead to. */
import type { Bounds } from '../../model/index.ts';
import type { Call, Step } from '../../model/vocabulary/index.ts';
import { campaignBounds, campaignHost } from '../../conformance/setup.ts';

export const host = campaignHost.filter((path) => !path.startsWith('/cgroup'));

const makeByRoot: readonly Call[] = [
  { call: 'mount', target: '/mnt/a' },
  {
    call: 'BPF_MAP_CREATE',
    type: 'BPF_MAP_TYPE_ARRAY',
    keySize: 4,
    valueSize: 4,
    maxEntries: 1,
  },
  { call: 'BPF_PROG_LOAD', mapFd: null },
  { call: 'BPF_OBJ_PIN', path: '/mnt/a/x', fd: 3 },
  { call: 'BPF_OBJ_PIN', path: '/mnt/a/y', fd: 4 },
  { call: 'BPF_OBJ_PIN', path: '/mnt/a/z', fd: 4 },
  { call: 'bind', source: '/file', target: '/mnt/a/z' },
  { call: 'mkdir', path: '/mnt/a/d' },
  { call: 'mkdir', path: '/mnt/a/d/s' },
  { call: 'mkdir', path: '/mnt/a/e' },
  { call: 'mkdir', path: '/mnt/a/e/t' },
  { call: 'mount', target: '/mnt/a/e' },
  // A directory that was removed, and is still there at /mnt/b.
  { call: 'mkdir', path: '/mnt/a/g' },
  { call: 'bind', source: '/mnt/a/g', target: '/mnt/b' },
  { call: 'open', path: '/dev/null', flag: 'O_RDWR' },
  { call: 'open', path: '/mnt', flag: 'O_DIRECTORY' },
  { call: 'open', path: '/file', flag: 'O_PATH' },
  { call: 'open', path: '/mnt/a/g', flag: 'O_DIRECTORY' },
  { call: 'rmdir', path: '/mnt/a/g' },
  // A mount that is in no namespace any more, and a directory that was removed in it, both open.
  { call: 'mkdir', path: '/mnt/a/i' },
  { call: 'mount', target: '/mnt/a/i' },
  { call: 'mkdir', path: '/mnt/a/i/r' },
  { call: 'open', path: '/mnt/a/i', flag: 'O_DIRECTORY' },
  { call: 'open', path: '/mnt/a/i/r', flag: 'O_DIRECTORY' },
  { call: 'rmdir', path: '/mnt/a/i/r' },
  { call: 'umount2', target: '/mnt/a/i', flag: 'MNT_DETACH' },
  { call: 'BPF_OBJ_PIN', path: '/mnt/a/e/p', fd: 3 },
  { call: 'BPF_OBJ_PIN', path: '/mnt/a/q', fd: 3 },
  { call: 'bind', source: '/mnt/a/x', target: '/mnt/a/q' },
  { call: 'symlink', target: 'x', path: '/mnt/a/l' },
  { call: 'symlink', target: 'd', path: '/mnt/a/k' },
  { call: 'symlink', target: 'missing', path: '/mnt/a/dangling' },
  { call: 'symlink', target: 'loop', path: '/mnt/a/loop' },
  // What a user without capabilities is told of: its own, and what it may not search, write or remove.
  { call: 'BPF_OBJ_PIN', path: '/mnt/a/d/p', fd: 3 },
  { call: 'BPF_OBJ_PIN', path: '/mnt/a/w', fd: 3 },
  { call: 'chown', path: '/mnt/a/w', owner: 65534 },
  { call: 'mkdir', path: '/mnt/a/c' },
  { call: 'chown', path: '/mnt/a/c', owner: 65534 },
  { call: 'BPF_OBJ_PIN', path: '/mnt/a/c/x', fd: 3 },
  { call: 'mkdir', path: '/mnt/a/c/r' },
  { call: 'mkdir', path: '/mnt/a/c/v' },
  { call: 'mount', target: '/mnt/a/c/v' },
  { call: 'mkdir', path: '/mnt/a/t' },
  { call: 'chmod', path: '/mnt/a/t', mode: 0o1755 },
  { call: 'BPF_OBJ_PIN', path: '/mnt/a/t/x', fd: 3 },
  { call: 'mkdir', path: '/mnt/a/h' },
  { call: 'chmod', path: '/mnt/a/h', mode: 0 },
  { call: 'fork' },
];

/** Process 1 is root, process 2 is not. */
const make: readonly Step[] = [
  ...makeByRoot.map((call): Step => ({ pid: 1, call })),
  // In the mount that is in no namespace.
  { pid: 2, call: { call: 'chdir', path: '/proc/self/fd/9' } },
  { pid: 2, call: { call: 'setresuid', uid: 65534 } },
];

/** What makes much of it read-only, a mount and an instance; and a mount shared. */
const closing: readonly Step[] = [
  { call: 'remount', target: '/mnt/a', what: 'MS_BIND', flag: 'MS_RDONLY' } as const,
  { call: 'remount', target: '/mnt/b', what: 'MS_BIND', flag: 'MS_RDONLY' } as const,
  { call: 'remount', target: '/mnt/a/e', what: 'instance', flag: 'MS_RDONLY' } as const,
  { call: 'set-propagation', target: '/mnt/a', type: 'MS_SHARED' } as const,
].map((call) => ({ pid: 1, call }));

/** Whether names in the world can be changed. */
export type State = 'writable' | 'read-only';

export const making = (state: State): readonly Step[] =>
  state === 'writable' ? make : [...make, ...closing];

/** kernel.unprivileged_bpf_disabled, as setups have it. */
export type Setting = 'allowed' | 'disabled';

export const boundsUnder = (setting: Setting): Bounds => ({
  ...campaignBounds,
  unprivilegedBpf: setting === 'allowed' ? 1 : 0,
});
