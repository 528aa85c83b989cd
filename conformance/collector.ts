import type { Adapter, Setup } from '../adapters/contract/index.ts';
import type { World } from '../model/index.ts';
import type { Deviation, TraceRow } from './deviation.types.ts';
import { findingKey } from './finding.ts';
import type { Finding } from './finding.ts';
import { createJudge } from './judge.ts';
import { allowedRows } from './allowed-rows.ts';
import type { PlannedStep } from './plan.ts';
import { judgeRun } from './run.ts';
import { plainScrutiny } from './scrutiny.ts';
import type { Scrutiny } from './run.ts';
import { isSettled, shrinkFinding } from './shrink-finding.ts';
import type { Specification } from './specification.types.ts';

/** The deviations of a campaign, each distinct one once. */
export interface Collector {
  /** Takes what a run showed under some scrutiny. */
  collect(
    run: readonly PlannedStep[],
    findings: readonly Finding[],
    scrutiny: Scrutiny,
  ): Promise<void>;
  list(): readonly Deviation[];
}

export interface CollectorParts {
  readonly adapter: Adapter;
  readonly watch: readonly string[];
  readonly setup: Setup;
  readonly specification: Specification;
  /** Asked before each run that shrinking plays. */
  readonly stop: () => boolean;
}

/** How many distinct deviations are followed up. */
const deviationLimit = 48;

/** @param shrinking `no`: deviations come without a trace. */
export function createCollector(parts: CollectorParts, shrinking: 'yes' | 'no'): Collector {
  const { adapter, setup, specification, stop, watch } = parts;
  // What shrinking plays is no part of the campaign's own counts.
  const judge = createJudge(specification, adapter.hello, watch, new Map());
  const world: World = specification.makeWorld();
  /** The final key of each key that was met, since a shorter run may file it elsewhere. */
  const finalKeys = new Map<string, string>();
  const byKey = new Map<string, Deviation>();

  const play = (run: readonly PlannedStep[], scrutiny: Scrutiny) =>
    judgeRun(adapter, judge, setup, run, scrutiny);

  const isProperty = (id: string): boolean =>
    specification.properties.some((property) => property.id === id);

  /** The finding, filed under the property that the run breaks by then, if sights tell of one. */
  async function filed(run: readonly PlannedStep[], finding: Finding): Promise<Finding> {
    // Whether a death is premature is known from the model; what led to it may break a property.
    const isFiled = isProperty(finding.id) && finding.kind !== 'premature-death';
    // What else is found in a run that was broken off is another deviation.
    if (isFiled || finding.kind === 'implementation-died') return finding;
    if (adapter.hello.observes.length === 0) return finding;
    const close: Scrutiny = { ...plainScrutiny, sights: 'each', afterSight: 'go-on' };
    const { findings } = await play(run, close);
    const broken = findings.find(({ id }) => isProperty(id));
    return broken === undefined ? finding : { ...finding, id: broken.id };
  }

  /** As much scrutiny as it takes to see a finding again. */
  function cheapest(finding: Finding, scrutiny: Scrutiny): Scrutiny {
    if (isSettled(finding)) return scrutiny;
    const bySight =
      finding.kind === 'sight' || (finding.kind !== 'outcome' && isProperty(finding.id));
    return { ...scrutiny, settle: 'never', sights: bySight ? scrutiny.sights : 'none' };
  }

  async function followUp(
    run: readonly PlannedStep[],
    finding: Finding,
    scrutiny: Scrutiny,
  ): Promise<Deviation> {
    const key = findingKey(finding);
    if (shrinking === 'no') {
      const seen = isSettled(finding) ? 'settled' : 'at-once';
      const final = await filed(run.slice(0, finding.at + 1), finding);
      return { ...final, key: findingKey(final), trace: [], runs: 1, seen, repeatable: 'yes' };
    }
    const cheap = cheapest(finding, scrutiny);
    const again = async (shorter: readonly PlannedStep[]): Promise<readonly Finding[]> =>
      (await play(shorter, cheap)).findings;
    const small = await shrinkFinding(world, run, finding, again, stop);
    const seen = isSettled(finding) ? 'settled' : 'at-once';
    if (small === null) {
      const trace = await traceOf(run.slice(0, finding.at + 1));
      return { ...finding, key, trace, runs: 1, seen, repeatable: stop() ? 'yes' : 'no' };
    }
    const final = await filed(small.run, small.finding);
    const trace = await traceOf(small.run);
    return { ...final, key: findingKey(final), trace, runs: 1, seen, repeatable: 'yes' };
  }

  async function traceOf(run: readonly PlannedStep[]): Promise<readonly TraceRow[]> {
    return allowedRows(adapter, specification, setup, run);
  }

  async function collect(
    run: readonly PlannedStep[],
    findings: readonly Finding[],
    scrutiny: Scrutiny,
  ): Promise<void> {
    if (scrutiny.sights === 'last' && findings.some(({ kind }) => kind === 'sight')) {
      // The step that made the difference may be any: look again with a sight after each.
      const closer: Scrutiny = { ...scrutiny, sights: 'each' };
      const again = await play(run, closer);
      if (again.findings.length > 0) {
        await collect(run, again.findings, closer);
        return;
      }
    }
    for (const finding of findings) {
      const key = findingKey(finding);
      const known = byKey.get(finalKeys.get(key) ?? '');
      if (known !== undefined) {
        byKey.set(known.key, { ...known, runs: known.runs + 1 });
        continue;
      }
      if (byKey.size >= deviationLimit) continue;
      const deviation = await followUp(run, finding, scrutiny);
      finalKeys.set(key, deviation.key);
      const same = byKey.get(deviation.key);
      byKey.set(deviation.key, same === undefined ? deviation : shorter(same, deviation));
    }
  }

  return {
    collect,
    list: () => [...byKey.values()],
  };
}

function shorter(a: Deviation, b: Deviation): Deviation {
  const best = b.trace.length < a.trace.length ? b : a;
  return { ...best, runs: a.runs + b.runs };
}
