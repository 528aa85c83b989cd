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

/** What the traces of a search need to know besides the paths. */
export interface SearchContext {
  readonly scope: Scope;
  readonly profile: ChosenProfile;
}

export interface PathContext extends SearchContext {
  readonly title: string;
}

/** Makes a trace of a path. */
export type PathTracer = (path: readonly Action[], title: string) => Trace;

export function pathTrace(
  search: Search,
  path: readonly Action[],
  { title, ...context }: PathContext,
): Trace {
  return createPathTracer(search, context)(path, title);
}

/**
 * Makes traces of one path after another, which share a world: to make one takes longer than a path.
 * Internal actions become comments above the call that follows them.
 */
export function createPathTracer(search: Search, { scope, profile }: SearchContext): PathTracer {
  const world = createWorld({ switches: profile.switches, bounds: scope.bounds, host: scope.host });
  return (path, title) => {
    world.reset();
    const { events, comments } = eventsOf(search, world, path);
    const header = headerEntries({
      title,
      profiles: [profile.base],
      ...departures(profile),
      host: scope.host,
      descriptors: scenery + scope.bounds.descriptors,
      ...(scope.bounds.unprivilegedBpf === 1 ? { unprivilegedBpf: 'allowed' } : {}),
      clauses: [],
      source: null,
    });
    return comments.length === 0 ? { header, events } : { header, events, closing: comments };
  };
}

/** The calls of a path, and the comments that no call follows. */
function eventsOf(
  search: Search,
  world: World,
  path: readonly Action[],
): { readonly events: readonly TraceEvent[]; readonly comments: readonly string[] } {
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
  return { events, comments };
}

function outcomeOf(world: World, { pid, call }: TraceEvent['step']): Pick<TraceEvent, 'outcome'> {
  const result = world.step(pid, call);
  return result.kind === 'bound' ? {} : { outcome: result.outcome };
}
