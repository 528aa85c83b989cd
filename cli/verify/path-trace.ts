/** A path that a search found, as a trace that can be read, kept and replayed. */
import { createWorld } from '../../model/index.ts';
import type { Search, World } from '../../model/index.ts';
import type { Action } from '../../checker/index.ts';
import type { Scope } from '../../properties/index.ts';
import { headerEntries } from '../../traces/index.ts';
import type { Trace, TraceEvent } from '../../traces/index.ts';
import { departures } from '../selection.ts';
import type { ChosenProfile } from '../selection.ts';

/** Descriptors 0, 1 and 2 are open in every process. */
const scenery = 3;

/** What a trace of a search needs to know besides the path. */
export interface PathContext {
  readonly scope: Scope;
  readonly profile: ChosenProfile;
  readonly title: string;
}

/** Internal actions become comments above the call that follows them. */
export function pathTrace(
  search: Search,
  path: readonly Action[],
  { scope, title, profile }: PathContext,
): Trace {
  const world = createWorld({ switches: profile.switches, bounds: scope.bounds, host: scope.host });
  const events: TraceEvent[] = [];
  let comments: string[] = [];
  for (const { action, args } of path) {
    const label = search.label(action, args);
    if ('name' in label) {
      world.settle(label);
      const subject = label.name === 'reuse-key' ? 'instance' : 'object';
      comments.push(`${label.name} of ${subject} ${label.object}`);
    } else {
      const event: TraceEvent = { line: 0, step: label, ...outcomeOf(world, label) };
      events.push(comments.length === 0 ? event : { ...event, comments });
      comments = [];
    }
  }
  const header = headerEntries({
    title,
    profiles: [profile.base],
    ...departures(profile),
    host: scope.host,
    descriptors: scenery + scope.bounds.descriptors,
    clauses: [],
    source: null,
  });
  return comments.length === 0 ? { header, events } : { header, events, closing: comments };
}

function outcomeOf(world: World, { pid, call }: TraceEvent['step']): Pick<TraceEvent, 'outcome'> {
  const result = world.step(pid, call);
  return result.kind === 'bound' ? {} : { outcome: result.outcome };
}
