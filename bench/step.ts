/**
 * Transitions per second of the rows' loop and of the generated drivers, beside Spin on the Promela
 * text of the same calls (bench/spin/). Rounds are interleaved; every run is a process of its own;
 * counts must be equal, or nothing is measured.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describeMachine, median } from './machine.ts';
import { runSpin } from './spin/run-spin.ts';
import type { SpinProfile } from './spin/scope.types.ts';
import { isSpinProfile, scopeName, spinScope, spinTableBits } from './step-scope.ts';

interface Measured {
  readonly states: number;
  readonly transitions: number;
  readonly cpuSeconds: number;
  readonly megabytes: number;
}

const rounds = 3;
const engines = ['loop', 'drivers', 'spin'] as const;
type Engine = (typeof engines)[number];

/** A number of a parsed document. @throws if it is none. */
function numberOf(document: unknown, key: string): number {
  const value: unknown =
    typeof document === 'object' && document !== null ? Reflect.get(document, key) : undefined;
  if (typeof value !== 'number') throw new Error(`the engine printed no number for ${key}`);
  return value;
}

function runOurs(engine: 'loop' | 'drivers', profile: SpinProfile): Measured {
  const script = fileURLToPath(new URL('step-engine.ts', import.meta.url));
  const run = spawnSync(process.execPath, ['--import', 'tsx', script, engine, profile], {
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`the ${engine} engine failed: ${run.stderr}`);
  const document: unknown = JSON.parse(run.stdout);
  const of = (key: string): number => numberOf(document, key);
  return {
    states: of('states'),
    transitions: of('transitions'),
    cpuSeconds: of('cpuSeconds'),
    megabytes: of('megabytes'),
  };
}

async function measure(engine: Engine, profile: SpinProfile): Promise<Measured> {
  if (engine !== 'spin') return runOurs(engine, profile);
  const { states, transitions, cpuSeconds, memoryMegabytes } = await runSpin(spinScope(profile), {
    tableBits: spinTableBits,
  });
  return { states, transitions, cpuSeconds, megabytes: Math.round(memoryMegabytes) };
}

function row(engine: Engine, runs: readonly Measured[], spin: number): string {
  const [first] = runs;
  if (first === undefined) return '';
  const seconds = median(runs.map(({ cpuSeconds }) => cpuSeconds));
  const rate = first.transitions / seconds / 1e6;
  const cells = [
    engine.padEnd(8),
    first.states.toLocaleString('en').padStart(10),
    first.transitions.toLocaleString('en').padStart(12),
    seconds.toFixed(2).padStart(7),
    rate.toFixed(2).padStart(9),
    (spin / seconds).toFixed(2).padStart(7),
    String(first.megabytes).padStart(6),
  ];
  return cells.join('  ');
}

/** Prints the table. Options: a profile's name; linux-4.4 if none is given. */
export async function benchStep([profile = 'linux-4.4']: readonly string[]): Promise<void> {
  if (!isSpinProfile(profile)) {
    throw new Error(`the judge knows no profile ${profile}, only linux-4.4 and linux-6.18`);
  }
  console.log(`step: scope ${scopeName}, ${profile}, every call but those on contents`);
  console.log(`${describeMachine()}; CPU seconds (user + system), medians of ${rounds} rounds`);
  const runs: Record<Engine, Measured[]> = { loop: [], drivers: [], spin: [] };
  for (let round = 0; round < rounds; round++) {
    for (const engine of engines) runs[engine].push(await measure(engine, profile));
  }
  const counts = Object.values(runs).flatMap((of) =>
    of.map((run) => `${run.states}/${run.transitions}`),
  );
  if (new Set(counts).size > 1) {
    console.error(`counts differ: ${counts.join(' ')}`);
    process.exitCode = 1;
    return;
  }
  const spin = median(runs.spin.map(({ cpuSeconds }) => cpuSeconds));
  console.log('engine        states   transitions   CPU s  M trans/s  x Spin     MB');
  for (const engine of engines) console.log(row(engine, runs[engine], spin));
}
