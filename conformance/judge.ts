import type { Answer, Hello } from '../adapters/contract/index.ts';
import type { Outcome, Sight, SightField, Step } from '../model/vocabulary/index.ts';
import { sameOutcome } from '../model/vocabulary/index.ts';
import { createsObject, getsObject } from './call-facts.ts';
import type { Difference } from './compare-observations.ts';
import { clauseOf, withSources } from './finding.ts';
import { allowedText, outcomeText } from './outcome-text.ts';
import { plainOf } from './raw-calls.ts';
import type { Finding, FindingKind } from './finding.ts';
import { cookiePlacesOf } from './compare-cookies.ts';
import { createIdentityMap } from './identity.ts';
import { createLife } from './life.ts';
import { observable, standing } from './observable.ts';
import { createOracle, stateLimit } from './oracle.ts';
import type { Allowed, Trial } from './oracle.types.ts';
import { createReleases } from './releases.ts';
import type { Awaited, Release } from './releases.ts';
import { createSightJudge } from './sight-judge.ts';
import type { SightVerdict } from './sight-judge.ts';
import type { Specification } from './specification.types.ts';

/** What became of a run. */
export interface RunJudgement {
  readonly findings: readonly Finding[];
  /** Steps whose outcome was compared. */
  readonly compared: number;
  /** The bound that ended the comparison, or null. */
  readonly inconclusive: string | null;
  /** Identities that were never seen to be gone. */
  readonly unaccounted: readonly number[];
  /** What was measured of objects that were let go: those that are gone, and the others. */
  readonly released: readonly Release[];
  readonly awaited: readonly Awaited[];
}

/**
 * What to do when a sight differs from the model: `stop` follows the run no further, `go-on` looks
 * for what else it breaks.
 */
export type AfterSight = 'stop' | 'go-on';

/** Holds the answers of one run after another against a specification. */
export interface Judge {
  /** Begins a run. */
  begin(afterSight: AfterSight): void;
  /** Takes the answer to the next step; `stop`: the rest of the run cannot be followed. */
  step(step: Step, answer: Answer): 'go-on' | 'stop';
  /** Identities listed last although no possible state has them alive. */
  late(): readonly number[];
  /** Objects that were listed last and will be gone once nothing is outstanding, by the model's numbers. */
  leaving(): readonly number[];
  /** True if a settled system that is as the steps so far leave it looks like this. */
  agrees(sight: Sight): boolean;
  /** Takes the sight of the settled system after the last step. */
  settled(sight: Sight): void;
  result(): RunJudgement;
}

/** The fields in which an object that lives on too long shows. */
const livesOn: ReadonlySet<SightField> = new Set(['alive', 'counts', 'holders', 'pending']);

/**
 * A judge for one adapter.
 * @param covered how often each row of the model was met by a compared step; added to.
 */
