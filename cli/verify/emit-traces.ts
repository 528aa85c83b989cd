/** Writes traces that together take every transition of a scope under a profile. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cover } from '../../checker/index.ts';
import type { Action, System } from '../../checker/index.ts';
import { createSearch } from '../../model/index.ts';
import type { Scope } from '../../properties/index.ts';
import type { CoveringReport, SearchLimit } from '../../report/index.ts';
import { printTrace } from '../../traces/index.ts';
import type { Trace } from '../../traces/index.ts';
import { refusalOf } from '../bad-input.ts';
import type { SearchJob } from './job.types.ts';
import { createPathTracer } from './path-trace.ts';
import { scopeOf } from './search-scope.ts';
import type { PathTracer } from './path-trace.ts';

/** Transitions of a trace, unless it takes more to get to what the trace is for. */
const usualLength = 40;

/** The clock is asked whenever so many more traces were written. */
const tracesBetweenPauses = 64;

type Emission = Pick<SearchJob, 'profile' | 'engine' | 'symmetry' | 'maxStates' | 'maxMemory'> & {
  readonly scope: Scope;
};

/** Asked now and then; anything but null ends the work. */
export type Stop = () => Extract<SearchLimit, 'time' | 'interrupt'> | null;

/**
 * Writes the traces of a job into a new folder, 000001.trace and so on. Same job, same bytes.
 * @throws if the scope of the job does not exist.
 */
export function emitTraces(job: SearchJob, folder: string, stop: Stop): CoveringReport {
  const scope = scopeOf(job);
  const covering = coveringTraces({ ...job, scope }, stop);
  if (covering.kind === 'limit') return covering;
  const { distinct } = covering;
  let [traces, calls] = [0, 0];
  try {
    mkdirSync(folder, { recursive: true });
    for (const trace of covering.traces) {
      traces += 1;
      calls += trace.events.length;
      writeFileSync(join(folder, `${`${traces}`.padStart(6, '0')}.trace`), printTrace(trace));
      const limit = traces % tracesBetweenPauses === 0 ? stop() : null;
      if (limit !== null) return { kind: 'limit', limit };
    }
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) {
      return { kind: 'unwritable', reason: refusalOf(error) };
    }
    throw error;
  }
  return { kind: 'complete', traces, calls, distinct };
}

export type Covering =
  | Extract<CoveringReport, { readonly kind: 'limit' }>
  | {
      readonly kind: 'complete';
      /** Transitions that differ in their action or in one of their two states. */
      readonly distinct: number;
      /** Made one by one when they are asked for. */
      readonly traces: Iterable<Trace>;
    };

/** Traces that together take every transition of a scope, modulo its symmetry. */
export function coveringTraces(emission: Emission, stop: Stop): Covering {
  const { scope, profile, engine, symmetry, maxStates, maxMemory } = emission;
  const reduction = symmetry === 'on' ? 'symmetry' : 'none';
  const search = createSearch({ switches: profile.switches, ...scope }, reduction);
  const looping: System = {
    ...search,
    expand(visit) {
      search.expandByLoop(visit);
    },
  };
  let stopped: ReturnType<Stop> = null;
  const limits = {
    states: maxStates,
    memory: maxMemory,
    stop: () => (stopped ??= stop()) !== null,
  };
  const result = cover(engine === 'drivers' ? search : looping, limits, usualLength);
  if (result.kind === 'limit') {
    return { kind: 'limit', limit: result.limit === 'stop' ? whyStopped(stopped) : result.limit };
  }
  const { edges, paths } = result.cover;
  const tracer = createPathTracer(search, { scope, profile });
  const title = `every transition of ${scope.name} under ${profile.label}`;
  return { kind: 'complete', distinct: edges, traces: tracesOf(paths, tracer, title) };
}

const whyStopped = (stopped: ReturnType<Stop>): SearchLimit => stopped ?? 'interrupt';

function* tracesOf(
  paths: Iterable<readonly Action[]>,
  tracer: PathTracer,
  title: string,
): Generator<Trace, void, void> {
  let number = 0;
  for (const path of paths) {
    number += 1;
    yield tracer(path, `${title}, trace ${number}`);
  }
}
