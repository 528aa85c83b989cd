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

interface Played {
  /** How many of the steps are asked; none once it died on them. */
  readonly asked: number;
  readonly so: ProbePlays;
}

export interface ProbePlayer {
  /**
   * The answers of at least so many plays; the same object as before if there are no more of them.
   * @param planned the steps as a model plans them, which names the descriptors; asked for only where
   *   the target can be asked any.
   * @throws AdapterFailure if our own side of the adapter fails.
   */
  play(probe: Probe, planned: () => readonly PlannedStep[], times: number): Promise<ProbePlays>;
}

export function createProbePlayer(adapter: Adapter): ProbePlayer {
  const { calls, observes, descriptors } = adapter.hello;
  const known = new Map<string, Played>();
  const starts = new Map<Probe, Played>();

  /** What is beyond any kernel's attributes is not asked: nobody can say what it would do. */
  function unplayed(probe: Probe): Played {
    if (probe.by === 'counts' && !observes.includes('counts')) {
      const missing = 'it does not show how often an object is held';
      return { asked: 0, so: { plays: [], missing } };
    }
    const declared = declaredBy(adapter.hello, setupOf(probe, []));
    const cuts = switches.attributes.values.flatMap(
      (attributes) => cutOf(probe.steps, declared, calls, attributes) ?? [],
    );
    return cuts.reduce<Played>(
      (first, { at, reason }) =>
        at < first.asked ? { asked: at, so: { plays: [], missing: reason } } : first,
      { asked: probe.steps.length, so: { plays: [], missing: null } },
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
    async play(probe, planned, times) {
      const before = starts.get(probe) ?? unplayed(probe);
      starts.set(probe, before);
      if (before.asked === 0) return before.so;
      const run = planned();
      // Where numbers of descriptors are the target's own they are translated as the plan says.
      const plan = descriptors === 'opaque' ? JSON.stringify(run) : '';
      const key = `${probe.name} ${plan}`;
      let played = known.get(key) ?? before;
      while (played.asked > 0 && played.so.plays.length < times) {
        const { asked, so } = played;
        const answers = await playOnce(probe, run.slice(0, asked));
        played =
          'died' in answers
            ? { asked: 0, so: { ...so, missing: answers.died } }
            : { asked, so: { ...so, plays: [...so.plays, answers] } };
      }
      known.set(key, played);
      return played.so;
    },
  };
}
