/** Plays probing traces on a target, each as often as it takes, and remembers the answers. */
import { AdapterFailure } from '../../adapters/contract/index.ts';
import type { Adapter, Answer } from '../../adapters/contract/index.ts';
import { switches } from '../../model/index.ts';
import { declaredBy } from '../declared.ts';
import type { PlannedStep } from '../plan.ts';
import { playRun } from '../play.ts';
import { cutOf } from '../replay-target.ts';
import { setupOf } from '../setup.ts';
import type { Probe } from './survey.types.ts';

/** What a target answered to a probing trace. */
export interface ProbePlays {
  /** Each as long as the part of the trace that the target was asked. */
  readonly plays: readonly (readonly Answer[])[];
  /** Why it was not asked the rest, or did not answer; null if it answered all. */
  readonly missing: string | null;
}

export interface ProbePlayer {
  /**
   * The answers of at least so many plays.
   * @param run the steps as a model plans them, which names the descriptors.
   * @throws AdapterFailure if our own side of the adapter fails.
   */
  play(probe: Probe, run: readonly PlannedStep[], times: number): Promise<ProbePlays>;
}

export function createProbePlayer(adapter: Adapter): ProbePlayer {
  const { calls, observes, descriptors } = adapter.hello;
  const known = new Map<string, ProbePlays>();

  /** What is beyond any kernel's attributes is not asked: nobody can say what it would do. */
  function askable(
    probe: Probe,
    run: readonly PlannedStep[],
  ): { readonly length: number; readonly missing: string | null } {
    if (probe.by === 'counts' && !observes.includes('counts')) {
      return { length: 0, missing: 'it does not show how often an object is held' };
    }
    const declared = declaredBy(adapter.hello, setupOf(probe, []));
    const cuts = switches.attributes.values.flatMap(
      (attributes) => cutOf(run, declared, calls, attributes) ?? [],
    );
    return cuts.reduce<{ readonly length: number; readonly missing: string | null }>(
      (first, { at, reason }) => (at < first.length ? { length: at, missing: reason } : first),
      { length: run.length, missing: null },
    );
  }

  async function playOnce(
    probe: Probe,
    run: readonly PlannedStep[],
  ): Promise<readonly Answer[] | { readonly died: string }> {
    const sights = probe.by === 'counts' ? 'each' : 'none';
    try {
      return (await playRun(adapter, setupOf(probe, []), run, sights)).answers;
    } catch (failure) {
      if (!(failure instanceof AdapterFailure) || failure.blame === 'harness') throw failure;
      return { died: failure.message };
    }
  }

  return {
    async play(probe, run, times) {
      // Where numbers of descriptors are the target's own they are translated as the plan says.
      const plan = descriptors === 'opaque' ? JSON.stringify(run) : '';
      const key = `${probe.name} ${plan}`;
      const { length, missing } = askable(probe, run);
      const before = known.get(key) ?? { plays: [], missing };
      const plays = [...before.plays];
      let dead: string | null = null;
      while (length > 0 && dead === null && before.missing === missing && plays.length < times) {
        const answers = await playOnce(probe, run.slice(0, length));
        if ('died' in answers) dead = answers.died;
        else plays.push(answers);
      }
      const result = { plays, missing: dead ?? before.missing };
      known.set(key, result);
      return result;
    },
  };
}
