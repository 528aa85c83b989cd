/**
 * A bounded world as a search sees it: enumerate what is enabled, pack and unpack states. It has
 * the shape that the checker asks of a system, and knows nothing of the checker.
 */
import type { CallRows, Clause, Sort } from '../calls/row.ts';
import { noMap } from '../calls/objects.ts';
import type { Charts } from '../charts/index.ts';
import { decodeCall } from '../encode.ts';
import { createNames, type Names } from '../names.ts';
import type { Observation, ObservationShape } from '../observation-shape.ts';
import { createObserver } from '../observe.ts';
import { rememberWalk, type Recollections, type RememberedWalk } from '../remembered-walk.ts';
import type { Switches } from '../profiles/index.ts';
import { hostEntries } from '../state/host.ts';
import { kinds } from '../state/schema.ts';
import { runRows, stoppingRow } from '../step.ts';
import {
  callNames,
  fail,
  succeed,
  type CallName,
  type Outcome,
  type Step,
} from '../vocabulary/index.ts';
import { createMachinery } from '../world.ts';
import type { Bounds, InternalAction } from '../world.types.ts';
import { copierOf } from './copying.ts';
import { createDriver, driverSource, type Ground, type Visit } from './drivers.ts';
import type { Domains } from './levels.ts';
import { generatedPacking, packingSource, slotsOf } from './packing.ts';

/** What a search enumerates. */
export interface SearchOptions {
  readonly switches: Switches;
  readonly bounds: Bounds;
  readonly host: readonly string[];
  /** Every path argument ranges over these; observations report on them too. */
  readonly paths: readonly string[];
  /** The calls that processes make. */
  readonly calls: readonly CallName[];
  /** Values that BPF_MAP_UPDATE_ELEM writes, under key 0. */
  readonly values?: readonly number[];
  readonly charts?: Charts;
}

/** The name of the internal action, behind the calls in `actions`. */
export const releaseMap = 'release-map';

export interface Search {
  readonly actions: readonly string[];
  readonly words: number;
  /** Bits of a packed state that are in use. */
  readonly bits: number;
  readonly shape: ObservationShape;
  reset(): void;
  pack(into: Uint32Array, at: number): void;
  unpack(from: Uint32Array, at: number): void;
  /**
   * Visits every enabled transition of the current state, by generated drivers. `repeat`, if given,
   * gets those whose successor is that of the transition visited just before.
   */
  expand(visit: Visit, repeat?: Visit): void;
  /** The same transitions by the rows' loop, call by call. */
  expandByLoop(visit: Visit): void;
  /** Tries every call that a clause fails; returns how many. Bounds are no attempts. */
  attempt(visit: Visit): number;
  /** What the transition or attempt being visited answered. */
  outcome(): Outcome;
  /** Fills an observation with the current state. */
  observe(into: Observation): void;
  /** The step or the internal action that an action's label stands for. */
  label(action: number, args: readonly number[]): Step | InternalAction;
  /** The generated text, for audit. */
  source(): string;
}

/** Interns what the scope may write into the state first, so that ids stay small. */
function internScope({ paths, host, values = [1] }: SearchOptions, names: Names) {
  for (const path of paths) names.pathId(path);
  const largestName = names.names() - 1;
  for (const { name } of hostEntries(host)) names.nameId(name);
  const words = [1, ...values].map((word) => names.wordId(word));
  return { names: largestName, words: Math.max(...words) };
}

function domainOf(sort: Sort, { bounds, paths, values = [1] }: SearchOptions, names: Names) {
  const fds = Array.from({ length: bounds.descriptors }, (_, k) => 3 + k);
  const domains: Readonly<Record<Sort, readonly number[]>> = {
    fd: fds,
    'map-fd': [noMap, ...fds],
    path: paths.map((path) => names.pathId(path)),
    pid: Array.from({ length: bounds.processes }, (_, k) => 1 + k),
    key: [names.wordId(0)],
    value: values.map((word) => names.wordId(word)),
    flag: [0, 1],
    type: [kinds.array],
    size: [4],
    entries: [names.wordId(1)],
  };
  return domains[sort];
}

/** Lists, for a process, the arguments with which a call succeeds, one tuple after another. */
function succeeding(call: CallRows, domains: Domains): (p: number) => readonly number[] {
  const tuples = domains
    .slice(1)
    .reduce<readonly (readonly number[])[]>(
      (prefixes, domain) => prefixes.flatMap((prefix) => domain.map((value) => [...prefix, value])),
      [[]],
    );
  return (p) => {
    const list: number[] = [];
    for (const tuple of tuples) {
      const [a = 0, b = 0, c = 0, d = 0] = tuple;
      if (stoppingRow(call, p, a, b, c, d) === undefined) list.push(...tuple);
    }
    return list;
  };
}

