/** What tests of isolation have in common. */
import type { Call } from '../model/index.ts';
import { isolation } from './isolation.ts';
import { directory, done, observe, pinned } from './observation.test-data.ts';
import type { ProcessScene, Shown } from './observation.test-data.ts';

/** Judges a call of process 1 by the scenes of all processes before and after it. */
export function judge(
  call: Call,
  from: Readonly<Record<number, ProcessScene>>,
  to: Readonly<Record<number, ProcessScene>>,
  value = 0,
): boolean {
  return isolation.holds(
    observe({ processes: from }),
    done(1, call, value),
    observe({ processes: to }),
  );
}

export type Sees = Readonly<Record<string, Shown>>;

export const seesA: Sees = { '/a': directory(1), '/a/x': pinned(1, 1) };
export const seesB: Sees = { ...seesA, '/b': directory(2) };

export const mounting = [
  { call: 'mount', target: '/b' },
  { call: 'bind', source: '/a', target: '/b' },
  { call: 'umount2', target: '/b', flag: 'MNT_DETACH' },
] as const satisfies readonly Call[];
