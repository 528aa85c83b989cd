/**
 * A bounded world as a search sees it: enumerate what is enabled, pack and unpack states. It has
 * the shape that the checker asks of a system, and knows nothing of the checker.
 */
import type { CallRows, Clause } from '../calls/row.ts';
import { createDeferred } from '../deferred.ts';
import { decodeCall } from '../decode.ts';
import { createNames } from '../names.ts';
import type { Observation, ObservationShape } from '../observation-shape.ts';
import { createObserver } from '../observe.ts';
import {
  rememberWalk,
  walkedTables,
  type Recollections,
  type RememberedWalk,
} from '../remembered-walk.ts';
import { runRows } from '../step.ts';
import { callNames, fail, succeed, type Outcome, type Step } from '../vocabulary/index.ts';
import { createMachinery } from '../world.ts';
import { internalEvents, type InternalAction } from '../internal-action.ts';
import { domainOf, internScope, succeeding } from './domains.ts';
import type { SearchOptions } from './search-options.types.ts';
import { copierOf } from './copying.ts';
import { createDriver, driverSource, inTurn, type Ground, type Visit } from './drivers.ts';
import type { Domains } from './levels.ts';
import { generatedPacking, keyOf, packingSource, type Key } from './packing.ts';

export interface Search {
  readonly actions: readonly string[];
  /** The internal actions that these bounds and switches have room for. */
  readonly effects: readonly InternalAction['name'][];
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
  /** The clause that failed the attempt being visited, by its id; undefined in a transition. */
  clause(): string | undefined;
  /** Fills an observation with the current state. */
  observe(into: Observation): void;
  /** The step or the internal action that an action's label stands for. */
  label(action: number, args: readonly number[]): Step | InternalAction;
  /** The generated text, for audit. */
  source(): string;
}

