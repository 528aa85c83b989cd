/**
 * Which mutations of a call's rows answer otherwise in one state. Where a check stops a call, two
 * things would: without that check the rows behind it decide, and before it does the one behind it, if
 * it holds as well. No other mutation of the call changes its answer there. So one look at the rows
 * judges all of them at once, without an effect that nothing has prepared for.
 */
import type { CallRows, Clause } from '../../model/calls/row.ts';
import type { Errno } from '../../model/vocabulary/index.ts';
import { flatCall, type FlatCall } from './flat-call.ts';

export type Answer = Errno | 'ok' | 'bound' | 'throws';

export interface Difference {
  readonly mutation: string;
  readonly sound: Errno;
  readonly mutated: Answer;
}

export type Tell = (difference: Difference) => void;

/** A process and the arguments of its call. */
export type Asked = readonly [p: number, a: number, b: number, c: number, d: number];

/** Where the rows from a place on stop a call, and how: behind the last one, it succeeds. */
export interface Stopped {
  readonly at: number;
  readonly answer: Answer;
}

export function stopFrom({ rows }: FlatCall, from: number, asked: Asked): Stopped {
  const [p, a, b, c, d] = asked;
  let at = from;
  try {
    for (; at < rows.length; at++) {
      const row = rows[at];
      if (row === undefined || row.kind === 'family') continue;
      if (row.kind === 'find') row.find(p, a, b, c, d);
      else if (row.when(p, a, b, c, d)) {
        return { at, answer: row.kind === 'bound' ? 'bound' : row.errno };
      }
    }
    return { at, answer: 'ok' };
  } catch {
    return { at, answer: 'throws' };
  }
}

/** Tells the differences where the check at a place stops a call. */
export function differencesAt(
  flat: FlatCall,
  place: number,
  { errno }: Clause,
  asked: Asked,
  tell: Tell,
): void {
  const { at, answer } = stopFrom(flat, place + 1, asked);
  if (answer === errno) return;
  const [dropped, swapped] = [flat.dropped[place], flat.swapped[place]];
  if (dropped !== undefined) tell({ mutation: dropped, sound: errno, mutated: answer });
  if (swapped !== undefined && at === place + 1 && answer !== 'bound') {
    tell({ mutation: swapped, sound: errno, mutated: answer });
  }
}

/** The same calls; whenever a check of theirs stops one, the mutations are told that answer otherwise. */
export function watchedCalls(own: readonly CallRows[], tell: Tell): readonly CallRows[] {
  return own.map((call) => {
    const flat = flatCall(call);
    const rows = flat.rows.map((row, place) => {
      if (row.kind !== 'clause') return row;
      // What the rows behind it look at is all that the call is given.
      const when: Clause['when'] = (p, a, b, c, d) => {
        if (!row.when(p, a, b, c, d)) return false;
        differencesAt(flat, place, row, [p, a, b, c, d], tell);
        return true;
      };
      return { ...row, when };
    });
    return { ...call, rows: rows.slice(1) };
  });
}
