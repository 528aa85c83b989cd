/** The third judge: seeded random runs, as a campaign decodes them, on the sound model and a mutated one. */
import {
  campaignBounds as bounds,
  campaignHost as host,
  decodeRun,
  seededChoices,
} from '../../conformance/index.ts';
import type { PlannedStep } from '../../conformance/index.ts';
import { createWorld, profiles, type World } from '../../model/index.ts';
import {
  accessFlagNames,
  callNames,
  mapTypeNames,
  sameOutcome,
} from '../../model/vocabulary/index.ts';
import { watchedCalls, type Tell } from './differences.ts';
import { flippable } from './flippable-charts.ts';
import type { FlipJudge, RowJudge } from './mutation.types.ts';

export const runs = { seed: 1, number: 300, length: 40 } as const;

const everything = new Set([...callNames, ...mapTypeNames, ...accessFlagNames]);

function decode(world: World, number: number): readonly PlannedStep[] {
  return decodeRun(world, seededChoices(runs.seed, number, runs.length), everything).steps;
}

const numbers = Array.from({ length: runs.number }, (_, number) => number);

const runName = (number: number): string => `run ${number} of seed ${runs.seed}`;

export const randomRowJudge: RowJudge = (profile, pending) => {
  const found = new Map<string, string>();
  let by = '';
  const tell: Tell = ({ mutation, mutated }) => {
    // A campaign leaves out what meets a bound of the model.
    if (mutated === 'bound' || !pending.has(mutation) || found.has(mutation)) return;
    found.set(mutation, by);
  };
  const rows = (own: Parameters<typeof watchedCalls>[0]): ReturnType<typeof watchedCalls> =>
    watchedCalls(own, tell);
  const world = createWorld({ switches: profiles[profile], bounds, host, rows });
  for (const number of numbers) {
    if (found.size === pending.size) break;
    by = runName(number);
    decode(world, number);
  }
  return found;
};

export const randomFlipJudge: FlipJudge = (profile, pending) => {
  const found = new Map<string, string>();
  const options = { switches: profiles[profile], bounds, host } as const;
  const sound = createWorld(options);
  const { charts, under } = flippable();
  const world = createWorld({ ...options, charts });
  for (const number of numbers) {
    if (found.size === pending.length) break;
    const steps = decode(sound, number);
    for (const { name, flip } of pending) {
      if (!found.has(name) && under(flip, () => differs(world, steps))) {
        found.set(name, runName(number));
      }
    }
  }
  return found;
};

/** Whether a model answers otherwise than another did; behind a bound of it nothing is compared. */
function differs(world: World, steps: readonly PlannedStep[]): boolean {
  try {
    world.reset();
    for (const { step, outcome } of steps) {
      const result = world.step(step.pid, step.call);
      if (result.kind === 'bound') return false;
      if (!sameOutcome(result.outcome, outcome)) return true;
    }
    return false;
  } catch {
    return true;
  }
}
