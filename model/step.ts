/** The loop: runs the rows of a call one after the other. It is the judge of every faster way. */
import type { CallRows, Clause, Bound } from './calls/row.ts';

/** The row that stopped a call, or undefined if it succeeded with the value. */
export type Stop =
  { readonly row: Clause | Bound } | { readonly row: undefined; readonly value: number };

/** Runs a call of process `p` on the current state; a call that stops leaves it as it was. */
export function runRows(
  call: CallRows,
  p: number,
  a: number,
  b: number,
  c: number,
  d: number,
): Stop {
  if (call.running.when(p, a, b, c, d)) return { row: call.running };
  for (const row of call.rows) {
    if (row.kind === 'find') row.find(p, a, b, c, d);
    else if (row.kind === 'family') {
      for (const clause of row.clauses) if (clause.when(p, a, b, c, d)) return { row: clause };
    } else if (row.when(p, a, b, c, d)) return { row };
  }
  return { row: undefined, value: call.effect(p, a, b, c, d) };
}
