/** Where the program writes: results on stdout, progress and complaints on stderr. */
import picocolors from 'picocolors';
import type { Paint } from '../report/index.ts';
import { plain } from '../report/index.ts';

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
 */
export function createProgressLine(
  verbosity: 'quiet' | 'normal',
  stream: ProgressStream,
  now: () => number,
): ProgressLine {
  if (verbosity === 'quiet') return { show: () => undefined, clear: () => undefined };
  const isTerminal = stream.isTTY === true;
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

/** A reader that has gone away is no error of ours. */
export function toleratePipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
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
