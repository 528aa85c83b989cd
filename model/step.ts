/** The loop: runs the rows of a call one after the other. It is the judge of every faster way. */
import type { RunnableCall, Clause, Bound } from './calls/row.ts';

/** The row that stopped a call, or undefined if it succeeded with the value. */
export type Stop =
  { readonly row: Clause | Bound } | { readonly row: undefined; readonly value: number };

/** The row that stops a call of process `p` in the current state, or undefined. Changes registers only. */
export function stoppingRow(
  call: RunnableCall,
  p: number,
  a: number,
  b: number,
  c: number,
  d: number,
): Clause | Bound | undefined {
  if (call.running.when(p, a, b, c, d)) return call.running;
  for (const row of call.rows) {
    if (row.kind === 'find') row.find(p, a, b, c, d);
    else if (row.kind === 'family') {
      for (const clause of row.clauses) if (clause.when(p, a, b, c, d)) return clause;
    } else if (row.when(p, a, b, c, d)) return row;
  }
  return undefined;
}

/** Runs a call of process `p` on the current state; a call that stops leaves it as it was. */
export function runRows(
  call: RunnableCall,
  p: number,
  a: number,
  b: number,
  c: number,
  d: number,
): Stop {
  const row = stoppingRow(call, p, a, b, c, d);
  return row === undefined ? { row, value: call.effect(p, a, b, c, d) } : { row };
}
