/** The first judge: the traces of the corpus, each under the profiles and switches that it names. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readTraceFile } from '../../cli/replay/read-trace.ts';
import { boundsOf } from '../../cli/replay/trace-bounds.ts';
import { chooseProfile } from '../../cli/selection.ts';
import { createOracle, stateLimit } from '../../conformance/index.ts';
import { createWorld, type ProfileName, type WorldOptions } from '../../model/index.ts';
import { sameOutcome } from '../../model/vocabulary/index.ts';
import type { TraceEvent } from '../../traces/index.ts';
import { watchedCalls } from './differences.ts';
import { flippable } from './flippable-charts.ts';
import { mutatedCalls } from './flat-call.ts';
import type { FlipJudge, RowJudge } from './mutation.types.ts';

/** A trace and the world in which it is replayed. */
export interface CorpusCase {
  readonly file: string;
  readonly profile: ProfileName;
  readonly options: WorldOptions;
  readonly events: readonly TraceEvent[];
}

/** Every trace of a folder, once for each profile that it names; files by their names. */
export function readCorpus(folder: string): readonly CorpusCase[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.trace'))
    .sort()
    .flatMap((file) => {
      const { header, profiles, settings, events } = readTraceFile(join(folder, file));
      const bounds = boundsOf(header, events);
      return profiles.map((profile): CorpusCase => {
        const { switches } = chooseProfile(profile, settings);
        return { file, profile, options: { switches, bounds, host: header.host }, events };
      });
    });
}

/** Asks whether a model answers as recorded; one that meets a bound, or breaks, does not. */
function replaying(options: WorldOptions, events: readonly TraceEvent[]): () => boolean {
  const oracle = createOracle(createWorld(options), stateLimit, (_call, predicted, answered) =>
    sameOutcome(predicted, answered),
  );
  return () => {
    try {
      oracle.reset();
      return events.every(
        ({ step: { pid, call }, outcome }) =>
          outcome === undefined || oracle.step(pid, call, outcome).kind === 'consistent',
      );
    } catch {
      return false;
    }
  };
}

/** The mutations that answer otherwise somewhere on the way: no other can be noticed. */
function toldIn({ file, options, events }: CorpusCase): ReadonlySet<string> {
  const told = new Set<string>();
  const rows: WorldOptions['rows'] = (own) =>
    watchedCalls(own, ({ mutation }) => {
      told.add(mutation);
    });
  if (!replaying({ ...options, rows }, events)()) {
    throw new Error(`${file} is not what the model answers`);
  }
  return told;
}

export const corpusJudge =
  (cases: readonly CorpusCase[]): RowJudge =>
  (profile, pending) => {
    const found = new Map<string, string>();
    for (const one of cases.filter((each) => each.profile === profile)) {
      for (const name of toldIn(one)) {
        if (!pending.has(name) || found.has(name)) continue;
        const options: WorldOptions = { ...one.options, rows: (own) => mutatedCalls(own, name) };
        if (!replaying(options, one.events)()) found.set(name, one.file);
      }
    }
    return found;
  };

export const corpusFlipJudge =
  (cases: readonly CorpusCase[]): FlipJudge =>
  (profile, pending) => {
    const found = new Map<string, string>();
    const { charts, under } = flippable();
    for (const { file, options, events } of cases.filter((each) => each.profile === profile)) {
      const conforms = replaying({ ...options, charts }, events);
      for (const { name, flip } of pending) {
        if (!found.has(name) && !under(flip, conforms)) found.set(name, file);
      }
    }
    return found;
  };
