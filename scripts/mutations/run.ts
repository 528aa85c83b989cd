import { join } from 'node:path';
import { readCorpus } from './corpus.ts';
import { judgeFlips } from './judge-flips.ts';
import { judgeRows } from './judge-rows.ts';
import { flipMutations, rowMutations } from './listing.ts';
import { isAsked, parseOptions } from './options.ts';
import { reportJson, reportText } from './report.ts';
import { exitCode, verdictOf, type Listed } from './verdict.ts';

/** States of each named scope in which a mutation that nothing noticed is compared. */
const most = 2_000;

const corpus = join(import.meta.dirname, '..', '..', 'traces', 'corpus');

export interface Ended {
  readonly text: string;
  /** 1 if something is left that is not listed, or is listed and not left; 2 for bad input. */
  readonly code: 0 | 1 | 2;
}

/** Goes through what the arguments ask for; the same arguments give the same text. */
export function run(
  args: readonly string[],
  listed: Listed,
  progress: (text: string) => void = () => undefined,
): Ended {
  const parsed = parseOptions(args);
  if (!parsed.ok) return { text: `mutate: ${parsed.why}\n`, code: 2 };
  const { options } = parsed;
  const { profiles } = options;
  const judging = { cases: readCorpus(corpus), profiles, most, progress };
  const rows = rowMutations(profiles).filter((one) => isAsked(options, one));
  const flips = flipMutations().filter((one) => isAsked(options, one));
  const judged = [
    ...(rows.length > 0 ? judgeRows(rows, judging) : []),
    ...(flips.length > 0 ? judgeFlips(flips, judging) : []),
  ];
  const verdict = verdictOf(judged, listed, options);
  const text = options.as === 'json' ? reportJson(verdict, most) : reportText(verdict, most);
  return { text, code: exitCode(verdict) };
}
