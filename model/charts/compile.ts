import { transition, type AnyStateMachine } from 'xstate';
import { recordOf } from '../record-of.ts';

/**
 * A lifecycle as a dense table: what xstate's own `transition` answered for every state and event,
 * asked once. `step` writes no lifecycle column except through such a table.
 */
export interface Chart<State extends string, Event extends string> {
  readonly name: string;
  /** Code of each state; the first, that of a free row, is 0. */
  readonly states: Readonly<Record<State, number>>;
  readonly events: Readonly<Record<Event, number>>;
  readonly stateNames: readonly State[];
  readonly eventNames: readonly Event[];
  /** next[state * events + event]: the next state's code, or `unhandled`. */
  readonly next: Uint8Array;
}

/** An event that a state does not handle: to meet it is a bug of the specification. */
export const unhandled = 255;

/**
 * What becomes of a row whose thing is gone: `kept` rows stay in their final state for good (the
 * thing has a name that is never given twice), `free` rows are free again: `gone` is code 0.
 */
export type FinalRow = 'kept' | 'free';

/**
 * Compiles a machine by asking xstate for every state x event.
 * @throws if the machine's states are not exactly `stateNames`.
 */
export function compile<State extends string, Event extends string>(
  machine: AnyStateMachine,
  stateNames: readonly State[],
  eventNames: readonly Event[],
  finalRow: FinalRow,
): Chart<State, Event> {
  const own = Object.keys(machine.states).sort().join();
  if (own !== [...stateNames].sort().join()) {
    throw new Error(`the ${machine.id} chart has the states ${own}`);
  }
  const next = new Uint8Array(stateNames.length * eventNames.length).fill(unhandled);
  stateNames.forEach((state, code) => {
    const snapshot = machine.resolveState({ value: state, context: {} });
    eventNames.forEach((type, event) => {
      if (!snapshot.can({ type })) return;
      const [after] = transition(machine, snapshot, { type });
      const target = stateNames.findIndex((name) => after.matches(name));
      const freed = finalRow === 'free' && stateNames[target] === 'gone';
      next[code * eventNames.length + event] = freed ? 0 : target;
    });
  });
  const states = recordOf(stateNames, (_, code) => code);
  const events = recordOf(eventNames, (_, code) => code);
  return { name: machine.id, states, events, stateNames, eventNames, next };
}

/**
 * Writers of a lifecycle column, one for each event: the only way such a column changes.
 * Each throws on an event that the row's state does not handle.
 */
export function movesOf<State extends string, Event extends string>(
  chart: Chart<State, Event>,
  cells: Uint8Array | Uint16Array,
): Readonly<Record<Event, (row: number) => void>> {
  const { next, eventNames } = chart;
  const width = eventNames.length;
  // Short enough to be inlined wherever it is called: what is said of a refusal stands elsewhere.
  return recordOf(eventNames, (type, event) => (row: number): void => {
    const after = next[(cells[row] ?? 0) * width + event] ?? unhandled;
    if (after === unhandled) refuse(chart, cells[row] ?? 0, type);
    cells[row] = after;
  });
}

function refuse<State extends string, Event extends string>(
  { name, stateNames }: Chart<State, Event>,
  state: number,
  event: Event,
): never {
  throw new Error(`a ${name} that is ${stateNames[state] ?? '?'} meets ${event}`);
}
