import type { Snapshot, World } from '../model/index.ts';
import type { Call, Outcome, Pid, Step } from '../model/vocabulary/index.ts';
import { createStateSet } from './state-set.ts';

/** An outcome that the model allows, and the row of the call's table that it comes from. */
export interface Allowed {
  readonly outcome: Outcome;
  readonly row: string;
}

/** What an answer says about the states that are still possible. */
export type OracleVerdict =
  | { readonly kind: 'consistent'; readonly row: string }
  | { readonly kind: 'deviation'; readonly allowed: readonly Allowed[] }
  /** `reason`: the row of the bound that was met, or `oracle.states` if states are missing. */
  | { readonly kind: 'inconclusive'; readonly reason: string };

/** Whether an answer is what a state predicts. */
export type Matches = (call: Call, predicted: Outcome, answered: Outcome) => boolean;

/** What a test makes of a state; `never`: nor of what deferred effects may still make of it. */
export type Trial = 'passes' | 'not-yet' | 'never';

/**
 * The states of a model that are consistent with everything answered so far. The model's deferred
 * effects may take place between any two steps, in any order: n of them make 2^n states, at any
 * time. Nearly always nobody can tell whether one took place, and it is taken as late as the answers
 * allow: the oracle keeps the states from which all the others come by deferred effects, most often
 * one, and looks for effects only where an answer asks for some. That loses nothing: where a call
 * cannot tell whether an effect came before it, the effect may come behind it as well.
 */
export interface Oracle {
  readonly world: World;
  /** Begins a new run: the initial state is the only one. */
  reset(): void;
  /** Keeps the states that a call leads to with this answer; a deviation leaves the set unusable. */
  step(pid: Pid, call: Call, answered: Outcome): OracleVerdict;
  /** What a call may answer now; changes nothing. */
  allowed(pid: Pid, call: Call): readonly Allowed[];
  /**
   * Keeps the states that pass a test, which sees each as the world's current state; deferred
   * effects take place as far as it takes to pass it. If no state passes, the set stays as it was
   * and the answer is `none`, or `unknown` if states are missing.
   */
  keep(test: () => Trial): 'kept' | 'none' | 'unknown';
  /** True if every state passes a test that deferred effects do not undo. */
  every(test: () => boolean): boolean;
  /** Takes every deferred effect: what is left are the states in which none is outstanding. */
  quiesce(): void;
  /** How many states are kept. */
  size(): number;
}

/** How many states the oracles of this room look at for one answer: all that nine effects make. */
export const stateLimit = 512;

/** Why a set of which states are missing is inconclusive. */
export const tooManyStates = 'oracle.states';

/** What to keep of a state that is loaded: itself, or what it was led to. */
type Visit = (state: Snapshot) => Snapshot | Exclude<Trial, 'passes'>;

/**
 * An oracle over one world, which it owns.
 * @param limit how many states are looked at for one answer. Once there were more, or a bound kept
 *   a state from going on, an answer that no state allows makes the run inconclusive: one of those
 *   that are missing might.
 */
