/**
 * Random runs as choices: a run is an array of tuples of small integers, and a decoder turns each
 * tuple into a call in view of what the model knows by then. Whatever is left of a run after
 * shrinking still decodes, so shrinking needs no filter, and a run is data that can be stored.
 */
import fc from 'fast-check';

/** Choices lie in 0..choiceLimit; a decoder takes them modulo what there is to choose from. */
export const choiceLimit = 0xffff;

/** For one call: who calls, which call, and up to three arguments. All 0 is the simplest choice. */
export type Choice = readonly [who: number, what: number, a: number, b: number, c: number];

/** A run that is still to be decoded. */
export type Choices = readonly Choice[];

// Without bias: a decoder would take the extremes that a biased integer prefers for the same call.
const part = fc.noBias(fc.nat(choiceLimit));

/** One call's choice; shrinks towards 0 in every part. */
export const choiceArbitrary: fc.Arbitrary<Choice> = fc.tuple(part, part, part, part, part);

/** Runs of up to `maxLength` calls; they shrink by leaving calls out and by simpler choices. */
export function choicesArbitrary(maxLength: number): fc.Arbitrary<Choices> {
  return fc.array(choiceArbitrary, { maxLength, size: 'max' });
}

/**
 * `count` runs of `length` calls each, the same for the same seed on any machine. More runs of one
 * seed begin with the same ones.
 */
export function sampleRuns(seed: number, count: number, length: number): readonly Choices[] {
  const run = fc.array(choiceArbitrary, { minLength: length, maxLength: length });
  return fc.sample(run, { seed, numRuns: count });
}
