/** The distinct deviations of runs that cannot be played again. */
import type { Adapter, Setup } from '../adapters/contract/index.ts';
import { allowedRows } from './allowed-rows.ts';
import type { Deviation } from './deviation.types.ts';
import { findingKey } from './finding.ts';
import type { Finding } from './finding.ts';
import type { PlannedStep } from './plan.ts';
import type { Specification } from './specification.types.ts';

export interface Filing {
  /** Takes what a run showed, with an adapter that says once more what was answered to it. */
  file(adapter: Adapter, run: readonly PlannedStep[], findings: readonly Finding[]): void;
  /** Each distinct deviation once, with the shortest run that shows it. */
  list(): Promise<readonly Deviation[]>;
}

interface Filed {
  readonly finding: Finding;
  readonly adapter: Adapter;
  /** Up to the step that deviates. */
  readonly run: readonly PlannedStep[];
  readonly runs: number;
}

/** How many distinct deviations are kept. */
const deviationLimit = 48;

export function createFiling(specification: Specification, setup: Setup): Filing {
  const byKey = new Map<string, Filed>();

  async function deviation(
    key: string,
    { finding, adapter, run, runs }: Filed,
  ): Promise<Deviation> {
    const seen = finding.step === null && finding.answer === null ? 'settled' : 'at-once';
    const trace = await allowedRows(adapter, specification, setup, run);
    return { ...finding, key, trace, runs, seen, repeatable: 'untried' };
  }

  return {
    file(adapter, run, findings) {
      for (const finding of findings) {
        const key = findingKey(finding);
        const known = byKey.get(key);
        if (known === undefined && byKey.size >= deviationLimit) continue;
        const needed = run.slice(0, finding.at + 1);
        const runs = (known?.runs ?? 0) + 1;
        const best =
          known === undefined || needed.length < known.run.length
            ? { finding, adapter, run: needed }
            : known;
        byKey.set(key, { ...best, runs });
      }
    },
    async list() {
      const deviations: Deviation[] = [];
      // One by one: several may be of the same run, whose adapter says one thing at a time.
      for (const [key, filed] of byKey) deviations.push(await deviation(key, filed));
      return deviations;
    },
  };
}
