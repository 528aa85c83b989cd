/** An adapter that says once more what the kernel answered to one run. */
import type { Sight, Step } from '../../model/vocabulary/index.ts';
import { AdapterFailure, type Adapter, type Answer, type Hello } from '../contract/index.ts';
import type { RunAnswers } from './answers-text.ts';
import { known } from './adapter.ts';
import { decodeAnswer, decodeSight } from './decode.ts';
import { answersDue, hasSight, type RunToPlay } from './plan-text.ts';

/** Whether there is an answer to every request of the run that was made. */
export function isAnswered(run: RunToPlay, { lines, ended }: RunAnswers): boolean {
  return ended === 'whole' ? lines.length === answersDue(run) : lines.length <= answersDue(run);
}

/** How many steps of a run the kernel was asked. */
export function stepsPlayed({ steps }: RunToPlay, { lines, ended }: RunAnswers): number {
  return ended === 'cut' ? lines.length : steps.length;
}

/** The objects that the answers to its steps named. */
export const objectsNamed = ({ steps }: RunToPlay, { lines }: RunAnswers): readonly number[] => [
  ...new Set(
    lines
      .slice(0, steps.length)
      .map((line) => Number(line.split(' ')[1]))
      .filter((object) => object > 0),
  ),
];

/**
 * The adapter of a run that is over: it plays nothing but the steps of this run, from the first one on, with the
 * sights that were taken, and fails where the kernel did.
 */
export function playedAdapter(hello: Hello, run: RunToPlay, answers: RunAnswers): Adapter {
  const { steps, setup } = run;
  const { lines, ended } = answers;
  let at = 0;
  let settled = 0;

  function answer({ call }: Step): Answer {
    const line = lines[at];
    if (line === undefined || at >= steps.length) throw failure();
    const sight = hasSight(run, at) ? 'sight' : 'none';
    at++;
    return known(hello, decodeAnswer(line, call.call, setup.watch, sight));
  }

  function failure(): AdapterFailure {
    return typeof ended === 'object'
      ? new AdapterFailure('implementation', `The agent failed: ${ended.failed}.`)
      : new AdapterFailure('harness', 'The answers of a run are fewer than its steps.');
  }

  return {
    hello,
    reset() {
      at = 0;
      settled = 0;
    },
    play: (asked) => asked.map(answer),
    settle(): Sight {
      const sights = lines.slice(steps.length);
      const line = sights[settled] ?? sights.at(-1);
      if (line === undefined) throw failure();
      settled++;
      return decodeSight(line, setup.watch);
    },
    alive: () => [],
    close: () => undefined,
  };
}
