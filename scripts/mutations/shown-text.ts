import type { InternalAction } from '../../model/index.ts';
import type { Step } from '../../model/vocabulary/index.ts';
import { printStep } from '../../traces/index.ts';
import type { Shown } from './compare-scope.ts';

/** As a trace writes it; long names are cut. */
export function stepText(step: Step | InternalAction): string {
  const text = 'name' in step ? `${step.name} ${step.object}` : printStep(step);
  return text.replaceAll(/(.)\1{31,}/g, '$1$1$1…').replaceAll(/(?:long\/){3,}/g, 'long/…/');
}

/** What the specification answers, and the mutation, in the words of a trace. */
export function shownText({ profile, scope, path, step, sound, mutated }: Shown): string {
  const lines = [...path, step].map(stepText);
  return `${sound} becomes ${mutated} in ${scope} under ${profile}: ${lines.join('; ')}`;
}
