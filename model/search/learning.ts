/**
 * Which rows of a call stop it most often. All rows that stand at one level of a driver are tested
 * for one and the same combination of arguments, and a call succeeds only if none of them holds, so
 * they may be tested in any order: best those first that hold most often. What is learned depends on
 * the states that are learned from, in their order, and on nothing else.
 */
import type { CallRows, Row } from '../calls/row.ts';
import { functionOf, levelsOf, readBy, type Domains } from './levels.ts';

export interface Learner {
  /** Learns from the current state, which is left as it is. */
  learn(): void;
  /** The rows' indices in the order that was learned: finds right before the first that reads them. */
  order(): readonly number[];
}

/** Starts with no knowledge. `live[0]` processes run: live[1], live[2], … */
export function createLearner(call: CallRows, domains: Domains, live: Int32Array): Learner {
  const depth = call.sorts.length;
  const levels = levelsOf(call.rows, depth);
  const holds = call.rows.map(() => 0);
  const args: number[] = [0, 0, 0, 0, 0];

  /** Tests every row of a level, whether another one has stopped the call already or not. */
  function stops(level: number): boolean {
    let stopped = false;
    call.rows.forEach((row, index) => {
      if (levels[index] !== level) return;
      const holding = functionOf(row)(...args);
      if (row.kind === 'find' || holding !== true) return;
      holds[index] = (holds[index] ?? 0) + 1;
      stopped = true;
    });
    return stopped;
  }

  function descend(level: number): void {
    const values = level === 0 ? live.subarray(1, 1 + (live[0] ?? 0)) : (domains[level] ?? []);
    for (const value of values) {
      args[level] = value;
      if (!stops(level) && level < depth) descend(level + 1);
    }
  }

  return {
    learn() {
      if (!stops(-1)) descend(0);
    },
    order: () => orderOf(call.rows, holds),
  };
}

/** Rows by how often they held, most often first, with the finds they read before them. */
function orderOf(rows: readonly Row[], holds: readonly number[]): readonly number[] {
  const order = new Set<number>();
  const place = (index: number): void => {
    const row = rows[index];
    if (row === undefined || order.has(index)) return;
    const before = rows.slice(0, index).filter(({ kind }) => kind === 'find');
    for (const find of readBy(row, before)) place(rows.indexOf(find));
    order.add(index);
  };
  const checks = rows.flatMap(({ kind }, index) => (kind === 'find' ? [] : [index]));
  for (const index of checks.sort((a, b) => (holds[b] ?? 0) - (holds[a] ?? 0) || a - b)) {
    place(index);
  }
  // What only the effect reads comes last.
  rows.forEach((_, index) => {
    place(index);
  });
  return [...order];
}
