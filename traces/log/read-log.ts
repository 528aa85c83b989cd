/** A strace log as events, line by line: nothing is kept but the calls that have not returned. */
import type { LogEvent, LogLine, LogResult } from './log.types.ts';
import { resultOf } from './read-arguments.ts';
import { callsThatMatter, forkFlags, forks, readLogCall } from './read-log-call.ts';
import { scanLogLine, splitArguments } from './scan-log-line.ts';

/** What a log may be at most. */
export const logLimits = {
  /** UTF-16 code units of a line; the rest of a longer one is not looked at. */
  lineLength: 1_000_000,
  /** Calls that have begun and not returned. */
  begun: 10_000,
} as const;

/** Reads one line after another. */
export interface LogReader {
  /** The events of the next line; most lines have none. */
  read(line: string, number: number): readonly LogEvent[];
  /** Lines that hold something of strace's. */
  readonly understood: () => number;
  /** The first line that holds nothing of strace's, and where. */
  readonly firstUnread: () => { readonly line: number; readonly column: number } | null;
}

const nothing: readonly LogEvent[] = [];

/** What a call that fails can tell: where names and mounts are, and where not. */
const toldWhenFailing =
  /^(?:bpf\(BPF_OBJ_|mkdir|rmdir|unlink|symlink|link|rename|mount|umount|v?fork|clone)/;

/** @param own the process of lines that name none. */
export function createLogReader(own: number): LogReader {
  const begun = new Map<number, { readonly name: string; readonly args: string }>();
  let understood = 0;
  let unread: { line: number; column: number } | null = null;

  function readComplete(
    { pid, name, args, result }: { pid: number; name: string; args: string; result: string },
    line: number,
  ): readonly LogEvent[] {
    const answer: LogResult | null = resultOf(result);
    if (answer?.ok === false && !toldWhenFailing.test(`${name}(${args}`)) return nothing;
    const call = readLogCall(name, splitArguments(args), args);
    if (call === null) return nothing;
    if (answer === null && call.call !== 'exit') return nothing;
    return [
      {
        kind: 'call',
        line,
        pid,
        call,
        result: answer,
        text: `${name}(${shorten(args)}) = ${result}`,
      },
    ];
  }

  function events(scanned: LogLine, line: number): readonly LogEvent[] {
    switch (scanned.kind) {
      case 'call':
        return readComplete(scanned, line);
      case 'begun': {
        const { pid, name, args } = scanned;
        if (begun.size < logLimits.begun) begun.set(pid, { name, args });
        if (forks.has(name)) return [{ kind: 'forking', line, pid, flags: forkFlags(args) }];
        // A process that ends does not come back to say so.
        if (name === 'exit_group' || name === 'exit') {
          return readComplete({ pid, name, args, result: '?' }, line);
        }
        return nothing;
      }
      case 'resumed': {
        const { pid, name, args, result } = scanned;
        const before = begun.get(pid);
        begun.delete(pid);
        if (before !== undefined && before.name !== name) return nothing;
        // Its end was told when it began.
        if (name === 'exit_group' || name === 'exit') return nothing;
        const joint = before === undefined || args === '' ? '' : ', ';
        const all = `${(before?.args ?? '').replace(/, *$/, '')}${joint}${args}`;
        return readComplete({ pid, name, args: all, result }, line);
      }
      case 'ended':
        begun.delete(scanned.pid);
        return [{ kind: 'ended', line, pid: scanned.pid }];
      case 'torn':
        return [
          { kind: 'remark', line, text: 'the line ends before its call does; it is left out' },
        ];
      case 'other':
      case 'unreadable':
        return nothing;
    }
  }

  return {
    read(text, line) {
      if (text === '') return nothing;
      const scanned = scanLogLine(text.slice(0, logLimits.lineLength), own, callsThatMatter);
      if (scanned.kind === 'unreadable') unread ??= { line, column: scanned.column + 1 };
      else understood++;
      return events(scanned, line);
    },
    understood: () => understood,
    firstUnread: () => unread,
  };
}

/** As much of a call's arguments as a reader wants to see. */
function shorten(args: string): string {
  return args.length <= 160 ? args : `${args.slice(0, 157)}...`;
}