export function createJudge(
  specification: Specification,
  hello: Pick<Hello, 'observes' | 'identities' | 'hides'>,
  watch: readonly string[],
  covered: Map<string, number>,
): Judge {
  const oracle = createOracle(specification.makeWorld(), stateLimit, (_, predicted, answered) =>
    sameOutcome(predicted, answered),
  );
  oracle.reset();
  const identity = createIdentityMap();
  const life = createLife(oracle, identity);
  const releases = createReleases(oracle, identity);
  const fields = new Set(hello.observes);
  const { judged } = observable(standing(specification), fields);
  const sights = createSightJudge(oracle, identity, fields, watch, judged, cookiePlacesOf(hello));
  const rows = new Map(specification.rows.map((row) => [row.id, row]));
  let findings: Finding[] = [];
  let at = -1;
  let compared = 0;
  let inconclusive: string | null = null;
  let afterSight: AfterSight = 'stop';
  let last: Step | null = null;
  let lastRow = 'start';

  function find(
    kind: FindingKind,
    id: string,
    allowed: readonly Allowed[],
    answer: Outcome | null,
    text: string,
  ): void {
    const known = findings.some((one) => one.id === id && one.kind === kind);
    if (known && kind === 'property') return;
    findings.push({ kind, id, at, step: last, allowed: withSources(allowed, rows), answer, text });
  }

  function bindObject(step: Step, answer: Answer, row: string): void {
    const { object, outcome } = answer;
    if (!outcome.ok) return;
    const allowed = [{ outcome, row }];
    if (createsObject(step.call)) {
      if (object === undefined) identity.skipNext();
      else if (identity.bindNext(object) === 'taken') {
        find(
          'identity',
          row,
          allowed,
          outcome,
          `the new object is called ${object} as an older one`,
        );
      }
      return;
    }
    if (!getsObject(step.call) || object === undefined) return;
    const ours = identity.ours(object);
    const behind = (): number => oracle.world.objectBehind(step.pid, outcome.value);
    // An object without an identity of its own can be no other's.
    const same = (): Trial =>
      behind() === ours || (ours === 0 && identity.theirs(behind()) === 0) ? 'passes' : 'never';
    if (oracle.keep(same) !== 'none') return;
    const isById = plainOf(step.call).call !== 'BPF_OBJ_GET';
    const text = `the object got is ${ours}, the one ${isById ? 'of that id' : 'pinned there'} is ${behind()}`;
    const id = isById ? 'id-opens-its-object' : 'get-returns-what-was-pinned';
    find('identity', id, allowed, outcome, text);
  }

  function noteLife(answer: Answer, row: string): void {
    if (answer.alive === undefined) return;
    for (const ours of life.note(answer.alive)) {
      const text = `object ${ours} is gone while something holds it`;
      find(
        'premature-death',
        'alive-iff-held',
        [{ outcome: answer.outcome, row }],
        answer.outcome,
        text,
      );
    }
  }

  /** Files what a sight shows: under the properties it breaks, or else as a difference. */
  function noteSight(
    { difference, broken }: SightVerdict,
    differs: (difference: Difference) => { readonly kind: FindingKind; readonly id: string },
    allowed: readonly Allowed[],
    answer: Outcome | null,
  ): 'go-on' | 'stop' {
    for (const property of broken) find('property', property.id, allowed, answer, property.title);
    if (difference === null) return 'go-on';
    if (broken.length === 0) {
      const { kind, id } = differs(difference);
      const { cell, model, adapter } = difference;
      const text = `${cell} is ${model} in the model and ${adapter} here`;
      find(kind, id, allowed, answer, text);
    }
    return afterSight;
  }

  function stepOutcome(step: Step, answer: Answer): { readonly row: string } | null {
    const { outcome } = answer;
    const verdict = oracle.step(step.pid, step.call, outcome);
    if (verdict.kind === 'consistent') {
      compared++;
      covered.set(verdict.row, (covered.get(verdict.row) ?? 0) + 1);
      return verdict;
    }
    if (verdict.kind === 'inconclusive') inconclusive = verdict.reason;
    else {
      compared++;
      const { allowed } = verdict;
      const { call } = step;
      const text = `answered ${outcomeText(call, outcome)}, allowed is ${allowedText(call, allowed)}`;
      // What the answer breaks shows in the sight that came with it.
      const broken =
        answer.sight === undefined ? [] : sights.judge(answer.sight, step, outcome).broken;
      for (const { id } of broken) find('outcome', id, allowed, outcome, text);
      if (broken.length > 0) return null;
      find('outcome', clauseOf(step, allowed, outcome), allowed, outcome, text);
    }
    return null;
  }

  return {
    begin(then) {
      oracle.reset();
      identity.reset();
      life.reset();
      releases.reset();
      sights.reset();
      findings = [];
      [at, compared, inconclusive, afterSight, last, lastRow] = [-1, 0, null, then, null, 'start'];
    },
    step(step, answer) {
      at++;
      last = step;
      const consistent = stepOutcome(step, answer);
      if (consistent === null) return 'stop';
      const { row } = consistent;
      lastRow = row;
      const before = findings.length;
      bindObject(step, answer, row);
      if (findings.length > before) return 'stop';
      noteLife(answer, row);
      if (findings.length > before) return 'stop';
      releases.note(step, answer);
      if (answer.sight === undefined) {
        sights.miss();
        return 'go-on';
      }
      const verdict = sights.judge(answer.sight, step, answer.outcome);
      const { outcome } = answer;
      return noteSight(verdict, () => ({ kind: 'sight', id: row }), [{ outcome, row }], outcome);
    },
    late: () => life.late(),
    leaving: () => life.leaving(),
    agrees: (sight) => sights.agrees(sight),
    settled(sight) {
      // Nobody's call shows it: the same deviation can come after any last step.
      last = null;
      const id = sight.processes.length === 0 ? 'quiescence-leaves-nothing' : 'alive-iff-held';
      const differs = ({ field }: Difference) =>
        livesOn.has(field)
          ? ({ kind: 'late-death', id } as const)
          : ({ kind: 'sight', id: lastRow } as const);
      noteSight(sights.settled(sight), differs, [], null);
    },
    result: () => ({
      findings,
      compared,
      inconclusive,
      unaccounted: fields.has('alive') ? life.unaccounted() : [],
      released: releases.over(),
      awaited: releases.awaited(),
    }),
  };
}
