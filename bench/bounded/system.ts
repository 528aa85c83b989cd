/** The bounded model as a system that the checker searches: its rows, compiled by the model's engine. */
import type { AlwaysProperty, System } from '../../checker/index.ts';
import type { RunnableCall } from '../../model/calls/row.ts';
import { createEngine } from '../../model/search/engine.ts';
import type { Engine, Reduction } from '../../model/search/engine.types.ts';
import type { Domains } from '../../model/search/levels.ts';
import { createEdges, type Edges } from './edges.ts';
import { invariantsOf } from './invariants.ts';
import { objectCalls } from './object-calls.ts';
import { processCalls } from './process-calls.ts';
import type { BoundedScope } from './scope.types.ts';
import { createTables, type BoundedTables } from './tables.ts';

export interface BoundedSystem extends System, Pick<Engine, 'expandByLoop' | 'source'> {
  readonly w: BoundedTables;
  readonly invariants: readonly AlwaysProperty[];
}

/** What is built wrong on purpose. */
export interface Fault {
  readonly edges?: (edges: Edges, w: BoundedTables) => Edges;
  readonly calls?: (
    calls: readonly RunnableCall[],
    w: BoundedTables,
    edges: Edges,
  ) => readonly RunnableCall[];
}

const upTo = (last: number): readonly number[] => Array.from({ length: last }, (_, k) => k + 1);

/** What an argument of a sort ranges over. */
function domainOf(sort: string, scope: BoundedScope): readonly number[] {
  const last = new Map([
    ['process', scope.processes],
    ['descriptor', scope.descriptors],
    ['name', scope.names],
    ['object', scope.objects],
    ['kind', 2],
  ]).get(sort);
  if (last === undefined) throw new Error(`no argument is a ${sort}`);
  return upTo(last);
}

export function createBounded(
  scope: BoundedScope,
  reduction: Reduction,
  fault: Fault = {},
): BoundedSystem {
  const w = createTables(scope);
  const right = createEdges(w);
  const edges = fault.edges?.(right, w) ?? right;
  const made = [objectCalls, processCalls].flatMap((make) => make({ w, edges }));
  const calls = fault.calls?.(made, w, edges) ?? made;
  const processes = upTo(scope.processes);
  const engine = createEngine({
    state: w,
    reset() {
      w.cells.fill(0);
      w.process.namespace.cells[1] = 1;
    },
    calls: calls.map((call, code) => {
      const domains: Domains = [processes, ...call.sorts.map((sort) => domainOf(sort, scope))];
      return { call, code, domains };
    }),
    events: [],
    callerTable: 'process',
    callers: processes,
    isRunning: (p) => w.process.namespace(p) !== 0,
    groupOf: w.process.namespace,
    groups: scope.namespaces,
    memory: undefined,
    // Rows and names all mean the same; names of one instance change places without those of another.
    symmetry: { shapes: w.shapes, fixed: new Set(), places: [], names: [], restrictions: [] },
    reduction,
  });
  const { packAsIs, ...searched } = engine;
  return {
    ...searched,
    ...(reduction === 'none' ? {} : { packAsIs }),
    w,
    actions: calls.map(({ call }) => call),
    invariants: invariantsOf(w),
  };
}
