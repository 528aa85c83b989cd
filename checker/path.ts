import { sameState } from './packed-state.ts';
import type { Action, System, Visit, Words } from './system.types.ts';
import type { VisitedSet } from './visited-set.ts';

/**
 * A shortest path from the initial state to a visited one. Labels are not stored: each is the first
 * transition of the parent whose successor is the child.
 *
 * @throws Error if a state cannot be reached again from its parent: the system is not deterministic.
 */
export function pathTo(system: System, visited: VisitedSet, state: number): readonly Action[] {
  const path: Action[] = [];
  for (let child = state; child !== 0; child = visited.parent(child)) {
    const parent = visited.parent(child);
    system.unpack(visited.segment(parent), visited.offset(parent));
    path.push(actionTo(system, visited.segment(child), visited.offset(child)));
  }
  return path.reverse();
}

/** The first transition from the current state to the state at words[at ..]. */
function actionTo(system: System, words: Words, at: number): Action {
  const packed = new Uint32Array(system.words);
  const found: Action[] = [];
  system.expand((action, a, b, c, d, e) => {
    if (found.length > 0) return;
    system.pack(packed, 0);
    if (!sameState(packed, 0, words, at, system.words)) return;
    found.push({ action, args: [a, b, c, d, e] });
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
          system.attempt(visit);
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
    system.pack(successor, 0);
  });
  if (found === 0) return false;
  system.unpack(successor, 0);
  return true;
}

function describe(system: System, { action, args }: Action): string {
  return `${system.actions[action] ?? action}(${args.join(', ')})`;
}
