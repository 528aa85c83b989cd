import type { Snapshot, World } from '../model/index.ts';
import type { Call, Outcome, Pid } from '../model/vocabulary/index.ts';
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
  /** `reason`: the row of the bound that was met, or `oracle.states` if the set was cut short. */
  | { readonly kind: 'inconclusive'; readonly reason: string };

/** Whether an answer is what a member of the set predicts. */
export type Matches = (call: Call, predicted: Outcome, answered: Outcome) => boolean;

/**
 * The states of a model that are consistent with everything answered so far. The model's deferred
 * effects may take place between any two steps, so each verdict is about the closure of the set
 * under them.
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
   * Keeps the states that pass a test, which sees each as the world's current state. If none does,
   * the set stays as it was and the answer is `none`, or `unknown` if the set had to be cut short.
   */
  keep(test: () => boolean): 'kept' | 'none' | 'unknown';
  /** True if every state passes the test. */
  every(test: () => boolean): boolean;
  /** Takes every deferred effect: what is left are the states in which none is outstanding. */
  quiesce(): void;
  /** How many states are possible. */
  size(): number;
}

/** How many states the oracles of this room hold at most. */
export const stateLimit = 64;

/** Why a set that outgrew its limit is inconclusive. */
export const tooManyStates = 'oracle.states';

/**
 * An oracle over one world, which it owns.
 * @param limit how many states the set may hold. What is above is left out, and from then on an
 *   answer that no state allows makes the run inconclusive: one of those left out might.
 */
export function createOracle(world: World, limit: number, matches: Matches): Oracle {
  // null: the world's current state is the only member. Nearly every step of every run finds that
  // case, and it needs no copy of a state.
  let members: readonly Snapshot[] | null = null;
  let cutShort = false;

  function setMembers(states: readonly Snapshot[]): void {
    const [first] = states;
    members = states.length === 1 ? null : states;
    if (first !== undefined) world.load(first);
  }

  function close(): void {
    if (members === null && world.pending().length === 0) return;
    const closed = createStateSet();
    for (const member of members ?? [world.save()]) closed.add(member);
    for (let at = 0; at < closed.states.length; at++) {
      const member = closed.states[at];
      if (member === undefined) break;
      world.load(member);
      for (const action of world.pending()) {
        world.load(member);
        world.settle(action);
        closed.add(world.save());
      }
      if (closed.states.length > limit) {
        cutShort = true;
        break;
      }
    }
    setMembers(closed.states.slice(0, limit));
  }

  function stepOne(pid: Pid, call: Call, answered: Outcome): OracleVerdict {
    const result = world.step(pid, call);
    if (result.kind === 'bound') return { kind: 'inconclusive', reason: result.row };
    if (!matches(call, result.outcome, answered)) return { kind: 'deviation', allowed: [result] };
    return { kind: 'consistent', row: result.row };
  }

  function stepAll(
    states: readonly Snapshot[],
    pid: Pid,
    call: Call,
    answered: Outcome,
  ): OracleVerdict {
    const after = createStateSet();
    const refused: Allowed[] = [];
    let row = '';
    let bound = '';
    for (const state of states) {
      world.load(state);
      const result = world.step(pid, call);
      if (result.kind === 'bound') bound = result.row;
      else if (!matches(call, result.outcome, answered)) refused.push(result);
      else {
        row = result.row;
        after.add(result.outcome.ok ? world.save() : state);
      }
    }
    if (after.states.length > 0) {
      setMembers(after.states);
      return { kind: 'consistent', row };
    }
    if (bound !== '') return { kind: 'inconclusive', reason: bound };
    return { kind: 'deviation', allowed: distinct(refused) };
  }

  function filter(test: () => boolean): readonly Snapshot[] {
    return (members ?? []).filter((state) => {
      world.load(state);
      return test();
    });
  }

  return {
    world,
    reset() {
      world.reset();
      members = null;
      cutShort = false;
    },
    step(pid, call, answered) {
      close();
      const verdict =
        members === null ? stepOne(pid, call, answered) : stepAll(members, pid, call, answered);
      return verdict.kind === 'deviation' && cutShort
        ? { kind: 'inconclusive', reason: tooManyStates }
        : verdict;
    },
    allowed(pid, call) {
      close();
      const saved = members ?? [world.save()];
      const results = saved.flatMap((state) => {
        world.load(state);
        const result = world.step(pid, call);
        return result.kind === 'bound' ? [] : [result];
      });
      setMembers(saved);
      return distinct(results);
    },
    keep(test) {
      close();
      const none = cutShort ? 'unknown' : 'none';
      if (members === null) return test() ? 'kept' : none;
      const kept = filter(test);
      if (kept.length === 0) return none;
      setMembers(kept);
      return 'kept';
    },
    every(test) {
      close();
      return members === null ? test() : filter(test).length === members.length;
    },
    quiesce() {
      close();
      if (members !== null) setMembers(filter(() => world.pending().length === 0));
    },
    size: () => members?.length ?? 1,
  };
}

function distinct(results: readonly Allowed[]): readonly Allowed[] {
  const byText = new Map(results.map((result) => [JSON.stringify(result), result]));
  return [...byText.values()].map(({ outcome, row }) => ({ outcome, row }));
}
