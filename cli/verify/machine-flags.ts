/** How V8 compiles where many scopes are searched. */
import { spawnSync } from 'node:child_process';

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
