import type { Observation } from '../model/index.ts';
import type { Outcome, Sight, SightField, Step } from '../model/vocabulary/index.ts';
import { watchPaths } from '../properties/index.ts';
import { plainOf } from './raw-calls.ts';
import type { Property, StepView } from '../properties/index.ts';
import { firstDifference, isFinal } from './compare-observations.ts';
import type { Difference, Strictness } from './compare-observations.ts';
import { firstCookieDifference } from './compare-cookies.ts';
import type { CookiePlace } from './compare-cookies.ts';
import type { IdentityMap } from './identity.ts';
import { observeSight } from './observe-sight.ts';
import type { SeenObservation, SightNames } from './observe-sight.ts';
import type { Oracle, Trial } from './oracle.types.ts';
import { createOrigins } from './origins.ts';
import { createSharedTables } from './shared-tables.ts';

/** What a sight tells: how it differs from every possible state, and which properties it breaks. */
export interface SightVerdict {
  readonly difference: Difference | null;
  readonly broken: readonly Property[];
}

/** Compares sights with the model and holds the properties against them. */
export interface SightJudge {
  reset(): void;
  /** Takes note of a step without a sight. */
  miss(): void;
  /**
   * The sight after a step. Properties are judged only while every step of the run came with one:
   * they are about what happened between two sights.
   */
  judge(sight: Sight, step: Step, outcome: Outcome): SightVerdict;
  /** True if some possible state without outstanding effects looks like this. */
  agrees(sight: Sight): boolean;
  /** The sight of a settled system, which is compared exactly. */
  settled(sight: Sight): SightVerdict;
}

export function createSightJudge(
  oracle: Oracle,
  identity: IdentityMap,
  fields: ReadonlySet<SightField>,
  paths: readonly string[],
  properties: readonly Property[],
  cookiePlaces: readonly CookiePlace[] | null = null,
): SightJudge {
  const origins = createOrigins();
  const tables = createSharedTables();
  const watch = watchPaths(paths);
  const seen = oracle.world.observe(paths);
  const { shape } = seen;
  const names: SightNames = {
    shape,
    fields,
    paths: new Map(paths.map((path, place) => [path, place])),
    object: (theirs) => identity.ours(theirs),
    origin: (instance) => origins.of(instance),
    files: (pid) => tables.of(pid),
  };
  let before: Observation | null = null;
  let unbroken = true;
  let linked = false;
  let passing = false;

  /** What cgroups and the network device hold is what every possible state says; by which is not asked. */
  function tellHooked({ hooked }: SeenObservation): void {
    hooked.fill(1);
    oracle.every(() => {
      const now = oracle.world.observe([]).hooked;
      for (const [object, is] of now.entries()) if (is === 0) hooked[object] = 0;
      return true;
    });
  }

  /** Where symbolic links are on the way is what the specification says. */
  function tellLinks({ seenByLink }: SeenObservation): void {
    oracle.every(() => {
      const now = oracle.world.observe(paths).seenByLink;
      for (const [at, is] of now.entries()) if (is === 1) seenByLink[at] = 1;
      return true;
    });
  }

  /** Who hears of mounts elsewhere is what the specification says. */
  function tellHears({ hears }: SeenObservation): void {
    oracle.every(() => {
      const now = oracle.world.observe([]).hears;
      for (const [pid, is] of now.entries()) hears[pid] = Math.max(hears[pid] ?? 0, is);
      return true;
    });
  }

  const compare = (observed: SeenObservation, strictness: Strictness): Difference | null => {
    const model = oracle.world.observe(paths, seen);
    return cookiePlaces === null
      ? firstDifference(model, observed, strictness)
      : firstCookieDifference(model, observed, cookiePlaces, (ours) => identity.theirs(ours) !== 0);
  };

  function differenceFrom(observed: SeenObservation, strictness: Strictness): Difference | null {
    const trial = (how: Strictness) => (): Trial => {
      const difference = compare(observed, how);
      if (difference === null) return 'passes';
      return isFinal(difference) ? 'never' : 'not-yet';
    };
    if (oracle.keep(trial('exact')) !== 'none') return null;
    if (strictness === 'late' && oracle.keep(trial('late')) !== 'none') return null;
    return compare(observed, strictness);
  }

  function holds(property: Property, observed: Observation, view: StepView | null): boolean {
    switch (property.kind) {
      case 'always':
        return property.holds(observed);
      case 'step':
        if (before === null || view === null) return true;
        if (!view.outcome.ok && property.failing === 'skipped') return true;
        return property.holds(before, view, observed);
      case 'quiescence':
        return view !== null || observed.running.includes(1) || property.holds(observed);
      case 'leads-to':
        // Asked by waiting: what never settles deviates (specify.ts holds nobody to it here).
        return true;
    }
  }

  return {
    reset() {
      origins.reset();
      tables.reset();
      before = null;
      linked = false;
      passing = false;
      unbroken = true;
    },
    miss() {
      unbroken = false;
    },
    judge(sight, step, outcome) {
      origins.note(sight, outcome.ok ? step : null);
      tables.note(step, outcome);
      const observed = observeSight(sight, names);
      linked ||= outcome.ok && step.call.call === 'symlink';
      if (linked) tellLinks(observed);
      passing ||= outcome.ok && step.call.call === 'set-propagation';
      if (passing) tellHears(observed);
      const view = { pid: step.pid, call: plainOf(step.call), outcome, watch };
      const broken = unbroken
        ? properties.filter((property) => !holds(property, observed, view))
        : [];
      before = observed;
      return { difference: differenceFrom(observed, 'late'), broken };
    },
    agrees(sight) {
      oracle.quiesce();
      const observed = observeSight(sight, names);
      return !oracle.every(() => compare(observed, 'exact') !== null);
    },
    settled(sight) {
      oracle.quiesce();
      const observed = observeSight(sight, names);
      tellHooked(observed);
      // Where instances originate is known from an unbroken row of sights only.
      const broken = properties.filter(
        (property) =>
          (unbroken || property.kind === 'quiescence') && !holds(property, observed, null),
      );
      return { difference: differenceFrom(observed, 'exact'), broken };
    },
  };
}
