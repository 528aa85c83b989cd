/**
 * The states of a search that keeps none: it is made again, in the same order, until all that are asked for were
 * expanded once more.
 */
import type { Explored } from './explore.ts';
import type { Judgement } from './judgement.ts';
import type { Limits, System, Words } from './system.types.ts';
import type { LossyPart } from './visited-set.ts';

/** The numbers of the states on a shortest path to one, the initial one first. */
export function numbersTo({ parentOf }: LossyPart, state: number): readonly number[] {
  const numbers = [state];
  for (let at = state; at !== 0; at = parentOf(at)) numbers.unshift(parentOf(at));
  return numbers;
}

/**
 * @param explore makes the search again.
 * @throws Error if the search is another this time: the system is not deterministic.
 */
export function recallStates(
  system: System,
  numbers: readonly number[],
  explore: (judgement: Judgement, stop: Limits['stop']) => Explored,
): readonly Words[] {
  const missing = new Set(numbers);
  const recalled = new Map<number, Words>();
  const catches: Judgement = {
    examine(state) {
      if (!missing.delete(state)) return;
      const words = new Uint32Array(system.words);
      if (system.packAsIs === undefined) system.pack(words, 0);
      else system.packAsIs(words, 0);
      recalled.set(state, words);
    },
    judgesSteps: () => false,
    before: () => undefined,
    judgeStep: () => undefined,
    after: () => undefined,
    failures: 'none',
    judgeFailure: () => undefined,
    violated: () => 0,
    finding: () => undefined,
  };
  explore(catches, () => missing.size === 0);
  return numbers.map((number) => {
    const words = recalled.get(number);
    if (words === undefined) throw new Error('a search that is made again is another one');
    return words;
  });
}
