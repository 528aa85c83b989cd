/** How V8 compiles where many scopes are searched, and where a process makes one search that ends soon. */
import { spawnSync } from 'node:child_process';
import { setFlagsFromString } from 'node:v8';

/**
 * Functions take in less of what they call, wait longer before they are compiled, and the processors are
 * left to the searches (docs/decisions/0022).
 */
const wanted = [
  '--max-inlined-bytecode-size-cumulative=200',
  '--interrupt-budget=264000',
  '--single-threaded-gc',
] as const;

/** Those of some flags that stand in a list of options: one that V8 does not know would end the process. */
export function known(flags: readonly string[], options: string): readonly string[] {
  const names = new Set(options.split('\n').map((line) => line.trim().split(' ', 1)[0]));
  return flags.filter((flag) => names.has(flag.split('=', 1)[0]));
}

/** The flags that this version of V8 knows. */
export function machineFlags(): readonly string[] {
  const { stdout } = spawnSync(process.execPath, ['--v8-options'], { encoding: 'utf8' });
  return known(wanted, stdout);
}

/**
 * A short search is over before what other threads compile for it pays: it waits for it instead of running
 * what is not compiled yet, and slowly. What lives short has room from the start.
 */
export const briefFlags = ['--single-threaded', '--min-semi-space-size=16'] as const;

/** What a process that searches is started with; `held`: how many worlds it holds for later searches. */
export function flagsFor(symmetry: 'on' | 'off', held: number): readonly string[] {
  if (held > 0) return machineFlags();
  return symmetry === 'on' ? briefFlags : [];
}

/**
 * Functions take in less of what they call, and loops are compiled as they stand: a quarter of the compiling,
 * which is a third of a short search. They are compiled as soon as they are known to be busy, large ones, too.
 */
const brief = [
  '--max-inlined-bytecode-size-cumulative=300',
  '--no-turbo-loop-peeling',
  '--ticks-before-optimization=1',
  '--bytecode-size-allowance-per-tick=3000',
] as const;

/**
 * From now on V8 compiles for a search that ends soon. One without symmetry, which goes on for long, would be
 * slower by a sixth. What a V8 does not know of these it passes over.
 */
export function compileBriefly(): void {
  for (const flag of brief) setFlagsFromString(flag);
}
