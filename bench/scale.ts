/**
 * How a search with symmetry grows as each bound grows by one, and which scope would fill 20 GiB or take
 * an hour if growth went on like that: an extrapolation, and marked so.
 */
import { spawnSync } from 'node:child_process';
import { compileBench } from './compiled.ts';
import { describeMachine } from './machine.ts';
import { judgedScope } from './spin/judged-scopes.ts';
import type { SpinBounds } from './spin/scope.types.ts';

interface Grown {
  readonly verdict: string;
  readonly states: number;
  readonly transitions: number;
  readonly cpuSeconds: number;
  readonly bytes: number;
  readonly bits: number;
}

type Numbers = Record<string, number>;

/** Where growth starts from, and what grows by one: a bound, and what it needs beside it. */
const scopeName = 'descriptors';
const baseBounds = Object.fromEntries(
  Object.entries(judgedScope(scopeName).scope).flatMap(([name, bound]) =>
    typeof bound === 'number' ? [[name, bound] as const] : [],
  ),
);
const growths: Readonly<Record<string, Partial<SpinBounds>>> = {
  processes: { processes: 1 },
  descriptors: { descriptors: 1 },
  descriptions: { descriptions: 1 },
  objects: { objects: 1 },
  superblocks: { superblocks: 1 },
  'inodes and names': { inodes: 1, dentries: 1 },
  mounts: { mounts: 1 },
  namespaces: { namespaces: 1 },
};

const mostStates = 4_000_000;
const room = { bytes: 20 * 2 ** 30, seconds: 3600 };

function isGrown(value: unknown): value is Grown {
  return typeof value === 'object' && value !== null && 'states' in value && 'bytes' in value;
}

function run(script: string, bounds: Numbers): Grown {
  const args = [script, scopeName, JSON.stringify(bounds), String(mostStates)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the engine failed: ${stderr}`);
  const grown: unknown = JSON.parse(stdout);
  if (!isGrown(grown)) throw new Error(`the engine printed ${stdout}`);
  return grown;
}

const grow = (bounds: Numbers, by: Partial<Numbers>): Numbers =>
  Object.fromEntries(Object.entries(bounds).map(([name, size]) => [name, size + (by[name] ?? 0)]));

function line(name: string, grown: Grown, base: Grown): string {
  const complete = grown.verdict === 'pass' ? '' : '  (not to the end)';
  return [
    name.padEnd(18),
    grown.states.toLocaleString('en').padStart(10),
    (grown.states / base.states).toFixed(1).padStart(7),
    grown.transitions.toLocaleString('en').padStart(12),
    grown.cpuSeconds.toFixed(2).padStart(8),
    (grown.bytes / 2 ** 20).toFixed(1).padStart(8),
    (grown.bytes / grown.states).toFixed(0).padStart(7),
    String(grown.bits).padStart(5) + complete,
  ].join('  ');
}

/** Lets the bounds grow in turn, by the factors that were measured, until room or time is used up. */
function extrapolate(base: Grown, grown: ReadonlyMap<string, Grown>): string {
  // Small searches are slow and wide: they have hardly begun.
  const largest = [...grown.values()].reduce((a, b) => (b.states > a.states ? b : a), base);
  const perState = largest.bytes / largest.states;
  const rate = largest.states / largest.cpuSeconds;
  let bounds: Numbers = { ...baseBounds };
  let states = base.states;
  let last = '';
  for (let turn = 0; ; turn++) {
    const [name = '', one] = [...grown][turn % grown.size] ?? [];
    const next = states * ((one?.states ?? base.states) / base.states);
    const seconds = next / rate;
    if (next * perState > room.bytes || seconds > room.seconds) break;
    bounds = grow(bounds, growths[name] ?? {});
    states = next;
    last = `${Math.round(states).toLocaleString('en')} states, ${((states * perState) / 2 ** 30).toFixed(1)} GiB, ${(seconds / 60).toFixed(0)} minutes`;
  }
  const scope = Object.entries(bounds).map(([name, size]) => `${name} ${size}`);
  return `${scope.join(', ')}\n  ${last}`;
}

export function benchScale(): Promise<void> {
  const { script, remove } = compileBench('grown-scope.ts');
  try {
    console.log(`scale: ${describeMachine()}`);
    console.log(
      'linux-6.18, with symmetry; CPU seconds (user + system), one run each; bytes: of the states and what finds them',
    );
    console.log(
      'one more of             states        x   transitions     CPU s        MB  B/state   bits',
    );
    const base = run(script, baseBounds);
    console.log(line('(none)', base, base));
    const grown = new Map<string, Grown>();
    for (const [name, by] of Object.entries(growths)) {
      const one = run(script, grow(baseBounds, by));
      grown.set(name, one);
      console.log(line(name, one, base));
    }
    console.log(
      'EXTRAPOLATED, if every bound went on growing like that, in turn, at the rate of the largest:',
    );
    console.log(`what 20 GiB and an hour would hold: ${extrapolate(base, grown)}`);
  } finally {
    remove();
  }
  return Promise.resolve();
}
