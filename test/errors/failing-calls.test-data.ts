/** A world with one of everything that a name can lead to, and all calls on names that fail in it. */
import { createWorld, profiles, type Bounds, type ProfileName } from '../../model/index.ts';
import { accessNames } from '../../model/vocabulary/index.ts';
import type { Call, Errno, Path, RenameFlag, Step } from '../../model/vocabulary/index.ts';
import { campaignBounds, campaignHost } from '../../conformance/setup.ts';
import { nobodys, paths, strings } from './paths-tried.test-data.ts';

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
export const make: readonly Step[] = [
  ...makeByRoot.map((call): Step => ({ pid: 1, call })),
  { pid: 2, call: { call: 'setresuid', uid: 65534 } },
];

/** A directory that was removed, open. */
const removed = 8;
const fds = [3, 4, 5, 6, 7, 0, -1, 9999];
const flags: readonly RenameFlag[] = [
  'RENAME_NOREPLACE',
  'RENAME_EXCHANGE',
  'RENAME_WHITEOUT',
  'RENAME_NOREPLACE|RENAME_EXCHANGE',
];

const creating = ['O_RDWR|O_CREAT', 'O_RDWR|O_CREAT|O_EXCL'] as const;

/** From a directory that is not open. */
const astray = (path: Path): readonly Call[] => [
  { call: 'stat', path, dirFd: 99 },
  { call: 'mkdir', path, dirFd: 99 },
  { call: 'rmdir', path, dirFd: 99 },
  { call: 'unlink', path, dirFd: 99 },
  { call: 'mknod', path, type: 'S_IFREG', dirFd: 99 },
  { call: 'symlink', target: 'x', path, dirFd: 99 },
  { call: 'open', path, flag: 'O_DIRECTORY', dirFd: 99 },
  { call: 'linkat', fd: 4, to: path, toFd: 99 },
  ...(['link', 'rename'] as const).flatMap((call): readonly Call[] => [
    { call, from: path, fromFd: 99, to: '/mnt/a/new' },
    { call, from: '/mnt/a/x', to: path, toFd: 99 },
  ]),
  { call: 'renameat2', from: path, fromFd: 99, to: '/mnt/a/new', flag: 'RENAME_EXCHANGE' },
  { call: 'renameat2', from: '/mnt/a/x', to: path, toFd: 99, flag: 'RENAME_EXCHANGE' },
];

/** What looks at one path, changes what is there, or goes there. */
const callsOnOne = (path: Path): readonly Call[] => [
  { call: 'stat', path },
  { call: 'statx', path },
  { call: 'access', path, mode: 'W_OK' },
  { call: 'chmod', path, mode: 0 },
  { call: 'chown', path, owner: 0 },
  { call: 'chdir', path },
  { call: 'open', path, flag: 'O_RDWR' },
  { call: 'mount', target: path },
  { call: 'umount2', target: path, flag: 'none' },
  ...fds.map((fd): Call => ({ call: 'linkat', fd, to: path })),
];

/** Every argument with every other: whatever two conditions can hold together, some call has both. */
const callsOn = (those: readonly Path[]): readonly Call[] =>
  those.flatMap((path): readonly Call[] => [
    ...astray(path),
    ...callsOnOne(path),
    { call: 'BPF_OBJ_GET', path },
    ...accessNames.map((access): Call => ({ call: 'BPF_OBJ_GET', path, access })),
    { call: 'BPF_OBJ_GET', path, pathFd: 99 },
    { call: 'BPF_OBJ_PIN', path, fd: 3, pathFd: 99 },
    { call: 'unlink', path },
    { call: 'rmdir', path },
    { call: 'mkdir', path },
    { call: 'mknod', path, type: 'S_IFREG' },
    { call: 'mknod', path, type: 'S_IFIFO' },
    ...[0, -1].map((length): Call => ({ call: 'truncate', path, length })),
    { call: 'utimensat', path },
    { call: 'readdir', path },
    ...creating.map((flag): Call => ({ call: 'open', path, flag })),
    { call: 'setxattr', path, name: 'user.a' },
    { call: 'setxattr', path, name: 'trusted.a' },
    ...fds.map((fd): Call => ({ call: 'BPF_OBJ_PIN', path, fd })),
    ...['new', 'new/', 'a.b'].flatMap((to): readonly Call[] => [
      { call: 'rename', from: path, to, toFd: removed },
      ...flags.map((flag): Call => ({ call: 'renameat2', from: path, to, toFd: removed, flag })),
    ]),
    ...strings.map((target): Call => ({ call: 'symlink', target, path })),
    ...those.flatMap((to): readonly Call[] => [
      { call: 'bind', source: path, target: to },
      { call: 'link', from: path, to },
      { call: 'rename', from: path, to },
      ...flags.map((flag): Call => ({ call: 'renameat2', from: path, to, flag })),
    ]),
  ]);

/** By each of the two, about what there is to be told to it. */
export const tried: readonly Step[] = [
  ...callsOn(paths).map((call): Step => ({ pid: 1, call })),
  ...callsOn(nobodys).map((call): Step => ({ pid: 2, call })),
];

/** kernel.unprivileged_bpf_disabled, as setups have it. */
export type Setting = 'allowed' | 'disabled';

export const boundsUnder = (setting: Setting): Bounds => ({
  ...campaignBounds,
  unprivilegedBpf: setting === 'allowed' ? 1 : 0,
});

export interface FailingCalls {
  /** What makes the world. */
  readonly before: readonly Step[];
  readonly steps: readonly Step[];
  /** What the model answers to each of them. */
  readonly errors: readonly Errno[];
}

/** The calls that fail under a profile, one after the other, since none changes anything. */
export function failingCalls(profile: ProfileName, setting: Setting): FailingCalls {
  const bounds = boundsUnder(setting);
  const world = createWorld({ switches: profiles[profile], bounds, host });
  const before = make.filter(({ pid, call }) => world.step(pid, call).kind === 'outcome');
  const made = world.save();
  const steps: Step[] = [];
  const errors: Errno[] = [];
  for (const step of tried) {
    const result = world.step(step.pid, step.call);
    if (result.kind === 'bound') continue;
    if (result.outcome.ok) world.load(made);
    else {
      steps.push(step);
      errors.push(result.outcome.errno);
    }
  }
  return { before, steps, errors };
}

/** Where an implementation answers something else, as lines. */
export function differences(
  { steps, errors }: FailingCalls,
  answers: readonly { readonly outcome: { readonly ok: boolean; readonly errno?: string } }[],
): readonly string[] {
  return steps.flatMap((step, at) => {
    const [model, other] = [errors[at], answers[at]?.outcome];
    if (other?.errno === model) return [];
    return [`${JSON.stringify(step)}: ${model} in the model, ${other?.errno ?? 'ok'} here`];
  });
}
