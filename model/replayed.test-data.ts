/** For tests: what a model answers to a trace, as the text that the trace would be. */
import { parseTrace, printEvent } from '../traces/index.ts';
import { createWorld, profiles, type Bounds, type ProfileName, type World } from './index.ts';

export const roomy: Bounds = {
  processes: 5,
  descriptors: 4,
  descriptions: 16,
  objects: 8,
  elements: 8,
  superblocks: 6,
  inodes: 12,
  dentries: 12,
  mounts: 12,
  namespaces: 4,
  slots: 8,
  sockets: 6,
  messages: 4,
  attachments: 4,
  plainFiles: 1,
  sharedTables: 1,
  freezing: 1,
  restricting: 1,
  symlinks: 1,
};

export const host = ['/a/', '/b/', '/d/', '/d/e/', '/f'] as const;

export function worldOf(profile: ProfileName, bounds: Bounds = roomy): World {
  return createWorld({ switches: profiles[profile], bounds, host });
}

/** A world with two cgroups, a qdisc, and programs of all types. */
export function hookedWorld(profile: ProfileName, bounds: Partial<Bounds> = {}): World {
  return createWorld({
    switches: profiles[profile],
    bounds: { ...roomy, descriptors: 6, qdiscs: 1, programTypes: 1, ...bounds },
    host: ['/a/', '/cgroup/', '/cgroup/a/', '/cgroup/b/'],
  });
}

/**
 * Steps a world through the lines of a trace and returns them with the model's own answers, so that
 * a test reads: what is written is what comes out. `; row` behind an answer asks for the row too.
 * A line `settle` takes the only pending internal action, `settle NAME` the only one of that name.
 */
export function replayed(world: World, text: string): string {
  const lines = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  return lines.map((line) => answerOf(world, line)).join('\n');
}

function answerOf(world: World, line: string): string {
  const [word, name] = line.split(' ');
  if (word === 'settle') return settled(world, line, name);
  const [call = '', row] = line.split(' ; ');
  const parsed = parseTrace(call);
  const event = parsed.ok ? parsed.trace.events[0] : undefined;
  if (event === undefined) throw new Error(`not a line of a trace: ${call}`);
  const result = world.step(event.step.pid, event.step.call);
  if (result.kind === 'bound')
    return `${printEvent({ line: 0, step: event.step })} ; ${result.row}`;
  const printed = printEvent({ line: 0, step: event.step, outcome: result.outcome });
  return row === undefined ? printed : `${printed} ; ${result.row}`;
}

function settled(world: World, line: string, name: string | undefined): string {
  const pending = world.pending();
  const [action, ...more] = pending.filter((one) => name === undefined || one.name === name);
  if (action === undefined || more.length > 0) {
    return `${line}: pending are ${pending.map((one) => `${one.name} ${one.object}`).join()}`;
  }
  world.settle(action);
  return line;
}

/** The same text, without indentation and empty lines. */
export function lines(text: string): string {
  return text
    .split('\n')
    .flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))
    .join('\n');
}
