/** Lines of a log as their tests read them. */
import type { LogCall, LogEvent, LogResult } from './log.types.ts';
import { createLogReader } from './read-log.ts';

/** The process of a line that names none. */
const own = 1;

export function eventsOf(...lines: readonly string[]): readonly LogEvent[] {
  const reader = createLogReader(own);
  return lines.flatMap((line, k) => reader.read(line, k + 1));
}

/** The only call of some lines, and what it answered. */
export function readOne(...lines: readonly string[]): {
  readonly call: LogCall;
  readonly result: LogResult | null;
} {
  const [event, ...more] = eventsOf(...lines);
  if (event?.kind !== 'call' || more.length > 0) throw new Error(JSON.stringify([event, ...more]));
  return { call: event.call, result: event.result };
}

/** The only call of some lines. */
export const callOf = (...lines: readonly string[]): LogCall => readOne(...lines).call;

export const fd = (number: number, shown: string | null = null): object => ({ fd: number, shown });

export const at = (path: string, dir: object | null = null): object => ({ dir, cwd: null, path });
