/** What is searched by Spin and by us. */
import { countedScope } from '../bounded/scopes.ts';
import { boundedPromela } from './bounded/bounded-promela.ts';
import type { Cost } from './cost.ts';
import { judgedScope } from './judged-scopes.ts';
import { runPromela, runSpin, type SpinRun } from './run-spin.ts';
import type { SpinProfile } from './scope.types.ts';

export interface Subject {
  readonly title: string;
  /** What each side checks in every state. */
  readonly checked: string;
  readonly runSpin: () => Promise<Cost>;
  /** Arguments of search-once: before the reduction, and behind it. */
  readonly ours: readonly string[];
  readonly profile: readonly string[];
}

const costOf = ({ states, transitions, cpuSeconds, memoryMegabytes }: SpinRun): Cost => ({
  ...{ states, transitions, cpuSeconds },
  processSeconds: cpuSeconds,
  megabytes: Math.round(memoryMegabytes),
});

/** A scope of the judge is no deeper than a tenth of this. */
const depthMax = 1e6;
const cpuSecondsMax = 1_200;

function bounded(name: string): Subject {
  const { scope, ...table } = countedScope(name);
  return {
    title: `bounded model (${name})`,
    checked: 'I1 to I6: Spin after every step, ours in every state',
    runSpin: async () =>
      costOf(await runPromela(boundedPromela(scope), { ...table, cpuSecondsMax })),
    ours: ['bounded', name],
    profile: [],
  };
}

function kernel(name: string, profile: SpinProfile): Subject {
  const { scope, tableBits } = judgedScope(name);
  return {
    title: `kernel's model, scope ${name}, ${profile}`,
    checked: 'counts and life of objects: Spin after every step, ours in every state',
    runSpin: async () =>
      costOf(
        await runSpin(
          { ...scope, profile },
          { tableBits, depthMax, cpuSecondsMax, asserts: 'object-asserts' },
        ),
      ),
    ours: ['kernel', name],
    profile: [profile],
  };
}

export const subjects: readonly Subject[] = [
  bounded('2,2,3,2,2'),
  bounded('3,2,2,2,2'),
  kernel('descriptions', 'linux-6.18'),
  kernel('processes', 'linux-6.18'),
];

/** Of less than a second each: the figures are of the start, not of the search. */
export const quickSubjects: readonly Subject[] = [
  bounded('3,1,2,2,2'),
  bounded('2,2,2,2,2'),
  kernel('two-namespaces', 'linux-6.18'),
];
