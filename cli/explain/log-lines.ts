/** The lines of a log, read piece by piece, so that its length costs no memory. */
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
export function* logLines({ descriptor }: LogFile): Generator<string> {
  const decoder = new StringDecoder('utf8');
  const piece = Buffer.alloc(pieceBytes);
  let rest = '';
  for (let at = 0; ;) {
    const length = readSync(descriptor, piece, 0, pieceBytes, at);
    if (length === 0) break;
    at += length;
    const lines = (rest + decoder.write(piece.subarray(0, length))).split('\n');
    rest = (lines.pop() ?? '').slice(0, logLimits.lineLength);
    for (const line of lines) yield withoutReturn(line);
  }
  rest += decoder.end();
  if (rest !== '') yield withoutReturn(rest);
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);
