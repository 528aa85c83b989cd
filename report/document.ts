/**
 * Result documents: JSON with a version. They hold nothing that is measured, so that the same
 * question gets the same bytes.
 */
import type { CheckReport } from './check.types.ts';
import type { StartReport } from './start.types.ts';
import type { SurveyReport } from './survey.types.ts';
import type { ScopeReport } from './verify.types.ts';

export const resultFormat = 'pinproof-result/1';

/** The text of a document. Keys stand in the order in which they are given. */
export function documentText(
  verb: string,
  exitCode: number,
  content: Readonly<Record<string, unknown>>,
): string {
  const document = { format: resultFormat, verb, exit: exitCode, ...content };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** How far a search came by the time it was stopped is measured, so it is left out. */
export function scopeDocument(report: ScopeReport): Readonly<Record<string, unknown>> {
  const { limit, counts, goals, unreached, neverTaken, ...rest } = report;
  const measured = limit === 'time' || limit === 'interrupt';
  return measured
    ? { ...rest, limit, counts: null, goals: null, unreached: null, neverTaken: null }
    : { ...rest, limit, counts, goals, unreached, neverTaken };
}

/** Everything that a check found. */
export function checkDocument(report: CheckReport): Readonly<Record<string, unknown>> {
  const { target, profile, profileOrigin, reasons, deviations, campaign } = report;
  const { verdict, implementation, seed, runs, exhaustiveUpTo, compared, skipped } = campaign;
  const { judgedProperties, notObservable, hides, inconclusive, covered, ended } = campaign;
  return {
    target,
    implementation,
    profile,
    profileOrigin,
    reasons,
    ...(report.remarks === undefined ? {} : { remarks: report.remarks }),
    verdict,
    ended,
    seed,
    runs,
    exhaustiveUpTo,
    compared,
    skipped,
    judgedProperties,
    notObservable,
    ...(hides === undefined ? {} : { hides }),
    inconclusive,
    deviations,
    covered,
  };
}

/** Everything that a start found. */
export function startDocument(report: StartReport): Readonly<Record<string, unknown>> {
  const { searches, reference, linux } = report;
  const checks = 'campaign' in linux ? [...reference, linux] : reference;
  return {
    searches: searches.map(scopeDocument),
    checks: checks.map(checkDocument),
    notChecked: 'campaign' in linux ? [] : [linux],
  };
}

/** Everything that a survey found. */
export function surveyDocument({
  targets,
  notSurveyed,
  differences,
}: SurveyReport): Readonly<Record<string, unknown>> {
  return { targets, notSurveyed, differences };
}
