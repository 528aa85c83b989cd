import { clause, type Effect, type Row, type RunnableCall } from '../../model/calls/row.ts';
import type { Edges } from './edges.ts';
import type { BoundedTables } from './tables.ts';

/** What the calls of the bounded model are made of. */
export interface Parts {
  readonly w: BoundedTables;
  readonly edges: Edges;
}

export const source = 'bench/spin/README.md, The bounded model';

/** A call of a process, which has to run. */
export function callOf(
  { w }: Parts,
  call: string,
  sorts: readonly string[],
  rows: readonly Row[],
  effect: Effect,
): RunnableCall {
  const isAbsent = (p: number): boolean => w.process.namespace(p) === 0;
  return {
    ...{ call, sorts, rows, effect },
    ...{ caller: 'matters', looksAt: 'anything', twin: undefined },
    running: clause('caller.not-running', 'ESRCH', isAbsent, source),
  };
}