export function createOracle(world: World, limit: number, matches: Matches): Oracle {
  // null: the world's current state is the only one. Nearly every step of every run finds that
  // case. It is not even copied: what led to it since `base` is enough to come back to it.
  let members: readonly Snapshot[] | null = null;
  let base: Snapshot | null = null;
  let since: Step[] = [];
  let missing: string | null = null;

  function begin(from: Snapshot | null): void {
    base = from;
    since = [];
    if (from === null) world.reset();
    else world.load(from);
  }

  function setMembers(states: readonly Snapshot[]): void {
    const [first] = states;
    members = states.length === 1 ? null : states;
    if (first !== undefined) begin(first);
  }

  /** The only state, after the world went on from there. */
  function stateBefore(): Snapshot {
    if (base === null) world.reset();
    else world.load(base);
    for (const { pid, call } of since) world.step(pid, call);
    return world.save();
  }

  function followers(state: Snapshot): readonly Snapshot[] {
    world.load(state);
    return world.pending().map((action) => {
      world.load(state);
      world.settle(action);
      return world.save();
    });
  }

  /** What a visit keeps of states, or of those nearest to them by deferred effects. */
  function explore(from: readonly Snapshot[], visit: Visit): readonly Snapshot[] {
    const reached = createStateSet();
    const found = createStateSet();
    for (const state of from) reached.add(state);
    // The list grows while it is walked through.
    for (const state of reached.states) {
      world.load(state);
      const kept = visit(state);
      if (kept === 'never') continue;
      if (kept !== 'not-yet') {
        found.add(kept);
        continue;
      }
      for (const next of followers(state)) {
        if (reached.states.length < limit) reached.add(next);
        else missing ??= tooManyStates;
      }
    }
    return leading(found.states);
  }

  /** Without the states that others lead to by deferred effects: those come back when they are needed. */
  function leading(states: readonly Snapshot[]): readonly Snapshot[] {
    if (states.length < 2) return states;
    const behind = createStateSet();
    for (const from of [states, behind.states]) {
      for (const state of from) {
        if (behind.states.length >= limit) break;
        for (const next of followers(state)) behind.add(next);
      }
    }
    return states.filter((state) => !behind.has(state));
  }

  function stepExploring(
    from: readonly Snapshot[],
    pid: Pid,
    call: Call,
    answered: Outcome,
  ): OracleVerdict {
    const refused: Allowed[] = [];
    const bounds: string[] = [];
    let row = '';
    const after = explore(from, (state) => {
      const result = world.step(pid, call);
      if (result.kind === 'bound') bounds.push(result.row);
      else if (!matches(call, result.outcome, answered)) refused.push(result);
      else {
        if (row === '') row = result.row;
        return result.outcome.ok ? world.save() : state;
      }
      return 'not-yet';
    });
    setMembers(after.length > 0 ? after : from);
    const [bound] = bounds;
    if (after.length > 0) {
      missing ??= bound ?? null;
      return { kind: 'consistent', row };
    }
    if (bound !== undefined) return { kind: 'inconclusive', reason: bound };
    if (missing !== null) return { kind: 'inconclusive', reason: missing };
    return { kind: 'deviation', allowed: distinct(refused) };
  }

  function stepOne(pid: Pid, call: Call, answered: Outcome): OracleVerdict {
    const result = world.step(pid, call);
    if (result.kind === 'outcome' && matches(call, result.outcome, answered)) {
      if (result.outcome.ok) since.push({ pid, call });
      return { kind: 'consistent', row: result.row };
    }
    return stepExploring([stateBefore()], pid, call, answered);
  }

  function settled(state: Snapshot): Snapshot {
    world.load(state);
    for (let [next] = world.pending(); next !== undefined; [next] = world.pending()) {
      world.settle(next);
    }
    return world.save();
  }

  return {
    world,
    reset() {
      begin(null);
      members = null;
      missing = null;
    },
    step(pid, call, answered) {
      return members === null
        ? stepOne(pid, call, answered)
        : stepExploring(members, pid, call, answered);
    },
    allowed(pid, call) {
      const from = members ?? [world.save()];
      const results: Allowed[] = [];
      const wasMissing = missing;
      explore(from, () => {
        const result = world.step(pid, call);
        if (result.kind === 'outcome') results.push(result);
        return 'not-yet';
      });
      setMembers(from);
      missing = wasMissing;
      return distinct(results);
    },
    keep(test) {
      const first = members === null ? test() : 'not-yet';
      if (first === 'passes') return 'kept';
      if (first === 'never') return missing === null ? 'none' : 'unknown';
      const from = members ?? [world.save()];
      const kept = explore(from, (state) => {
        const trial = test();
        return trial === 'passes' ? state : trial;
      });
      setMembers(kept.length > 0 ? kept : from);
      if (kept.length > 0) return 'kept';
      return missing === null ? 'none' : 'unknown';
    },
    every(test) {
      if (members === null) return test();
      return members.every((state) => {
        world.load(state);
        return test();
      });
    },
    quiesce() {
      const states = createStateSet();
      for (const state of members ?? [world.save()]) states.add(settled(state));
      setMembers(states.states);
    },
    size: () => members?.length ?? 1,
  };
}

function distinct(results: readonly Allowed[]): readonly Allowed[] {
  const byText = new Map(results.map((result) => [JSON.stringify(result), result]));
  return [...byText.values()].map(({ outcome, row }) => ({ outcome, row }));
}
