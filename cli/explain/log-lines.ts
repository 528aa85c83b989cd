/** The lines of a log, read piece by piece, so that its length costs no memory. */
import { isAscii } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { logLimits } from '../../traces/index.ts';
import { BadInput, refusalOf } from '../bad-input.ts';

const pieceBytes = 1 << 18;

/** An open log; it may be read several times. */
export interface LogFile {
  readonly name: string;
  readonly descriptor: number;
  /** The process of lines that name none: the number at the end of the name, or 1. */
  readonly own: number;
}

/** @throws BadInput */
export function openLog(name: string): LogFile {
  try {
    const descriptor = openSync(name, 'r');
    // A folder can be opened, but not read.
    readSync(descriptor, Buffer.alloc(1), 0, 1, 0);
    return { name, descriptor, own: ownNumber(name) };
  } catch (error) {
    throw new BadInput(`the log ${name} cannot be read (${refusalOf(error)}).`);
  }
}

/** strace -ff -o LOG writes LOG.PID. */
function ownNumber(name: string): number {
  const [, digits] = /\.(\d{1,10})$/.exec(name) ?? [];
  return digits === undefined || Number(digits) === 0 ? 1 : Number(digits);
}

export function closeLog({ descriptor }: LogFile): void {
  closeSync(descriptor);
}

/** The lines from the start, without their ends. What is longer than a line can be is cut off. */
export function* logLines(file: LogFile): Generator<string> {
  for (const lines of logPieces(file)) yield* lines;
}

const newline = 10;

/** The lines from the start, many at a time. */
export function* logPieces({ descriptor }: LogFile): Generator<readonly string[]> {
  const piece = Buffer.alloc(pieceBytes);
  const decoder = new StringDecoder('utf8');
  // The beginning of a line that is longer than a piece.
  let begun = '';
  let filled = 0;
  for (let at = 0; ;) {
    const length = readSync(descriptor, piece, filled, pieceBytes - filled, at);
    if (length === 0) break;
    at += length;
    filled += length;
    const end = piece.lastIndexOf(newline, filled - 1);
    if (end >= 0) {
      const whole = piece.subarray(0, end);
      yield linesOf(begun === '' ? textOf(whole) : begun + decoder.write(whole) + decoder.end());
      piece.copyWithin(0, end + 1, filled);
      filled -= end + 1;
      begun = '';
    } else if (filled === pieceBytes) {
      begun = (begun + decoder.write(piece)).slice(0, logLimits.lineLength);
      filled = 0;
    }
  }
  const last = begun + decoder.write(piece.subarray(0, filled)) + decoder.end();
  if (last !== '') yield linesOf(last);
}

/** Nearly every log is plain ASCII, which needs no decoding. */
const textOf = (bytes: Buffer): string => bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');

const linesOf = (text: string): readonly string[] =>
  text.includes('\r') ? text.split('\n').map(withoutReturn) : text.split('\n');

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);
