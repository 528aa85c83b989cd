/** The parts of a plan with what was answered to them. */
import {
  helloOn,
  isAnswered,
  objectsNamed,
  playedAdapter,
  stepsPlayed,
} from '../../adapters/index.ts';
import type { Answers } from '../../adapters/index.ts';
import type { PlayedRuns } from '../../conformance/index.ts';
import { BadInput } from '../bad-input.ts';
import { interruptible, responsive } from '../check/responsive.ts';
import { runsToPlay } from '../plan/planned-parts.ts';
import type { PlannedPart } from '../plan/planned-parts.ts';

export interface PlayedPart extends PlannedPart {
  readonly played: PlayedRuns;
}

/**
 * Their adapters let signals be heard, and throw Interrupted once one was.
 * @throws BadInput if a run has fewer answers than requests, or more.
 */
export function playedParts(
  planned: readonly PlannedPart[],
  answers: Answers,
  file: string,
  signal: AbortSignal,
): readonly PlayedPart[] {
  const hello = helloOn(answers.machine);
  const survivors = new Set(answers.survivors);
  let before = 0;
  return planned.map((part) => {
    const asked = runsToPlay(part);
    const own = answers.runs.slice(before, before + asked.length);
    const runs = own.flatMap((one, at) => {
      const run = asked[at];
      /* c8 ignore next -- there is a run for each of its answers */
      if (run === undefined) return [];
      if (!isAnswered(run, one)) {
        throw new BadInput(
          `the answers in ${file} cannot be judged: run ${before + at + 1} has ${one.lines.length} answers to ${run.steps.length} calls; let the agent play the plan again.`,
        );
      }
      const adapter = interruptible(responsive(playedAdapter(hello, run, one)), signal);
      return [{ adapter, steps: stepsPlayed(run, one), objects: objectsNamed(run, one) }];
    });
    before += asked.length;
    return { ...part, played: { hello, runs, survivors } };
  });
}
