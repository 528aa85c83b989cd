import type { Snapshot, World } from '../model/index.ts';
import type { Call, Outcome, Pid, Step } from '../model/vocabulary/index.ts';
import type { Allowed, Matches, Oracle, OracleVerdict, Trial } from './oracle.types.ts';
import { createStateSet } from './state-set.ts';

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
    const after = explore(from, () => {
      const result = world.step(pid, call);
      if (result.kind === 'bound') bounds.push(result.row);
      else if (!matches(call, result.outcome, answered)) refused.push(result);
      else {
        if (row === '') row = result.row;
        // A failing call, too, may leave something behind.
        return world.save();
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
      since.push({ pid, call });
      return { kind: 'consistent', row: result.row };
    }
    return stepExploring([stateBefore()], pid, call, answered);
  }

  /**
   * What nobody decides can be taken for decided either way, and not later: a call may put an end to
   * the choice without telling. So both ways are kept from the start.
   */
  function branch(verdict: OracleVerdict): OracleVerdict {
    if (verdict.kind !== 'consistent') return verdict;
    if (members === null && world.choices().length === 0) return verdict;
    const reached = createStateSet();
    for (const state of members ?? [world.save()]) reached.add(state);
    const before = reached.states.length;
    for (const state of reached.states) {
      world.load(state);
      for (const choice of world.choices()) {
        world.load(state);
        world.settle(choice);
        if (reached.states.length < limit) reached.add(world.save());
        else missing ??= tooManyStates;
      }
    }
    if (members === null || reached.states.length > before) setMembers(reached.states);
    else begin(members[0] ?? null);
    return verdict;
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
      return branch(
        members === null
          ? stepOne(pid, call, answered)
          : stepExploring(members, pid, call, answered),
      );
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
    eventually(look) {
      const [first] = members ?? [];
      if (first !== undefined) world.load(first);
      if (world.pending().length === 0) return look();
      const now = first ?? world.save();
      settled(now);
      const told = look();
      world.load(now);
      return told;
    },
    quiesce() {
      const states = createStateSet();
      for (const state of members ?? [world.save()]) states.add(settled(state));
      setMembers(states.states);
    },
    forget() {
      setMembers(
        (members ?? [stateBefore()]).map((state) => {
          world.load(state);
          world.forget();
          return world.save();
        }),
      );
    },
    size: () => members?.length ?? 1,
  };
}

function distinct(results: readonly Allowed[]): readonly Allowed[] {
  const byText = new Map(results.map((result) => [JSON.stringify(result), result]));
  return [...byText.values()].map(({ outcome, row }) => ({ outcome, row }));
}
