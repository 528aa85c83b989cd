import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLogReader } from '../../traces/index.ts';
import { anyLog } from './altered-logs.test-data.ts';
import { createLogPlanner, explainLog } from './explain-log.ts';
import { createLogWorlds } from './log-worlds.ts';

/** How many altered logs are tried; PINPROOF_FUZZ=100000 for the whole. */
const inputs = Number(process.env['PINPROOF_FUZZ'] ?? 1000);
/** Far longer than any of these takes: what needs more hangs. */
const patienceMs = 5000;

const worlds = createLogWorlds();

/** What is said of a log: its verdict, or where there is nothing of strace's in it. */
function saidOf(lines: readonly string[]): string {
  const reader = createLogReader(1);
  const events = lines.flatMap((line, k) => reader.read(line, k + 1));
  if (reader.understood() === 0) {
    const { line, column } = reader.firstUnread() ?? { line: 1, column: 1 };
    expect(line).toBeLessThanOrEqual(Math.max(1, lines.length));
    expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1);
    return 'no log';
  }
  const planner = createLogPlanner();
  for (const event of events) planner.take(event);
  const explainer = explainLog('linux-6.18', planner.finish(), {}, worlds);
  for (const event of events) explainer.take(event);
  const { verdict } = explainer.finish();
  if (verdict.verdict === 'deviates') {
    expect(lines[verdict.place.line - 1]).toBeDefined();
    expect(verdict.clause).not.toBe('');
  }
  return verdict.verdict;
}

describe('a log that was altered', () => {
  it(
    `gets a verdict, whatever was done to its bytes, tokens and lines (${inputs} of them)`,
    () => {
      const said = new Map<string, number>();
      fc.assert(
        fc.property(anyLog, (lines) => {
          const begin = performance.now();
          const one = saidOf(lines);
          expect(performance.now() - begin).toBeLessThan(patienceMs);
          said.set(one, (said.get(one) ?? 0) + 1);
        }),
        { seed: 8, numRuns: inputs },
      );
      if (inputs > 1000) process.stdout.write(`${JSON.stringify([...said])}\n`);
      // Were all of them alike, nothing would have been tried.
      expect([...said.keys()].toSorted()).toEqual([
        'conforms',
        'deviates',
        'inconclusive',
        'no log',
      ]);
    },
    inputs * 1000,
  );
});