/** Creates a search of a scope, at its initial state. */
export function createSearch(options: SearchOptions): Search {
  const names = createNames();
  const ids = internScope(options, names);
  const remember: { walk: RememberedWalk | undefined } = { walk: undefined };
  let key: Key = { words: new Uint32Array(0), masks: [] };
  const machinery = createMachinery(options, names, ids, (walk, w) => {
    key = keyOf(w, walkedTables);
    remember.walk = rememberWalk(w, walk, names, names.paths(), key.words);
    return remember.walk;
  });
  const { w } = machinery.parts;
  const deferred = createDeferred(machinery.parts);
  const effects = internalEvents.flatMap((name, k) => {
    const { rows, isPending, run } = deferred[name];
    return rows.map((row) => ({ action: callNames.length + k, row, isPending, run }));
  });
  const { words } = w;
  const base = words.slice();
  const value = new Int32Array(1);
  const observer = createObserver(machinery.parts, options.paths);
  machinery.reset();
  const packing = generatedPacking(w, base, key);
  const processes = domainOf('pid', options, names);
  const { states } = w.charts.process;
  const stopped: { row: Clause | undefined } = { row: undefined };

  let recollections: Recollections = [];
  const live = new Int32Array(processes.length + 1);
  const leaders = new Int32Array(processes.length + 1);
  const peer = new Int32Array(processes.length + 1);
  /** By namespace, the latest process that was found in it. */
  const latest = new Int32Array(options.bounds.namespaces + 1);
  const perWord = 4 / w.cells.BYTES_PER_ELEMENT;
  const changing = [
    ...new Set(w.fields.flatMap(({ at, max }) => (max > 0 ? [Math.floor(at / perWord)] : []))),
  ];
  const restore = copierOf(base, words, changing);
  const initial = new Uint32Array(packing.words);
  function reset(): void {
    machinery.reset();
    base.set(words);
    packing.pack(initial, 0);
    packing.unpack(initial, 0);
  }

  /** The state is that of `base`: `reset` and `unpack` write both, and every visit restores it. */
  function hold(): void {
    stopped.row = undefined;
    recollections = remember.walk?.recall() ?? [];
    let running = 0;
    let namespaces = 0;
    latest.fill(0);
    for (let p = 1; p < live.length; p++) {
      if (w.process.state(p) !== states.running) continue;
      live[++running] = p;
      const namespace = w.process.namespace(p);
      const before = latest[namespace] ?? 0;
      if (before === 0) leaders[++namespaces] = p;
      // The null row, too, has a peer, that no one asks for.
      peer[before] = p;
      peer[p] = 0;
      latest[namespace] = p;
    }
    live[0] = running;
    leaders[0] = namespaces;
  }

  const perCall = options.bounds.namespaces + 1;
  const listed: Ground['listed'] = (call, code, domains) => {
    const list = succeeding(call, domains);
    return (p) => {
      const at = code * perCall + w.process.namespace(p);
      return (recollections[at] ??= list(p));
    };
  };
  const ground: Ground = { restore, live, leaders, peer, value, listed };
  // Paths may start where a process is, a mount is busy by what is open in it, and has peers elsewhere.
  const isScattered = options.bounds.directories === 1 || options.bounds.peerGroups !== undefined;
  const enabled = machinery.calls.flatMap((rows, code) => {
    if (!options.calls.includes(rows.call)) return [];
    const call: CallRows = isScattered ? { ...rows, looksAt: 'anything' } : rows;
    const domains: Domains = [
      processes,
      ...call.sorts.map((sort) => domainOf(sort, options, names)),
    ];
    return [{ call, code, domains }];
  });
  /** Calls whose driver visits another's transitions too: that one needs no driver. */
  const twins = new Map(
    enabled.flatMap(({ call: { twin }, code }) =>
      twin !== undefined && options.calls.includes(twin) ? [[twin, code] as const] : [],
    ),
  );
  const driven = enabled.filter(({ code }) => ![...twins.values()].includes(code));
  const driversBy = (looksAt: 'as declared' | 'anything') =>
    driven.map(({ call, code, domains }) => {
      const as = looksAt === 'anything' ? { ...call, looksAt } : call;
      return createDriver(as, code, domains, ground, twins.get(call.call));
    });
  let driveAll = inTurn(driversBy('as declared'));
  let listing: 'pays' | 'given-up' = 'pays';

  /** Asked in every state, so that it walks by index: an iterator would cost more than the rest. */
  function expandInternal(visit: Visit): void {
    for (let k = 0; k < effects.length; k++) {
      const effect = effects[k];
      if (effect?.isPending(effect.row) !== true) continue;
      effect.run(effect.row);
      visit(effect.action, effect.row, 0, 0, 0, 0);
      restore();
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

  reset();
  return {
    actions: [...callNames, ...internalEvents],
    effects: internalEvents.filter((name) => deferred[name].rows.length > 0),
    words: packing.words,
    bits: packing.bits,
    shape: observer.shape,
    reset,
    pack: packing.pack,
    unpack: packing.unpack,
    expand(visit, repeat = visit) {
      hold();
      if (listing === 'pays' && remember.walk?.crowded() === true) {
        listing = 'given-up';
        driveAll = inTurn(driversBy('anything'));
      }
      driveAll(visit, repeat);
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
    clause: () => stopped.row?.id,
    observe(into) {
      observer.observe(into);
    },
    label(action, [p = 0, a = 0, b = 0, c = 0, d = 0]) {
      const name = callNames[action];
      if (name !== undefined) return { pid: p, call: decodeCall(name, [a, b, c, d], names) };
      const effect = internalEvents[action - callNames.length];
      if (effect === undefined) throw new Error(`no action ${action}`);
      return { name: effect, object: p };
    },
    source() {
      const calls = driven.map(
        ({ call, code, domains }) =>
          `// ${call.call}\n${driverSource(call, code, domains, twins.get(call.call))}`,
      );
      const { pack, unpack } = packingSource(w, key);
      return [...calls, `// pack\n${pack}`, `// unpack\n${unpack}`].join('\n\n');
    },
  };
}
