/**
 * A bounded world as a search sees it: enumerate what is enabled, pack and unpack states. It has
 * the shape that the checker asks of a system, and knows nothing of the checker.
 */
import { createDeferred } from '../deferred.ts';
import { decodeCall } from '../decode.ts';
import { callCode } from '../encode.ts';
import { createNames } from '../names.ts';
import type { Observation, ObservationShape } from '../observation-shape.ts';
import { createObserver, type ObservedPart } from '../observe.ts';
import { rememberWalk, walkedTables } from '../remembered-walk.ts';
import { describeState } from '../state/describe.ts';
import type { Tables } from '../state/tables.ts';
import { callNames, fail, succeed, type Outcome, type Step } from '../vocabulary/index.ts';
import { createMachinery } from '../world.ts';
import { internalEvents, type InternalAction } from '../internal-action.ts';
import { domainOf, internScope } from './domains.ts';
import type { SearchOptions } from './search-options.types.ts';
import type { Visit } from './drivers.ts';
import { createEngine } from './engine.ts';
import type { Memory, Reduction } from './engine.types.ts';
import { keyOf, type Copier } from './packing.ts';
import { symmetryOf } from './symmetry.ts';
import type { Symmetry } from './symmetry.types.ts';

export interface Search {
  readonly actions: readonly string[];
  /** The internal actions that these bounds and switches have room for. */
  readonly effects: readonly InternalAction['name'][];
  readonly words: number;
  /** Bits of a packed state that are in use. */
  readonly bits: number;
  /** Bits that are in use in each word: its lowest. */
  readonly widths: readonly number[];
  readonly shape: ObservationShape;
  reset(): void;
  /** Writes the current state, or its canonical form. */
  readonly pack: Copier;
  /** Writes the current state as it is; the same function where states are not reduced. */
  readonly packAsIs: Copier;
  /** The state itself, and what may be permuted in it. */
  readonly tables: Pick<Tables, 'cells'>;
  readonly symmetry: Symmetry;
  /** What is not permuted where states are reduced by symmetry. */
  readonly restrictions: readonly string[];
  unpack(from: Uint32Array, at: number): void;
  /**
   * Visits every enabled transition of the current state, by generated drivers. `repeat`, if given,
   * gets those whose successor is that of the transition visited just before.
   */
  expand(visit: Visit, repeat?: Visit): void;
  /** The same transitions by the rows' loop, call by call. */
  expandByLoop(visit: Visit): void;
  /**
   * Tries every call that a clause fails; returns how many. Bounds are no attempts. `changing`: visits
   * only those that left another state behind.
   */
  attempt(visit: Visit, which?: 'all' | 'changing'): number;
  /** What the transition or attempt being visited answered. */
  outcome(): Outcome;
  /** The clause that failed the attempt being visited, by its id; undefined in a transition. */
  clause(): string | undefined;
  /** The current state, for people. */
  describe(): readonly string[];
  /** Fills an observation, or one part of it, with the current state. */
  observe(into: Observation, part?: ObservedPart | 'all'): void;
  /** The step or the internal action that an action's label stands for. */
  label(action: number, args: readonly number[]): Step | InternalAction;
  /** The generated text, for audit. */
  source(): string;
}

/** Creates a search of a scope, at its initial state. */
export function createSearch(options: SearchOptions, reduction: Reduction = 'none'): Search {
  const names = createNames();
  const ids = internScope(options, names);
  const remembered: Memory[] = [];
  const machinery = createMachinery(options, names, ids, (walk, w) => {
    const key = keyOf(w, walkedTables);
    const remembering = rememberWalk(w, walk, names, names.paths(), key.words);
    remembered.push({ ...remembering, key });
    return remembering;
  });
  const { w } = machinery.parts;
  const deferred = createDeferred(machinery.parts);
  const observer = createObserver(machinery.parts, options.paths);
  const processes = domainOf('pid', options, names);
  const { states } = w.charts.process;
  const symmetry = symmetryOf(w, options, names);
  // Paths may start where a process is, a mount is busy by what is open in it, and has peers elsewhere.
  const isScattered = options.bounds.directories === 1 || options.bounds.peerGroups !== undefined;
  const engine = createEngine({
    state: w,
    reset() {
      machinery.reset();
    },
    calls: machinery.calls.map((rows) => ({
      call: isScattered ? { ...rows, looksAt: 'anything' } : rows,
      code: callCode(rows.call),
      domains: [processes, ...rows.sorts.map((sort) => domainOf(sort, options, names))],
    })),
    events: internalEvents.flatMap((name, k) => {
      const { rows, isPending, run } = deferred[name];
      return rows.map((row) => ({ action: callNames.length + k, row, isPending, run }));
    }),
    callerTable: 'process',
    callers: processes,
    isRunning: (p) => w.process.state(p) === states.running,
    groupOf: w.process.namespace,
    groups: options.bounds.namespaces,
    memory: remembered[0],
    symmetry,
    reduction,
  });
  return {
    ...engine,
    actions: [...callNames, ...internalEvents],
    effects: internalEvents.filter((name) => deferred[name].rows.length > 0),
    shape: observer.shape,
    tables: w,
    symmetry,
    restrictions: reduction === 'none' ? [] : symmetry.restrictions,
    outcome() {
      const answer = engine.answer();
      return answer.row === undefined ? succeed(answer.value) : fail(answer.row.errno);
    },
    clause: () => engine.answer().row?.id,
    describe: () => describeState(w, names),
    observe(into, part) {
      observer.observe(into, part);
    },
    label(action, [p = 0, a = 0, b = 0, c = 0, d = 0]) {
      const name = callNames[action];
      if (name !== undefined) return { pid: p, call: decodeCall(name, [a, b, c, d], names) };
      const effect = internalEvents[action - callNames.length];
      if (effect === undefined) throw new Error(`no action ${action}`);
      return { name: effect, object: p };
    },
  };
}
