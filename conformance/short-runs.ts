import type { Declared } from './declared.ts';
import type { Snapshot, World } from '../model/index.ts';
import type { Step } from '../model/vocabulary/index.ts';
import { alphabetOf } from './alphabet.ts';
import type { Alphabet } from './alphabet.ts';
import { createPlanner } from './plan.ts';
import type { PlannedStep } from './plan.ts';
import { createProspects } from './prospects.ts';
import { createStateSet } from './state-set.ts';

/**
 * A run of the exhaustive phase: a shortest way to a state, then one step that succeeds; or, with
 * `probes` above 0, then that many steps that all fail and so do not disturb each other.
 */
export interface ShortRun {
  readonly run: readonly PlannedStep[];
  readonly probes: number;
  /** Steps before the one under test. */
  readonly depth: number;
}

interface Node {
  readonly path: readonly PlannedStep[];
  readonly state: Snapshot;
}

/**
 * Explores a small part of a world breadth first: one run for every transition of every state, and
 * one run for all failing steps of each. It goes on for as long as it is asked to.
 */
export function* shortRuns(world: World, declared: Declared): Generator<ShortRun, void, void> {
  const seen = createStateSet();
  const planner = createPlanner(world);
  world.reset();
  let level: readonly Node[] = [{ path: [], state: world.save() }];
  for (const { state } of level) seen.add(state);
  for (let depth = 0; level.length > 0; depth++) {
    const next: Node[] = [];
    for (const node of level) {
      const failing: PlannedStep[] = [];
      const { usual, odd } = stepsAt(node, world.host, declared);
      for (const [at, step] of [...usual, ...odd].entries()) {
        world.load(node.state);
        planner.begin(node.path);
        const planned = planner.take(step);
        if (planned === null) continue;
        if (!planned.outcome.ok) {
          failing.push(planned);
          continue;
        }
        const path = [...node.path, planned];
        const state = world.save();
        // An odd step that succeeds after all leads to nothing that usual ones do not lead to.
        if (at < usual.length && seen.add(state) === 'added') next.push({ path, state });
        yield { run: path, probes: 0, depth };
      }
      if (failing.length > 0) {
        yield { run: [...node.path, ...failing], probes: failing.length, depth };
      }
    }
    level = next;
  }
}

function stepsAt({ path }: Node, host: readonly string[], declared: Declared): Alphabet {
  const prospects = createProspects();
  for (const { step, outcome } of path) prospects.note(step, outcome);
  const { usual, odd } = alphabetOf(prospects, host, declared);
  const known = new Set<string>();
  const unknown = (step: Step): boolean => known.size < known.add(JSON.stringify(step)).size;
  return { usual: usual.filter(unknown), odd: odd.filter(unknown) };
}
