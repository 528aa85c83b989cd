/**
 * The current state of a search as properties see it. Observing costs about as much as a call, so a
 * state is observed when a property first looks at it, and at most once.
 */
import type { System, Visit } from '../../checker/index.ts';
import { newObservation, observedParts } from '../../model/index.ts';
import type { Observation, ObservedPart, Search } from '../../model/index.ts';
import type { Call, Outcome, Pid } from '../../model/vocabulary/index.ts';
import type { StepView, Watch } from '../../properties/index.ts';
import { lazyObservation } from './lazy-observation.ts';

export interface CurrentState {
  /** The search as the checker wants it; whatever makes another state current goes through it. */
  readonly system: System;
  /** The current state. */
  readonly now: Observation;
  /** The state that was current when `keep` was called. */
  before(): Observation;
  /** Keeps the state that is about to be expanded; does nothing if that is kept already. */
  readonly keep: () => void;
  /** The call that is being visited, or null for an internal action. */
  step(): StepView | null;
  /** True if the current state is, byte by byte, the one that was kept. */
  unchanged(): boolean;
}

/** A view whose outcome is that of the latest transition with its label. */
interface Label {
  readonly pid: Pid;
  readonly call: Call;
  outcome: Outcome;
  readonly watch: Watch;
}

/**
 * Labels are kept by a small integer, which is the fastest key, where their parts are small: an
 * argument, plus one, below the first of these limits, so that 26 bits are enough. Nearly all are.
 */
const argumentBits = 5;
const argumentLimit = 1 << argumentBits;
const pidLimit = 64;

type Key = number | string;

function keyOf(a: number, b: number, c: number, d: number, e: number): Key {
  const isSmall =
    a >= 0 && a < pidLimit && isArgument(b) && isArgument(c) && isArgument(d) && isArgument(e);
  if (!isSmall) return [a, b, c, d, e].join();
  const high = ((((e + 1) << argumentBits) | (d + 1)) << argumentBits) | (c + 1);
  return ((high << argumentBits) | (b + 1)) * pidLimit + a;
}

const isArgument = (value: number): boolean => value >= -1 && value < argumentLimit - 1;

export function createCurrentState(
  search: Search,
  watch: Watch,
  engine: 'drivers' | 'loop',
): CurrentState {
  let observed = newObservation(search.shape);
  let before = newObservation(search.shape);
  const keptWords = new Uint32Array(search.words);
  const words = new Uint32Array(search.words);
  const labels = search.actions.map(() => new Map<Key, Label | null>());
  const stale = 0;
  /** Which parts of `observed` are of the current state, as bits. */
  let fresh = stale;
  let kept = false;
  let label: Label | null | undefined;
  let [action, a, b, c, d, e] = [0, 0, 0, 0, 0, 0];

  function moved(): void {
    fresh = stale;
    kept = false;
  }

  /** Brings a part up to date; `bit`: its own in `fresh`. */
  const lookAt = (part: ObservedPart, bit: number) => (): Observation => {
    if ((fresh & bit) === 0) {
      search.observe(observed, part);
      fresh |= bit;
    }
    return observed;
  };
  const looks = {
    processes: lookAt('processes', 1),
    names: lookAt('names', 2),
    objects: lookAt('objects', 4),
  };

  function labelOf(): Label | null {
    const key = keyOf(a, b, c, d, e);
    const known = labels[action]?.get(key);
    if (known !== undefined) return known;
    const made = search.label(action, [a, b, c, d, e]);
    const label =
      'name' in made ? null : { pid: made.pid, call: made.call, outcome: search.outcome(), watch };
    labels[action]?.set(key, label);
    return label;
  }

  /** Several properties look at one transition, so what they ask first is kept. */
  function step(): Label | null {
    if (label !== undefined) return label;
    label = labelOf();
    if (label !== null) label.outcome = search.outcome();
    return label;
  }

  /** Notes what is visited before the checker is told. */
  const noting =
    (visit: Visit, state: 'another' | 'as before'): Visit =>
    (code, first, second, third, fourth, fifth) => {
      if (state === 'another') fresh = stale;
      label = undefined;
      action = code;
      a = first;
      b = second;
      c = third;
      d = fourth;
      e = fifth;
      visit(code, first, second, third, fourth, fifth);
    };

  return {
    system: {
      actions: search.actions,
      words: search.words,
      widths: search.widths,
      reset() {
        moved();
        search.reset();
      },
      pack(into, at) {
        search.pack(into, at);
      },
      unpack(from, at) {
        moved();
        search.unpack(from, at);
      },
      // Where states count as they are, looking for them twice would find nothing more.
      ...(search.packAsIs === search.pack ? {} : { packAsIs: search.packAsIs }),
      expand(visit, repeat = visit) {
        if (engine === 'drivers')
          search.expand(noting(visit, 'another'), noting(repeat, 'as before'));
        else search.expandByLoop(noting(visit, 'another'));
      },
      // Whoever asks nothing of a transition looks at no state but the one that is expanded.
      ...(engine === 'drivers'
        ? {
            expandUnasked(visit: Visit, repeat: Visit) {
              search.expand(visit, repeat);
            },
          }
        : {}),
      attempt: (visit, which) => search.attempt(noting(visit, 'another'), which),
    },
    now: lazyObservation(observed, looks),
    before: () => before,
    keep() {
      if (kept) return;
      kept = true;
      for (const part of observedParts) looks[part]();
      [before, observed] = [observed, before];
      fresh = stale;
      search.packAsIs(keptWords, 0);
    },
    step,
    unchanged() {
      search.packAsIs(words, 0);
      return words.every((word, at) => word === keptWords[at]);
    },
  };
}
