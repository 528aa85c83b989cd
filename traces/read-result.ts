/** From the syntax of a result to the outcome of a call. */
import type { Call, Outcome, Pid } from '../model/vocabulary/index.ts';
import { errnoNumbers, fail, isErrno, listed, succeed } from '../model/vocabulary/index.ts';
import type { Reading } from './form.ts';
import { suggestion } from './nearest.ts';
import { outcomeRange } from './outcome-range.ts';
import type { Flaws } from './read-value.ts';
import { note, readInteger } from './read-value.ts';
import type { NumberValue, ResultSyntax, WordValue } from './syntax.types.ts';

/** True for a call that does not return to its caller when it succeeds; strace prints `= ?` then. */
export function endsItsCaller(pid: Pid, call: Call): boolean {
  return call.call === 'exit_group' || (call.call === 'kill' && call.pid === pid);
}

const errnoNames = Object.keys(errnoNumbers);

/** The outcome that `result` tells; null, with a flaw noted, where it makes no sense for the call. */
export function readOutcome(
  pid: Pid,
  { call, value: shown, names, noFailure }: Reading,
  result: ResultSyntax,
  flaws: Flaws,
): Outcome | null {
  const { column, value, errno, found, flags } = result;
  if (value === '?') {
    if (endsItsCaller(pid, call)) return succeed(0);
    note(
      flaws,
      column,
      `"?" was found as the result of a call that returns; a number was expected`,
    );
    return null;
  }
  if (errno !== null || value.value < 0) {
    const outcome = readError(value.value, errno, column, flaws);
    if (noFailure !== undefined) note(flaws, column, noFailure);
    return outcome;
  }
  if (call.call === 'BPF_MAP_LOOKUP_ELEM') {
    if (found !== null && value.value === 0)
      return succeed(readInteger(found, outcomeRange(call), flaws));
    note(
      flaws,
      column,
      `${value.text} was found as the result of a lookup; 0 (value=NUMBER) or -1 ERROR was expected`,
    );
    return null;
  }
  if (found !== null) {
    note(flaws, found.column, 'a value was found behind the result, but only a lookup has one');
    return null;
  }
  if (names !== undefined) return readListed(value, names(flaws), flaws);
  if (shown !== undefined) return succeed(shown(value, flaws));
  if (flags !== null) mustBeItsFlags(call, value, flags, flaws);
  return succeed(readInteger(value, outcomeRange(call), flaws));
}

function readListed(value: NumberValue, names: readonly string[], flaws: Flaws): Outcome {
  if (value.value !== names.length) {
    const expected = `the number of its names (${names.length}) was expected`;
    note(flaws, value.column, `${value.text} was found as the result, but ${expected}`);
  }
  return listed(names);
}

/** What an open file is for, by the number of it. */
export const openedFor = ['O_RDONLY', 'O_WRONLY', 'O_RDWR'] as const;

/** strace names the flags of a descriptor, of which there is one, and those of an open file. */
function mustBeItsFlags(call: Call, value: NumberValue, flags: WordValue, flaws: Flaws): void {
  const command = call.call === 'fcntl' ? call.command : null;
  if (command === 'F_GETFD' && value.value === 1 && flags.text === 'FD_CLOEXEC') return;
  if (command === 'F_GETFL' && flags.text === openedFor[value.value]) return;
  const ofFile = 'and F_GETFL, as in 0x2 (flags O_RDWR)';
  const expected = `only F_GETFD has some, 0 or 0x1 (flags FD_CLOEXEC), ${ofFile}`;
  note(flaws, flags.column, `flags were found behind the result, but ${expected}`);
}

function readError(
  value: number,
  errno: WordValue | null,
  column: number,
  flaws: Flaws,
): Outcome | null {
  if (value !== -1) {
    const name = errno === null ? '' : ` ${errno.text}`;
    note(flaws, column, `${value}${name} was found as a result; an error is written -1 ERROR`);
    return null;
  }
  if (errno === null) {
    note(flaws, column, '-1 was found without the name of its error; -1 ERROR was expected');
    return null;
  }
  if (isErrno(errno.text)) return fail(errno.text);
  note(
    flaws,
    errno.column,
    `${errno.text} was found where the name of an error was expected${suggestion(errno.text, errnoNames)}`,
  );
  return null;
}
