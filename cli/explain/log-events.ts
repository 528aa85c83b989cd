/** The events of a log that may lie in several files, one of each process. */
import { createLogReader } from '../../traces/index.ts';
import type { LogEvent, LogReader } from '../../traces/index.ts';
import { BadInput } from '../bad-input.ts';
import { logPieces } from './log-lines.ts';
import type { LogFile } from './log-lines.ts';

/** The time of a line, `12:00:00.5` or `1700000000.5`, behind the number of a process. */
const timeForm =
  /^(?:\[pid +\d+\] +|\d+ +(?=\d))?(?:(\d\d):(\d\d):(\d\d(?:\.\d+)?)|(\d{9,}\.\d+)) /;

/**
 * All events in their order; several files are put in order by the times of their lines.
 * @param calls those whose events are wanted.
 * @throws BadInput if there is nothing of strace's, or no times where they are needed.
 */
export function logEvents(
  files: readonly LogFile[],
  calls: ReadonlySet<string>,
): Generator<LogEvent> {
  const [only, ...more] = files;
  return only === undefined || more.length > 0 ? merged(files, calls) : eventsOf(only, calls);
}

function* eventsOf(file: LogFile, calls: ReadonlySet<string>): Generator<LogEvent> {
  const reader = createLogReader(file.own, calls);
  let number = 0;
  for (const lines of logPieces(file)) {
    for (const line of lines) {
      number++;
      for (const event of reader.read(line, number)) yield event;
    }
  }
  checkUnderstood(file, reader);
}

function* merged(files: readonly LogFile[], calls: ReadonlySet<string>): Generator<LogEvent> {
  const sources = files.map((file) => ({ events: timedEventsOf(file, calls), file }));
  const heads = sources.map(({ events }) => events.next());
  for (;;) {
    let first = -1;
    for (const [k, head] of heads.entries()) {
      if (head.done === true) continue;
      const best = heads[first];
      if (best === undefined || best.done === true || head.value.time < best.value.time) first = k;
    }
    const head = heads[first];
    const source = sources[first];
    if (head === undefined || head.done === true || source === undefined) return;
    yield head.value.event;
    heads[first] = source.events.next();
  }
}

function* timedEventsOf(
  file: LogFile,
  calls: ReadonlySet<string>,
): Generator<{ readonly time: number; readonly event: LogEvent }> {
  const reader = createLogReader(file.own, calls);
  let [number, time] = [0, 0];
  for (const lines of logPieces(file)) {
    for (const line of lines) {
      number++;
      const events = reader.read(line, number);
      time = timeOf(line) ?? untimed(file, number, line, time);
      for (const event of events) yield { time, event };
    }
  }
  checkUnderstood(file, reader);
}

/** @throws BadInput */
function checkUnderstood(file: LogFile, reader: LogReader): void {
  const unread = reader.firstUnread();
  if (reader.understood() > 0) return;
  const place = `${file.name}:${unread?.line ?? 1}:${unread?.column ?? 1}`;
  throw new BadInput(
    `${place}: nothing of strace's was found in this log; lines like 'PID call(ARGUMENTS) = RESULT' were expected, as strace -f -o LOG writes them`,
  );
}

function timeOf(line: string): number | null {
  const [, hours, minutes, seconds, epoch] = timeForm.exec(line) ?? [];
  if (epoch !== undefined) return Number(epoch);
  if (hours === undefined) return null;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

/** Of a line without a time: an empty one stands where the last one did. */
function untimed({ name }: LogFile, number: number, line: string, last: number): number {
  if (line.trim() === '' || last > 0) return last;
  throw new BadInput(
    `${name}:${number}:1: no time was found, by which the files of one log are put in order; record them with strace -ff -ttt`,
  );
}
