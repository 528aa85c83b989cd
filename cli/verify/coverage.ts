/** What of the model a search of a scope runs: clauses that stop calls, and transitions of the charts. */
import {
  charts,
  createSearch,
  rowsOf,
  type Chart,
  type Charts,
  type Switches,
} from '../../model/index.ts';
import type { Scope } from '../../properties/index.ts';
import type { CoverageReport } from '../../report/index.ts';

export interface Reached {
  readonly clauses: ReadonlySet<string>;
  /** `chart: state --event-->`. */
  readonly transitions: ReadonlySet<string>;
}

/** A chart that notes which cells of its table are asked for. */
function watched<S extends string, E extends string>(
  chart: Chart<S, E>,
  met: (transition: string) => void,
): Chart<S, E> {
  const { eventNames, stateNames, name } = chart;
  const next = new Proxy(chart.next, {
    get(table, key) {
      const at = typeof key === 'string' ? Number(key) : Number.NaN;
      if (Number.isInteger(at)) {
        const state = stateNames[Math.floor(at / eventNames.length)];
        met(`${name}: ${state} --${eventNames[at % eventNames.length]}-->`);
        return table[at];
      }
      const value: unknown = Reflect.get(table, key);
      return typeof value === 'function' ? (value.bind(table) as unknown) : value;
    },
  });
  return { ...chart, next };
}

/** Every transition that the charts have, as `Reached` names it. */
export function allTransitions(): readonly string[] {
  return Object.values(charts).flatMap(({ name, next, stateNames, eventNames }) =>
    [...next].flatMap((after, at) => {
      const state = stateNames[Math.floor(at / eventNames.length)];
      return after === 255 ? [] : [`${name}: ${state} --${eventNames[at % eventNames.length]}-->`];
    }),
  );
}

function watchedCharts(met: (transition: string) => void): Charts {
  return {
    process: watched(charts.process, met),
    descriptor: watched(charts.descriptor, met),
    description: watched(charts.description, met),
    object: watched(charts.object, met),
    socket: watched(charts.socket, met),
    message: watched(charts.message, met),
    attachment: watched(charts.attachment, met),
    cgroup: watched(charts.cgroup, met),
    qdisc: watched(charts.qdisc, met),
    superblock: watched(charts.superblock, met),
    inode: watched(charts.inode, met),
    mount: watched(charts.mount, met),
    namespace: watched(charts.namespace, met),
  };
}

/** Searches a scope, up to so many states, and tries what fails in them, too. */
export function reachedIn(scope: Scope, switches: Switches, most: number): Reached {
  const clauses = new Set<string>();
  const transitions = new Set<string>();
  const own = watchedCharts((transition) => transitions.add(transition));
  const search = createSearch({ ...scope, switches, charts: own }, 'symmetry');
  const known = new Set<string>();
  const queue: Uint32Array[] = [];
  const keep = (): void => {
    const packed = new Uint32Array(search.words);
    search.pack(packed, 0);
    const key = packed.join();
    if (known.has(key) || queue.length >= most) return;
    known.add(key);
    queue.push(packed);
  };
  keep();
  // All of them are expanded, unlike in a search that meets its limit.
  for (const packed of queue) {
    search.unpack(packed, 0);
    search.expand(keep);
    search.attempt(() => {
      const clause = search.clause();
      if (clause !== undefined) clauses.add(clause);
    });
  }
  return { clauses, transitions };
}

/** How much of the scope's calls and of all charts a search runs, and what it does not. */
export function coverageOf(scope: Scope, switches: Switches, most: number): CoverageReport {
  const { clauses, transitions } = reachedIn(scope, switches, most);
  const own: ReadonlySet<string> = new Set(scope.calls);
  const possible = rowsOf(switches).flatMap(({ call, rows }) =>
    own.has(call) ? rows.flatMap(({ kind, id }) => (kind === 'clause' ? [id] : [])) : [],
  );
  const all = [...new Set(possible)];
  return {
    clauses: { reached: all.filter((id) => clauses.has(id)).length, of: all.length },
    unreached: all.filter((id) => !clauses.has(id)),
    transitions: {
      reached: allTransitions().filter((one) => transitions.has(one)).length,
      of: allTransitions().length,
    },
  };
}
