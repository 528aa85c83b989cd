/** Folders of traces, and the worlds that their traces begin in. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Bounds } from '../../model/index.ts';
import type { TraceHeader } from '../../traces/index.ts';
import { BadInput, refusalOf } from '../bad-input.ts';
import { readTraceFile } from '../replay/read-trace.ts';
import type { TraceFile } from '../replay/read-trace.ts';
import { boundsOf } from '../replay/trace-bounds.ts';
import type { ChosenProfile } from '../selection.ts';

/** Traces that begin in the same world, and bounds that have room for each of them. */
export interface TraceGroup {
  readonly start: Pick<TraceHeader, 'host' | 'descriptors' | 'unprivilegedBpf'>;
  readonly bounds: Bounds;
  readonly traces: readonly TraceFile[];
}

/**
 * Reads all traces in a folder and the folders in it, in the order of their names.
 * @throws BadInput if there are none, or one cannot be read.
 */
export function readCorpus(folder: string): readonly TraceFile[] {
  const files = traceFilesIn(folder);
  if (files.length > 0) return files.map(readTraceFile);
  throw new BadInput(`there is no trace in ${folder}; give a folder of .trace files to --corpus.`);
}

function traceFilesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && /\.(trace|jsonl)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch (error) {
    throw new BadInput(
      `the traces in ${folder} cannot be read (${refusalOf(error)}); choose another folder with --corpus.`,
    );
  }
}

/** Whether a trace tells of this profile; one that names none tells of all. */
export function isOf({ base, differences }: ChosenProfile, trace: TraceFile): boolean {
  const { profiles, settings } = trace;
  const switches = settings.map(({ name, value }) => `${name}=${value}`);
  return (
    (profiles.length === 0 || profiles.includes(base)) &&
    [...switches].sort().join() === [...differences].sort().join()
  );
}

/** Why the traces for which that is not so are skipped. */
export const otherProfile = ({ label }: ChosenProfile): string =>
  `the trace is of another profile than ${label}`;

export const callsOf = (traces: readonly TraceFile[]): number =>
  traces.reduce((sum, { events }) => sum + events.length, 0);

/** Groups in the order of their first traces. */
export function groupsOf(traces: readonly TraceFile[]): readonly TraceGroup[] {
  const groups = new Map<string, TraceGroup>();
  for (const trace of traces) {
    const { header, events } = trace;
    const { host, descriptors, unprivilegedBpf } = header;
    const start = unprivilegedBpf === undefined ? {} : { unprivilegedBpf };
    const key = JSON.stringify([host, descriptors, unprivilegedBpf]);
    const bounds = boundsOf(header, events);
    const known = groups.get(key);
    groups.set(key, {
      start: { host, descriptors, ...start },
      bounds: known === undefined ? bounds : largest(known.bounds, bounds),
      traces: [...(known?.traces ?? []), trace],
    });
  }
  return [...groups.values()];
}

/** Bounds that have room for what either has room for. */
function largest(a: Bounds, b: Bounds): Bounds {
  const isBound = (name: string): name is keyof Bounds => name in b;
  return Object.keys(b)
    .filter(isBound)
    .reduce((wide, name) => {
      const bound = b[name] ?? 0;
      return bound > (wide[name] ?? -1) ? { ...wide, [name]: bound } : wide;
    }, a);
}
