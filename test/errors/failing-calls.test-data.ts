/** All calls on names that fail in a world with one of everything. */
import { createWorld, profiles, type ProfileName } from '../../model/index.ts';
import { accessNames } from '../../model/vocabulary/index.ts';
import type { Call, Errno, Path, RenameFlag, Step } from '../../model/vocabulary/index.ts';
import { boundsUnder, host, making, type Setting, type State } from './full-world.test-data.ts';
import { nobodys, paths, strings } from './paths-tried.test-data.ts';

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
    { call: 'mount', target: path, data: 'mode=9' },
    { call: 'umount2', target: path, flag: 'UMOUNT_NOFOLLOW' },
    { call: 'umount2', target: path, flag: 'MNT_EXPIRE' },
    { call: 'umount2', target: path, flag: 'MNT_DETACH|MNT_EXPIRE' },
    { call: 'remount', target: path, what: 'instance', flag: 'MS_RDONLY' },
    { call: 'set-propagation', target: path, type: 'MS_PRIVATE' },
    { call: 'chmod', path, mode: 0o600 },
    { call: 'chown', path, owner: 65534 },
    ...fds.map((fd): Call => ({ call: 'BPF_OBJ_PIN', path, fd })),
    ...['new', 'new/', 'a.b'].flatMap((to): readonly Call[] => [
      { call: 'rename', from: path, to, toFd: removed },
      ...flags.map((flag): Call => ({ call: 'renameat2', from: path, to, toFd: removed, flag })),
    ]),
    ...strings.map((target): Call => ({ call: 'symlink', target, path })),
    ...those.flatMap((to): readonly Call[] => [
      { call: 'link', from: path, to },
      { call: 'bind', source: path, target: to },
      { call: 'move', source: path, target: to },
      { call: 'rename', from: path, to },
      ...flags.map((flag): Call => ({ call: 'renameat2', from: path, to, flag })),
    ]),
  ]);

/** By each of the two, about what there is to be told to it. */
export const tried: readonly Step[] = [
  ...callsOn(paths).map((call): Step => ({ pid: 1, call })),
  ...callsOn(nobodys).map((call): Step => ({ pid: 2, call })),
];

export interface FailingCalls {
  /** What makes the world. */
  readonly before: readonly Step[];
  readonly steps: readonly Step[];
  /** What the model answers to each of them. */
  readonly errors: readonly Errno[];
}

/** The calls that fail under a profile, one after the other: what they leave behind is nothing, or as here. */
export function failingCalls(
  profile: ProfileName,
  setting: Setting,
  state: State = 'writable',
): FailingCalls {
  const bounds = boundsUnder(setting);
  const world = createWorld({ switches: profiles[profile], bounds, host });
  const before = making(state).filter(({ pid, call }) => world.step(pid, call).kind === 'outcome');
  let made = world.save();
  const steps: Step[] = [];
  const errors: Errno[] = [];
  for (const step of tried) {
    const result = world.step(step.pid, step.call);
    if (result.kind === 'bound') continue;
    if (result.outcome.ok) world.load(made);
    else {
      steps.push(step);
      errors.push(result.outcome.errno);
      made = world.save();
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
