/** A whole log, held against a profile. */
import type { Bounds, ProfileName, Switches } from '../../model/index.ts';
import type { LogEvent } from '../../traces/index.ts';
import { specify } from '../specify.ts';
import type { Explanation } from './explanation.types.ts';
import { createLogFollower } from './follow.ts';
import { elsewhere } from './follow-mounts.ts';
import type { LogPlan } from './log-plan.types.ts';
import { createLogWorlds } from './log-worlds.ts';
import type { LogWorlds } from './log-worlds.ts';
import { plainPath } from './log-processes.ts';

/** What a log may have at the same time; what is gone counts no more. */
const logBounds: Bounds = {
  processes: 160,
  descriptors: 96,
  descriptions: 600,
  objects: 300,
  elements: 1,
  slots: 1,
  superblocks: 40,
  inodes: 600,
  dentries: 600,
  mounts: 160,
  namespaces: 16,
  sockets: 2,
  messages: 4,
  plainFiles: 1,
  sharedTables: 1,
  directories: 1,
  symlinks: 1,
  readOnly: 1,
  namespaceFiles: 1,
  peerGroups: 64,
  expiry: 1,
};

export interface LogPlanner {
  take(event: LogEvent): void;
  finish(): LogPlan;
}

/** The calls that a planner looks at. */
export const plannedCalls: ReadonlySet<string> = new Set(['bpf', 'chdir', 'mount']);

/** More directories of the host than that are not made. */
const mostDirectories = 1000;

/** Reads over a log for the directories of the host on which something is mounted. */
export function createLogPlanner(): LogPlanner {
  const directories = new Set<string>([elsewhere, '/sys/fs/bpf']);
  const targets = new Set<string>();
  const pins = new Set<string>();
  const cwd = new Map<number, string>();
  const add = (path: string): void => {
    if (directories.size < mostDirectories && isPlain(path)) directories.add(path);
  };
  const plainOf = (pid: number, from: string | null, path: string): string | null => {
    if (path.startsWith('/')) return plainPath(path);
    const base = from ?? cwd.get(pid);
    return base === undefined ? null : plainPath(`${base}/${path}`);
  };
  return {
    take(event) {
      if (event.kind !== 'call' || event.result?.ok !== true) return;
      const { pid, call } = event;
      if (call.call === 'chdir') {
        const path = plainOf(pid, call.at.cwd, call.at.path);
        if (path !== null && cwd.size < mostDirectories) cwd.set(pid, path);
      } else if (call.call === 'mount') {
        const target = plainOf(pid, null, call.target.path);
        if (target === null) return;
        add(target);
        if (call.type === 'bpf' && targets.size < mostDirectories) targets.add(target);
        if (call.source?.startsWith('/') === true) add(plainPath(call.source));
      } else if (call.call === 'pin' || call.call === 'get') {
        const path = plainOf(pid, null, call.at.path);
        if (path === null) return;
        const directory = path.slice(0, path.lastIndexOf('/'));
        add(directory);
        if (directories.has(directory)) pins.add(directory);
      }
    },
    finish: () => ({ host: [...directories].toSorted().flatMap(withParents), targets, pins }),
  };
}

/** The model has a tree of its own at /cgroup, and a name that is too long is none. */
const isPlain = (path: string): boolean =>
  path !== '' &&
  path !== '/' &&
  path.length < 1000 &&
  !path.startsWith('/cgroup/') &&
  path.split('/').every((name) => name.length <= 200);

function withParents(path: string): readonly string[] {
  const parts = path.slice(1).split('/');
  return parts.map((_, k) => `/${parts.slice(0, k + 1).join('/')}/`);
}

export interface ExplainOptions {
  readonly label?: string;
  readonly switches?: Partial<Switches>;
}

/** Takes the events of a log in their order, and is finished once. */
export interface LogExplainer {
  take(event: LogEvent): void;
  finish(): Explanation;
}

/**
 * Explains a log under a profile; its events come in their order, in one pass.
 * @param worlds where the world comes from, and where it goes when all is told; for who explains many logs.
 */
export function explainLog(
  profile: ProfileName,
  { host, targets, pins }: LogPlan,
  options: ExplainOptions = {},
  worlds: LogWorlds = createLogWorlds(),
): LogExplainer {
  const around = { ...options, host: [...new Set(host)] };
  const lent = worlds.lend(JSON.stringify([profile, around]), () =>
    specify(profile, { ...around, bounds: logBounds }),
  );
  const follower = createLogFollower(lent, { targets, pins });
  return {
    take(event) {
      follower.take(event);
    },
    finish() {
      const explanation = follower.finish();
      lent.giveBack();
      return explanation;
    },
  };
}
