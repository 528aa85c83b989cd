/** A strace log as events, line by line: nothing is kept but the calls that have not returned. */
import type { LogEvent, LogLine, LogResult } from './log.types.ts';
import { resultOf } from './read-arguments.ts';
import { callsThatMatter, forkFlags, forks, readLogCall } from './read-log-call.ts';
import { scanArguments } from './scan-arguments.ts';
import { scanLogLine } from './scan-log-line.ts';
import type { Wanted } from './scan-log-line.ts';

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

/** What is passed over as it matters to nobody might as well be a patch, or a program: till one line is of strace's. */
const isOfStrace =
  / = (?:-?\d|0x|\?)|<unfinished \.\.\.>|<\.\.\. \w+ resumed>|--- (?:SIG|stopped by )|\+\+\+ (?:exited|killed|superseded) |strace: /;

type WholeCall = Omit<LogLine & { kind: 'call' }, 'kind'>;

/** Calls that tell something when they fail: where names and mounts are, and where not. */
const tellingWhenFailing: ReadonlySet<string> = new Set([
  ...['bpf', 'mkdir', 'mkdirat', 'rmdir', 'unlink', 'unlinkat', 'symlink', 'symlinkat', 'link'],
  ...['linkat', 'rename', 'renameat', 'renameat2', 'mount', 'umount', 'umount2', ...forks],
]);

const tellsByFailing = (name: string, args: string): boolean =>
  name === 'bpf' ? args.startsWith('BPF_OBJ_') : tellingWhenFailing.has(name);

/**
 * @param own the process of lines that name none.
 * @param calls those that are wanted: fewer are faster read.
 */
export function createLogReader(
  own: number,
  calls: ReadonlySet<string> = callsThatMatter,
): LogReader {
  const wanted: Wanted = { calls, failing: tellingWhenFailing };
  const begun = new Map<number, { readonly name: string; readonly args: string }>();
  let understood = 0;
  let unread: { line: number; column: number } | null = null;

  function readComplete(
    { pid, name, args, parts, result }: WholeCall,
    line: number,
  ): readonly LogEvent[] {
    const answer: LogResult | null = resultOf(result);
    if (answer?.ok === false && !tellsByFailing(name, args)) return nothing;
    const call = readLogCall(name, parts, args);
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
          return readComplete({ pid, name, args, parts: [], result: '?' }, line);
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
        const { parts } = before === undefined ? scanned : scanArguments(all, 0);
        return readComplete({ pid, name, args: all, parts, result }, line);
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
      const scanned = scanLogLine(text.slice(0, logLimits.lineLength), own, wanted);
      if (scanned.kind === 'unreadable') unread ??= { line, column: scanned.column + 1 };
      else if (scanned.kind !== 'other' || understood > 0 || isOfStrace.test(text)) understood++;
      else unread ??= { line, column: 1 };
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
