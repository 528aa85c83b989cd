import type { Call, CallName, Mount, SetPropagation, Umount } from '../model/vocabulary/index.ts';
import { descriptorFor, pathFor } from './arguments.ts';
import type { Arguments } from './arguments.ts';
import { choosePath, pick } from './path-choice.ts';
import { namespaces } from './things.ts';

/** Calls that attach, change and detach mounts. */
type MountName = Extract<
  CallName,
  'mount' | 'bind' | 'move' | 'remount' | 'set-propagation' | 'umount2'
>;

/** Calls that name the namespace of a process, or go there. */
type NamespaceName = Extract<CallName, 'open-namespace' | 'bind-namespace' | 'setns'>;

/** Mostly a fresh mount has neither flags nor options. */
const options: readonly Pick<Mount, 'flag' | 'data'>[] = [
  { flag: 'MS_RDONLY' },
  { data: 'mode=0755' },
  { data: 'foo=1' },
  { data: 'mode=0700,mode=9' },
];

/** A namespace of who runs, mostly, and one that may be mounted if there is one; and one that is open. */
export function decodeNamespaceCall(name: NamespaceName, args: Arguments): Call {
  const { place, prospects, taste } = args;
  if (name === 'setns') return { call: name, fd: descriptorFor(args, namespaces) };
  const pid = place % 8 === 7 ? (place % 16) + 1 : pick(prospects.running(), place);
  const [shown] = prospects.shown();
  if (shown !== undefined && taste % 4 > 1) return { call: 'open', path: shown, flag: 'O_RDONLY' };
  const younger = prospects.younger(args.pid);
  const target = taste % 16 < 14 ? fileOf(args) : pathFor(args, 'mounted');
  if (younger.length > 0 && taste % 4 > 0) {
    return { call: 'bind-namespace', pid: pick(younger, place), target };
  }
  return taste % 8 === 1
    ? { call: 'bind-namespace', pid, target }
    : { call: 'open-namespace', pid };
}

/** Whether who calls has the file of a namespace open. */
export const holdsNamespace = ({ pid, prospects }: Arguments): boolean =>
  prospects.open(pid, namespaces).length > 0;

/** Who has no capability may leave the initial user namespace, and little else with its namespaces. */
export const leaves = ({ pid, detail, prospects }: Arguments): boolean =>
  prospects.capable().includes(pid) ? detail % 16 === 4 : detail % 4 !== 3;

/** A file that something can be mounted on: one of the host's, or a pin. */
function fileOf({ detail, host, prospects }: Arguments): string {
  const files = [...host.filter((path) => !path.endsWith('/')), ...prospects.pins()];
  return pick(files.length === 0 ? ['/'] : files, detail);
}

/** Mostly all of a namespace becomes shared: that is how machines start. */
const types: readonly SetPropagation['type'][] = [
  'MS_SHARED',
  'MS_SHARED',
  'MS_SLAVE',
  'MS_PRIVATE',
];

const umountFlags: readonly Umount['flag'][] = ['none', 'none', 'MNT_DETACH'];
const rareFlags: readonly Umount['flag'][] = [
  ...(['MNT_FORCE', 'UMOUNT_NOFOLLOW', 'MNT_DETACH|MNT_EXPIRE'] as const),
  ...(['MNT_EXPIRE', 'MNT_EXPIRE', 'MNT_EXPIRE', 'MNT_EXPIRE', 'MNT_EXPIRE'] as const),
];

/** The call that a choice stands for: most of the time where something is mounted, or could be. */
export function decodeMountCall(name: MountName, args: Arguments): Call {
  const { detail, host, place, prospects, taste } = args;
  const source = () => choosePath('mounted', Math.floor(taste / 8), place, prospects, host);
  switch (name) {
    case 'mount': {
      if (detail % 8 === 7) return decodeMountCall('set-propagation', args);
      const target = pathFor(args, 'mount-point');
      return { call: name, target, ...options[detail % 64] };
    }
    case 'bind': {
      const isShown = prospects.younger(args.pid).length > 0 && detail % 2 === 1;
      if (isShown) return decodeNamespaceCall('bind-namespace', args);
      const flag = detail % 4 === 3 ? ({ flag: 'MS_REC' } as const) : {};
      return { call: name, source: source(), target: pathFor(args, 'mount-point'), ...flag };
    }
    case 'move':
      return { call: name, source: source(), target: pathFor(args, 'mount-point') };
    case 'remount': {
      const what = taste % 2 === 0 ? 'instance' : 'MS_BIND';
      const flag = Math.floor(taste / 2) % 2 === 0 ? 'MS_RDONLY' : 'none';
      return { call: name, target: pathFor(args, 'mounted'), what, flag };
    }
    case 'set-propagation': {
      const flag = taste % 2 === 0 ? ({ flag: 'MS_REC' } as const) : {};
      const target = taste % 4 < 2 ? '/' : pathFor(args, 'mounted');
      return { call: name, target, type: pick(types, Math.floor(taste / 4)), ...flag };
    }
    case 'umount2': {
      // What was marked is asked for again, before something uses it.
      const marked = prospects.marked();
      if (marked !== null && taste % 4 > 0) {
        return { call: name, target: marked, flag: 'MNT_EXPIRE' };
      }
      const flag = detail % 16 < 15 ? pick(umountFlags, detail) : pick(rareFlags, place);
      return { call: name, target: pathFor(args, 'mounted'), flag };
    }
  }
}
