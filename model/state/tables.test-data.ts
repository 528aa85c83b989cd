/** For tests: the tables of a world after some lines of a trace. */
import { parseTrace } from '../../traces/index.ts';
import { createDeferred, pendingOf } from '../deferred.ts';
import { callCode, encodeArgs } from '../encode.ts';
import { createNames } from '../names.ts';
import { profiles, type ProfileName } from '../profiles/index.ts';
import { runRows } from '../step.ts';
import * as line from '../lines.test-data.ts';
import { createMachinery } from '../world.ts';
import type { Bounds } from '../world.types.ts';
import type { Tables } from './tables.ts';

export interface Run {
  readonly w: Tables;
  /** Takes a call; it has to succeed. */
  readonly take: (line: string) => void;
  /** Takes the first deferred effect, if there is any. */
  readonly settle: () => 'settled' | 'nothing pending';
}

export function runOf(
  profile: ProfileName,
  bounds: Bounds,
  lines: readonly string[],
  host: readonly string[] = ['/a/', '/f'],
): Run {
  const names = createNames();
  const options = { switches: profiles[profile], bounds, host };
  const machinery = createMachinery(options, names, { names: 99, words: 99, paths: 9 });
  const deferred = createDeferred(machinery.parts);
  const take = (line: string): void => {
    const parsed = parseTrace(line);
    const step = parsed.ok ? parsed.trace.events[0]?.step : undefined;
    const rows = step === undefined ? undefined : machinery.calls[callCode(step.call.call)];
    if (step === undefined || rows === undefined) throw new Error(`not a call: ${line}`);
    const stop = runRows(rows, step.pid, ...encodeArgs(step.call, names));
    if (stop.row !== undefined) throw new Error(`${line} stops at ${stop.row.id}`);
  };
  machinery.reset();
  for (const call of lines) take(call);
  return {
    w: machinery.parts.w,
    take,
    settle() {
      const [action] = pendingOf(deferred);
      if (action === undefined) return 'nothing pending';
      deferred[action.name].run(action.object);
      return 'settled';
    },
  };
}

/** A world that has room for one thing more of everything below. */
export const crowdedBounds = {
  processes: 3,
  descriptors: 7,
  descriptions: 9,
  objects: 4,
  elements: 1,
  superblocks: 1,
  inodes: 3,
  dentries: 3,
  mounts: 1,
  namespaces: 1,
  slots: 2,
  sockets: 5,
  messages: 3,
  attachments: 4,
  plainFiles: 1,
  sharedTables: 1,
} as const;

/**
 * Two processes with one table of descriptors. A program array, object 1, lies in a message with
 * its program, object 2, which is an inode's that is gone (under linux-6.1), two filters' of socket
 * 1, the first of which is being released, and that of socket 3, which is closed and has a peer.
 */
export const crowd = [
  line.mountOn('/a'),
  line.create('PROG_ARRAY', 2),
  line.load,
  line.update(3, 0, 4),
  line.pair(),
  line.attach(5, 4),
  line.attach(5, 4),
  line.send(5, 3, 4),
  line.send(5, 4),
  'close(3)',
  line.pair(),
  line.attach(3, 4),
  'close(3)',
  line.open('/a/..', 'O_DIRECTORY'),
  line.pin('/a/p', 4),
  'unlink("/a/p")',
  line.clone,
].map((call) => `1 ${call}`);
