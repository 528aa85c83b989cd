/** What the verbs have in common. */
import type { Ending, Paint } from '../report/index.ts';
import type { ProgressLine } from './terminal.ts';

/** Options that every verb with a result has. */
export interface CommonOptions {
  readonly json?: true;
  readonly quiet?: true;
  readonly strict?: true;
  readonly debug?: true;
  readonly measurements?: string;
}

/** What a verb is given besides its options. */
export interface Surroundings {
  readonly signal: AbortSignal;
  readonly progress: ProgressLine;
  readonly paint: Paint;
  /** Prints a line on stderr. */
  readonly say: (line: string) => void;
}

/** What a verb hands back; nothing of it is printed yet. */
export interface CommandResult {
  readonly ending: Ending;
  /** Its last line is all that --quiet leaves. */
  readonly text: string;
  /** Of a text that is read by a program, and of which no line can be missing: --quiet leaves it whole. */
  readonly readBy?: 'program';
  /** The result document; nothing in it is measured. */
  readonly document: Readonly<Record<string, unknown>>;
  /** What is measured. */
  readonly measurements: Readonly<Record<string, unknown>>;
}
