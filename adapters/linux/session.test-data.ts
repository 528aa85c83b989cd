/** What the tests of this adapter share: starting it, steps, and what a machine shows of it. */
import { readFileSync, readdirSync } from 'node:fs';
import type {
  Call,
  CallName,
  MapCreate,
  Outcome,
  Pid,
  Sight,
  Step,
} from '../../model/vocabulary/index.ts';
import type { Adapter, Answer, Setup } from '../contract/index.ts';
import { createLinux, type LinuxOptions } from './index.ts';

/** Of a test's context: ends the test as skipped, for a reason. */
interface Skippable {
  skip(reason: string): never;
}

export const setup: Setup = {
  host: ['/b/', '/c/', '/c/sub/', '/file'],
  watch: ['/b', '/b/m', '/c', '/c/m'],
  descriptors: 16,
};

/** With two cgroups, empty at the start of every run. */
export const cgroupSetup: Setup = {
  ...setup,
  host: [...setup.host, '/cgroup/', '/cgroup/a/', '/cgroup/b/'],
};

/** Skips the test, saying why, where the kernel does not let us. */
async function startOrSkip(context: Skippable, options?: LinuxOptions): Promise<Adapter> {
  const started = await createLinux(options);
  if ('missing' in started) {
    context.skip(started.missing);
  }
  const { adapter } = started;
  await adapter.reset(setup);
  return adapter;
}

/** Runs `use` with a started adapter that is closed afterwards. */
export async function withLinux(
  context: Skippable,
  use: (adapter: Adapter) => Promise<void>,
  options?: LinuxOptions,
): Promise<void> {
  const adapter = await startOrSkip(context, options);
  try {
    await use(adapter);
  } finally {
    await adapter.close();
  }
}

/** Skips the test, saying why, where this machine keeps the adapter from making a call. */
export function needs(context: Skippable, { hello }: Adapter, call: CallName): void {
  const reason = hello.lacks?.[call];
  if (reason !== undefined) {
    context.skip(reason);
  }
}

export const hashMap: MapCreate = {
  call: 'BPF_MAP_CREATE',
  type: 'BPF_MAP_TYPE_HASH',
  keySize: 4,
  valueSize: 4,
  maxEntries: 2,
};

export const by = (pid: Pid, ...calls: readonly Call[]): readonly Step[] =>
  calls.map((call) => ({ pid, call }));

/** A value, or the name of an error. */
export const shortly = (outcome: Outcome): number | string =>
  outcome.ok ? outcome.value : outcome.errno;

export const outcomes = (answers: readonly Answer[]): readonly (number | string)[] =>
  answers.map(({ outcome }) => shortly(outcome));

export function last(answers: readonly Answer[]): Answer {
  const answer = answers.at(-1);
  if (answer === undefined) {
    throw new Error('no answer');
  }
  return answer;
}

interface MachineProcess {
  readonly pid: number;
  readonly parent: number;
  readonly state: string;
}

function processOf(entry: string, name: string): readonly MachineProcess[] {
  try {
    const stat = readFileSync(`/proc/${entry}/stat`, 'latin1');
    const found = /^(\d+) \(([^)]+)\) (\S) (\d+)/.exec(stat);
    return found?.[2] === name
      ? [{ pid: Number(found[1]), parent: Number(found[4]), state: found[3] ?? '' }]
      : [];
  } catch {
    return [];
  }
}

/** Every process of that name, whoever started it, that is not a mere zombie. */
export const processesNamed = (name: string): readonly MachineProcess[] =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => processOf(entry, name))
    .filter(({ state }) => state !== 'Z');

/** The supervisors and the modelled processes of all agents. */
export const agentProcesses = (): readonly MachineProcess[] => processesNamed('pinproof-agent');

/** The processes that outlive their supervisor for a moment (agent/cycles.c). */
export const janitorProcesses = (): readonly MachineProcess[] => processesNamed('pinproof-sweep');

/** The children of a process that are an agent. */
export const agentsOf = (parent: number): readonly number[] =>
  agentProcesses().flatMap((process) => (process.parent === parent ? [process.pid] : []));

export const onlyOne = (pids: readonly number[]): number => {
  const [pid] = pids;
  if (pid === undefined || pids.length !== 1) {
    throw new Error(`expected one process, found ${pids.length}`);
  }
  return pid;
};

/** Waits for something that the machine will bring about by itself. */
export async function eventually(holds: () => boolean | Promise<boolean>): Promise<boolean> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await holds()) {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

/**
 * What is left of the objects of a run once it has settled, which a busy machine may do later than one settling
 * waits: as campaigns do, it is waited for again.
 */
export async function leftOver(adapter: Adapter): Promise<Sight['objects']> {
  let { objects } = await adapter.settle();
  for (let tries = 1; tries < 20 && objects.length > 0; tries++) {
    ({ objects } = await adapter.settle());
  }
  return objects;
}

/**
 * Whether objects of an adapter that has ended are released in time. A new adapter is asked, so that
 * what is seen is the kernel's and not the old one's.
 */
export async function areGone(context: Skippable, ids: readonly number[]): Promise<boolean> {
  let gone = false;
  await withLinux(context, async (adapter) => {
    gone = await eventually(async () => (await adapter.alive(ids)).length === 0);
  });
  return gone;
}
