import type { BrokenCheck, CheckReport, SkippedCheck } from './check.types.ts';
import type { ExplainReport } from './explain.types.ts';
import type { ReplayReport } from './replay.types.ts';
import type { StartReport } from './start.types.ts';
import type { SurveyReport } from './survey.types.ts';

/** What the exit code says of a result. The order is the precedence: the first that applies. */
export const exitCodes = {
  usage: 2,
  deviation: 1,
  broken: 3,
  inconclusive: 4,
  fine: 0,
} as const;

export type Ending = keyof typeof exitCodes;

const precedence = ['usage', 'deviation', 'broken', 'inconclusive'] as const;

/** The ending of a whole whose parts ended like this; of no parts, nothing ran. */
export function worstEnding(endings: readonly Ending[]): Ending {
  if (endings.length === 0) return 'inconclusive';
  return precedence.find((ending) => endings.includes(ending)) ?? 'fine';
}

/** How a search or a check with this verdict ends. */
export function endingOf(verdict: 'pass' | 'fail' | 'inconclusive'): Ending {
  switch (verdict) {
    case 'pass':
      return 'fine';
    case 'fail':
      return 'deviation';
    case 'inconclusive':
      return 'inconclusive';
  }
}

/** Whether something that was left out spoils an otherwise good ending. */
export type Strictness = 'strict' | 'lenient';

/** How a check ends. A campaign that was stopped early is no proof of anything but what it found. */
export function checkEnding({ campaign }: CheckReport, strictness: Strictness): Ending {
  const { verdict, ended, skipped, notObservable } = campaign;
  if (verdict === 'deviates') return 'deviation';
  if (verdict === 'inconclusive' || ended === 'stopped') return 'inconclusive';
  const leftOut = skipped.length + notObservable.length > 0;
  return strictness === 'strict' && leftOut ? 'inconclusive' : 'fine';
}

/** How a replay ends; one of no calls is inconclusive, and so is one where the model cannot say. */
export function replayEnding({ rows, verdicts }: ReplayReport): Ending {
  const unknown = rows.length === 0 || rows.some(({ allowed }) => allowed.length === 0);
  const endings = verdicts.map(({ verdict }): Ending => {
    switch (verdict) {
      case 'conforms':
        return 'fine';
      case 'deviates':
        return 'deviation';
      case 'inconclusive':
        return 'inconclusive';
    }
  });
  return worstEnding([...endings, unknown ? 'inconclusive' : 'fine']);
}

/**
 * How a survey ends: broken if a target could not be surveyed; inconclusive if of one nothing could be
 * decided, or not all if that is strict.
 */
export function surveyEnding(
  { targets, notSurveyed }: SurveyReport,
  strictness: Strictness,
): Ending {
  const isOpen = ({ closest, switches }: SurveyReport['targets'][number]): boolean =>
    strictness === 'strict'
      ? switches.some(({ kind }) => kind === 'undecided')
      : closest.length === 0;
  return worstEnding([
    ...notSurveyed.map(() => 'broken' as const),
    ...targets.map((target) => (isOpen(target) ? 'inconclusive' : 'fine')),
  ]);
}

/** How an explanation ends; what had to be assumed or was left open spoils it if that is strict. */
export function explainEnding({ explanation }: ExplainReport, strictness: Strictness): Ending {
  const { verdict, assumptions, remarks } = explanation;
  if (verdict.verdict === 'deviates') return 'deviation';
  if (verdict.verdict === 'inconclusive') return 'inconclusive';
  const leftOpen = assumptions.length + remarks.length > 0;
  return strictness === 'strict' && leftOpen ? 'inconclusive' : 'fine';
}

/** How a start ends: as the worst of its parts; a part that is skipped counts if that is strict. */
export function startEnding(report: StartReport, strictness: Strictness): Ending {
  const { searches, reference, linux } = report;
  return worstEnding([
    ...searches.map(({ verdict }) => endingOf(verdict)),
    ...reference.map((one) => checkEnding(one, strictness)),
    'campaign' in linux ? checkEnding(linux, strictness) : absenceEnding(linux, strictness),
  ]);
}

function absenceEnding(absent: SkippedCheck | BrokenCheck, strictness: Strictness): Ending {
  if ('broken' in absent) return 'broken';
  return strictness === 'strict' ? 'inconclusive' : 'fine';
}
