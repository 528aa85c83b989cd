import type { Explored } from './explore.ts';
import { sameState } from './packed-state.ts';
import type { Action, System, Visit, Words } from './system.types.ts';

type Found = Pick<Explored, 'visited' | 'levels'>;

/** How many transitions a visited state is away from the initial one. */
export const distanceOf = ({ levels }: Found, state: number): number =>
  levels.findLastIndex((first) => first <= state);

/**
 * The labels of a shortest path through states that were visited, the initial one first, each with the state that
 * the path goes on from: the first that lead there. `last`, if given, finds the label after which the path ends,
 * with the path's last state current.
 *
 * A visited state may stand for others. The path goes through those that are met when its labels are
 * followed from the initial state on.
 *
 * @throws Error if a state cannot be reached again: the system is not deterministic, or states that
 * count as one behave differently.
 */
export function pathAlong(
  system: System,
  chain: readonly Words[],
  last: () => Action | undefined = () => undefined,
): readonly Action[] {
  const path: Action[] = [];
  const words = new Uint32Array(system.words);
  system.reset();
  for (const next of chain.slice(1)) {
    const { action, asItIs } = transitionTo(system, next, 0);
    path.push(action);
    words.set(asItIs);
    system.unpack(words, 0);
  }
  const end = last();
  return end === undefined ? path : [...path, end];
}

/**
 * The states on a shortest path to a visited one. Parents are not stored; the parent is the first state of the
 * level before with a transition to the child.
 *
 * @throws Error if there is none: the system is not deterministic.
 */
export function statesTo(system: System, found: Found, state: number): readonly Words[] {
  const { visited } = found;
  return chainTo(system, found, state).map((one) => {
    const at = visited.offset(one);
    return visited.segment(one).slice(at, at + system.words);
  });
}

/** The visited states on a shortest path, the initial one first. */
function chainTo(system: System, { visited, levels }: Found, state: number): readonly number[] {
  const chain = [state];
  for (let depth = distanceOf({ visited, levels }, state); depth > 0; depth -= 1) {
    const [child = 0] = chain;
    const [first = 0, end = 0] = levels.slice(depth - 1, depth + 1);
    let parent = first;
    while (parent < end && !leadsTo(system, visited, parent, child)) parent += 1;
    if (parent === end) throw new Error('a state expands differently when it is expanded again');
    chain.unshift(parent);
  }
  return chain;
}

function leadsTo(
  system: System,
  visited: Found['visited'],
  parent: number,
  child: number,
): boolean {
  const [words, at] = [visited.segment(child), visited.offset(child)];
  const packed = new Uint32Array(system.words);
  let leads = false;
  system.unpack(visited.segment(parent), visited.offset(parent));
  system.expand((): void => {
    if (leads) return;
    system.pack(packed, 0);
    leads = sameState(packed, 0, words, at, system.words);
  });
  return leads;
}

/** The first transition from the current state to the state at words[at ..], and where it leads. */
function transitionTo(
  system: System,
  words: Words,
  at: number,
): { readonly action: Action; readonly asItIs: Words } {
  const packed = new Uint32Array(system.words);
  const found: { readonly action: Action; readonly asItIs: Words }[] = [];
  system.expand((action, a, b, c, d, e) => {
    if (found.length > 0) return;
    system.pack(packed, 0);
    if (!sameState(packed, 0, words, at, system.words)) return;
    const asItIs = packed.slice();
    system.packAsIs?.(asItIs, 0);
    found.push({ action: { action, args: [a, b, c, d, e] }, asItIs });
  });
  const [first] = found;
  if (first !== undefined) return first;
  throw new Error('a state expands differently when it is expanded again');
}

/**
 * Resets the system and follows the actions, so that the state after the last is current. The last
 * may be a failing call, as in the path of a step property that judges those. `after` is called
 * with the state after each action current, and the action's place in the path.
 *
 * @throws Error if an action is not enabled where its turn comes.
 */
export function replayPath(
  system: System,
  path: readonly Action[],
  after?: (place: number) => void,
): void {
  system.reset();
  const last = path.length - 1;
  for (const [place, action] of path.entries()) {
    const taken =
      take(system, action, (visit) => {
        system.expand(visit);
      }) ||
      (place === last &&
        take(system, action, (visit) => {
          system.attempt(visit, 'all');
        }));
    if (!taken) {
      throw new Error(`action ${place} of the path is not enabled: ${describe(system, action)}`);
    }
    after?.(place);
  }
}

/** Makes the successor by the action current, if the action is among those visited. */
function take(system: System, wanted: Action, visitAll: (visit: Visit) => void): boolean {
  const successor = new Uint32Array(system.words);
  let found = 0;
  visitAll((action, ...args) => {
    if (action !== wanted.action) return;
    if (args.some((value, i) => value !== wanted.args[i])) return;
    found += 1;
    if (system.packAsIs === undefined) system.pack(successor, 0);
    else system.packAsIs(successor, 0);
  });
  if (found === 0) return false;
  system.unpack(successor, 0);
  return true;
}

function describe(system: System, { action, args }: Action): string {
  return `${system.actions[action] ?? action}(${args.join(', ')})`;
}
