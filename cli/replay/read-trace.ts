/** Reads traces from files. */
import { readFileSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import { isProfileName, profileNames } from '../../model/index.ts';
import type { ProfileName } from '../../model/index.ts';
import { parseTrace, readHeader, traceFromJsonLines } from '../../traces/index.ts';
import type { TraceError, TraceEvent, TraceHeader } from '../../traces/index.ts';
import { unknownName } from '../arguments.ts';
import { BadInput, refusalOf } from '../bad-input.ts';
import { switchSetting } from '../selection.ts';
import type { SwitchSetting } from '../selection.ts';

export interface TraceFile {
  readonly file: string;
  readonly header: TraceHeader;
  /** The profiles that the header names. */
  readonly profiles: readonly ProfileName[];
  /** The switches in which it departs from them. */
  readonly settings: readonly SwitchSetting[];
  readonly events: readonly TraceEvent[];
  /** The comments after the last event. */
  readonly closing: readonly string[];
}

/**
 * Reads a trace: the text form, or JSON lines if the name ends in .jsonl.
 * @throws BadInput with a line `FILE:LINE:COLUMN: sentence` for each error.
 */
export function readTraceFile(file: string): TraceFile {
  return traceFileOf(file, textOf(file));
}

/**
 * Reads a trace from a text that is, or was, in a file.
 * @throws BadInput as `readTraceFile`.
 */
export function traceFileOf(file: string, text: string): TraceFile {
  const parsed = file.endsWith('.jsonl') ? traceFromJsonLines(text) : parseTrace(text);
  if (!parsed.ok) throw badTrace(file, parsed.errors);
  const { header: entries, events, closing = [] } = parsed.trace;
  const header = readHeader(entries);
  if (!header.ok) throw badTrace(file, header.errors);
  const profiles = header.header.profiles.map((name): ProfileName => {
    if (isProfileName(name)) return name;
    const line = entries.find(({ key }) => key === 'profile')?.line ?? 1;
    throw badTrace(file, [
      { line, column: 1, message: unknownName('profile', name, profileNames) },
    ]);
  });
  const settings = (header.header.switches ?? []).map((text) => {
    try {
      return switchSetting(text);
    } catch (error) {
      if (!(error instanceof InvalidArgumentError)) throw error;
      const line = entries.find(({ key }) => key === 'switch')?.line ?? 1;
      throw badTrace(file, [{ line, column: 1, message: error.message }]);
    }
  });
  return { file, header: header.header, profiles, settings, events, closing };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new BadInput(`the trace ${file} cannot be read (${refusalOf(error)}).`);
  }
}

function badTrace(file: string, errors: readonly TraceError[]): BadInput {
  const lines = errors.map(
    ({ line, column, message }) => `${file}:${Math.max(1, line)}:${column}: ${message}`,
  );
  return new BadInput(lines.join('\n'));
}
