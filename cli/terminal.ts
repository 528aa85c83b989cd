/** Where the program writes: results on stdout, progress and complaints on stderr. */
import picocolors from 'picocolors';
import type { Paint } from '../report/index.ts';
import { exitCodes, plain } from '../report/index.ts';
import { refusalOf } from './bad-input.ts';

/** Milliseconds between two lines of progress where nothing can be overwritten. */
const plainInterval = 15_000;
const terminalInterval = 100;

/** Where a terminal does not say how wide it is. */
const usualWidth = 80;
const eraseLine = '\r\u001b[2K';

type Colors = ReturnType<typeof picocolors.createColors>;

/** Colours on a terminal, unless NO_COLOR is set, which picocolors asks; none elsewhere. */
export function paintFor(stream: { readonly isTTY?: boolean }, colors: Colors = picocolors): Paint {
  if (stream.isTTY !== true || !colors.isColorSupported) return plain;
  return {
    good: colors.green,
    bad: colors.red,
    doubtful: colors.yellow,
    heading: colors.bold,
    faint: colors.dim,
  };
}

/** Says now and then how far long work has come. */
export interface ProgressLine {
  /** Asked for the text only when it is shown. */
  show(text: () => string): void;
  /** Removes what is on the line, before something else is printed. */
  clear(): void;
}

/** What a progress line is written to: stderr. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/**
 * On a terminal one line that is overwritten; elsewhere a line of its own, rarely.
 * @param now in milliseconds.
 * @param terminalName what TERM says; a dumb terminal can overwrite nothing.
 */
export function createProgressLine(
  verbosity: 'quiet' | 'normal',
  stream: ProgressStream,
  now: () => number,
  terminalName = process.env['TERM'],
): ProgressLine {
  if (verbosity === 'quiet') return { show: () => undefined, clear: () => undefined };
  const isTerminal = stream.isTTY === true && terminalName !== 'dumb';
  const interval = isTerminal ? terminalInterval : plainInterval;
  let shown = now();
  return {
    show(text) {
      if (now() - shown < interval) return;
      shown = now();
      const width = (stream.columns || usualWidth) - 1;
      stream.write(isTerminal ? `${eraseLine}${text().slice(0, width)}` : `pinproof: ${text()}\n`);
    },
    clear() {
      if (isTerminal) stream.write(eraseLine);
    },
  };
}

/**
 * A reader that has gone away is no error of ours. Results that cannot be written for another
 * reason are: that is said once, and the program ends as broken.
 */
export function watchOutput(say: (line: string) => void): void {
  let failed = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || failed) return;
    failed = true;
    say(`the output could not be written (${refusalOf(error)}).`);
    // Whatever else sets an exit code may run later than this.
    process.once('exit', () => {
      process.exitCode = exitCodes.broken;
    });
  });
  // Where complaints cannot be written, nothing can be said about it.
  process.stderr.on('error', () => undefined);
}

/** A signal that is aborted by the first Ctrl-C; the second ends the program at once. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  process.on('SIGINT', () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  });
  return controller.signal;
}
