import type { RowInfo } from '../model/index.ts';
import type { Outcome, Step } from '../model/vocabulary/index.ts';
import { outcomeName } from './call-facts.ts';
import type { Allowed } from './oracle.types.ts';

/** In what an implementation deviates. */
export type FindingKind =
  | 'outcome'
  | 'identity'
  | 'premature-death'
  | 'late-death'
  | 'sight'
  | 'property'
  | 'implementation-died';

/** An outcome that the model allows, the row it comes from, and that row's source if it is known. */
export interface AllowedOutcome extends Allowed {
  readonly source?: string;
}

/** One point in which a run deviates from the specification. */
export interface Finding {
  readonly kind: FindingKind;
  /** The property that is broken, or else the clause of the model that was not met. */
  readonly id: string;
  /** Which step of the run, from 0; -1 if the implementation would not even start the run. */
  readonly at: number;
  /** The step itself; null where there is none. */
  readonly step: Step | null;
  readonly allowed: readonly AllowedOutcome[];
  /** Null if there was no answer. */
  readonly answer: Outcome | null;
  /** One sentence that says what was found and what was expected. */
  readonly text: string;
}

/**
 * What makes two findings the same deviation: property or clause, call, allowed set and answer. The
 * numbers of descriptors and processes are left out, so that a shorter run may renumber them.
 */
export function findingKey(finding: Finding): string {
  const allowed = [...new Set(finding.allowed.map(({ outcome }) => outcomeName(outcome)))].sort();
  const answer = finding.answer === null ? 'nothing' : outcomeName(finding.answer);
  const call = finding.step === null ? '-' : finding.step.call.call;
  return [finding.id, call, allowed.join('/'), answer].join('|');
}

/**
 * What has to stay while a run is made shorter. A wrong outcome stays the same whatever property the
 * run breaks besides: a shorter run that breaks none may file it under its clause.
 */
export function reproductionKey(finding: Finding): string {
  if (finding.kind !== 'outcome') return findingKey(finding);
  const rows = [...new Set(finding.allowed.map(({ row }) => row))].sort();
  return [rows.join('/'), findingKey({ ...finding, id: 'outcome' })].join('|');
}

/** Adds to allowed outcomes where the kernel does what their rows say. */
export function withSources(
  allowed: readonly Allowed[],
  rows: ReadonlyMap<string, RowInfo>,
): readonly AllowedOutcome[] {
  return allowed.map((one) => {
    const source = rows.get(one.row)?.source;
    return source === undefined ? one : { ...one, source };
  });
}

/**
 * The clause under which a wrong outcome is filed: the one that should have fired, or for an error
 * where success was due, the call with that error.
 */
export function clauseOf(step: Step, allowed: readonly Allowed[], answer: Outcome): string {
  const error = allowed.find(({ outcome }) => !outcome.ok);
  if (error !== undefined) return error.row;
  if (!answer.ok) return `${step.call.call}.unexpected-${answer.errno}`;
  return allowed[0]?.row ?? `${step.call.call}.ok`;
}
