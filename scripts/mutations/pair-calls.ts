/** The second judge: calls that fail in pairs of ways, in a world with one of everything. */
import { createWorld, profiles, type ProfileName, type World } from '../../model/index.ts';
import type { Step } from '../../model/vocabulary/index.ts';
import { tried } from '../../test/errors/failing-calls.test-data.ts';
import {
  boundsUnder,
  host,
  making,
  type Setting,
  type State,
} from '../../test/errors/full-world.test-data.ts';
import { watchedCalls, type Tell } from './differences.ts';
import { flippable } from './flippable-charts.ts';
import type { FlipJudge, RowJudge } from './mutation.types.ts';

interface Surroundings {
  readonly setting: Setting;
  readonly state: State;
}

const surroundings: readonly Surroundings[] = [
  { setting: 'disabled', state: 'writable' },
  { setting: 'allowed', state: 'writable' },
  { setting: 'disabled', state: 'read-only' },
];

const textOf = ({ pid, call }: Step): string => `${pid} ${JSON.stringify(call)}`;

/** Tries calls in the same state. */
function tryAll(world: World, calls: readonly Step[], asking: (step: Step) => void): void {
  const made = world.save();
  for (const step of calls) {
    asking(step);
    const result = world.step(step.pid, step.call);
    if (result.kind === 'outcome') world.load(made);
  }
}

export const pairRowJudge: RowJudge = (profile, pending) => {
  const found = new Map<string, string>();
  const names = new Set<string>(pending.values());
  const calls = tried.filter(({ call }) => names.has(call.call));
  for (const { setting, state } of surroundings) {
    let asked = '';
    const tell: Tell = ({ mutation }) => {
      if (pending.has(mutation) && !found.has(mutation)) found.set(mutation, asked);
    };
    const world = createWorld({
      switches: profiles[profile],
      bounds: boundsUnder(setting),
      host,
      rows: (own) => watchedCalls(own, tell),
    });
    asked = 'the calls that make the world';
    for (const { pid, call } of making(state)) world.step(pid, call);
    tryAll(world, calls, (step) => {
      asked = textOf(step);
    });
  }
  return found;
};

/** Calls that fail change nothing, so that what they are asked in tells all. */
export const pairFlipJudge: FlipJudge = (profile, pending) => {
  const found = new Map<string, string>();
  for (const around of surroundings) {
    const { charts, under } = flippable();
    const made = worldMade(profile, around, charts);
    const sound = made();
    for (const { name, flip } of pending) {
      if (!found.has(name) && under(flip, made) !== sound) {
        found.set(name, 'the calls that make the world');
      }
    }
  }
  return found;
};

/** Makes the world; what its calls answer, and what it is like then, as a text. */
function worldMade(
  profile: ProfileName,
  { setting, state }: Surroundings,
  charts: ReturnType<typeof flippable>['charts'],
): () => string {
  const bounds = boundsUnder(setting);
  const world = createWorld({ switches: profiles[profile], bounds, host, charts });
  return () => {
    try {
      world.reset();
      const answers = making(state).map(({ pid, call }) => world.step(pid, call));
      return JSON.stringify([answers]);
    } catch (error) {
      return String(error);
    }
  };
}