/** Creates a search of a scope, at its initial state. */
export function createSearch(options: SearchOptions): Search {
  const names = createNames();
  const ids = internScope(options, names);
  const remember: { walk: RememberedWalk | undefined } = { walk: undefined };
  const machinery = createMachinery(options, names, ids, (walk, w) => {
    remember.walk = rememberWalk(w, walk, names.paths());
    return remember.walk;
  });
  const { w, objects } = machinery.parts;
  const { words } = w;
  const base = words.slice();
  const value = new Int32Array(1);
  const observer = createObserver(machinery.parts, options.paths);
  const packing = generatedPacking(w.cells, w.fields);
  const processes = domainOf('pid', options, names);
  const { releasing } = w.charts.object.states;
  const { states } = w.charts.process;
  const stopped: { row: Clause | undefined } = { row: undefined };

  let recollections: Recollections = [];
  const live = new Int32Array(processes.length + 1);
  const copyToBase = copierOf(words, base);
  const restore = copierOf(base, words);

  function hold(): void {
    copyToBase();
    stopped.row = undefined;
    recollections = remember.walk?.recall() ?? [];
    let running = 0;
    for (let p = 1; p < live.length; p++)
      if (w.process.state(p) === states.running) live[++running] = p;
    live[0] = running;
  }

  const perCall = options.bounds.namespaces + 1;
  const listed: Ground['listed'] = (call, code, domains) => {
    const list = succeeding(call, domains);
    return (p) => {
      const at = code * perCall + w.process.namespace(p);
      return (recollections[at] ??= list(p));
    };
  };
  const ground: Ground = { restore, live, value, listed };
  const enabled = machinery.calls.flatMap((call, code) => {
    if (!options.calls.includes(call.call)) return [];
    const domains: Domains = [
      processes,
      ...call.sorts.map((sort) => domainOf(sort, options, names)),
    ];
    return [{ call, code, domains, drive: createDriver(call, code, domains, ground) }];
  });
  const drivers = enabled.map(({ drive }) => drive);

  function expandInternal(visit: Visit): void {
    for (let o = 1; o <= options.bounds.objects; o++) {
      if (w.object.state(o) === releasing) {
        objects.release(o);
        visit(callNames.length, o, 0, 0, 0, 0);
        restore();
      }
    }
  }

  /** Runs every ground call by the loop; `seen` gets those that succeed, or those a clause fails. */
  function loopOver(seen: 'succeeding' | 'failing', visit: Visit): number {
    let visits = 0;
    for (const { call, code, domains } of enabled) {
      const [, as = [0], bs = [0], cs = [0], ds = [0]] = domains;
      for (const p of processes)
        for (const a of as)
          for (const b of bs)
            for (const c of cs)
              for (const d of ds) {
                const stop = runRows(call, p, a, b, c, d);
                const { row } = stop;
                if (row?.kind === 'bound' || (row === undefined) !== (seen === 'succeeding')) {
                  if (row === undefined) restore();
                  continue;
                }
                stopped.row = row;
                if (stop.row === undefined) value[0] = stop.value;
                visits++;
                visit(code, p, a, b, c, d);
                restore();
              }
    }
    stopped.row = undefined;
    return visits;
  }

  machinery.reset();
  return {
    actions: [...callNames, releaseMap],
    words: packing.words,
    bits: packing.bits,
    shape: observer.shape,
    reset: () => {
      machinery.reset();
    },
    pack: packing.pack,
    unpack: packing.unpack,
    expand(visit, repeat = visit) {
      hold();
      for (const drive of drivers) drive(visit, repeat);
      expandInternal(visit);
    },
    expandByLoop(visit) {
      hold();
      loopOver('succeeding', visit);
      expandInternal(visit);
    },
    attempt(visit) {
      hold();
      return loopOver('failing', visit);
    },
    outcome: () => (stopped.row === undefined ? succeed(value[0] ?? 0) : fail(stopped.row.errno)),
    observe(into) {
      observer.observe(into);
    },
    label(action, [p = 0, a = 0, b = 0, c = 0, d = 0]) {
      const name = callNames[action];
      return name === undefined
        ? { name: releaseMap, object: p }
        : { pid: p, call: decodeCall(name, [a, b, c, d], names) };
    },
    source() {
      const calls = enabled.map(
        ({ call, code, domains }) => `// ${call.call}\n${driverSource(call, code, domains)}`,
      );
      const { pack, unpack } = packingSource(slotsOf(w.fields));
      return [...calls, `// pack\n${pack}`, `// unpack\n${unpack}`].join('\n\n');
    },
  };
}
