/** What a search counted and took. */
import { spawnSync } from 'node:child_process';

export interface Cost {
  readonly states: number;
  readonly transitions: number;
  readonly cpuSeconds: number;
  /** Of the whole process. */
  readonly processSeconds: number;
  readonly megabytes: number;
}

/** A number of a parsed document. @throws if it is none. */
function numberOf(document: unknown, key: string): number {
  const value: unknown =
    typeof document === 'object' && document !== null ? Reflect.get(document, key) : undefined;
  if (typeof value !== 'number') throw new Error(`the engine printed no number for ${key}`);
  return value;
}

/**
 * Runs a compiled script in a process of its own, with flags of Node. @throws if it fails or does not pass.
 */
export function runOnce(
  script: string,
  args: readonly string[],
  flags: readonly string[] = [],
): Cost {
  const run = spawnSync(process.execPath, [...flags, script, ...args], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`our engine failed: ${run.stderr}`);
  const document: unknown = JSON.parse(run.stdout);
  if (!/"verdict":"pass"/.test(run.stdout)) throw new Error(`no pass: ${run.stdout}`);
  return {
    states: numberOf(document, 'states'),
    transitions: numberOf(document, 'transitions'),
    cpuSeconds: numberOf(document, 'cpuSeconds'),
    processSeconds: numberOf(document, 'processSeconds'),
    megabytes: numberOf(document, 'megabytes'),
  };
}

/** Whether all runs counted the same. */
export function sameCounts(runs: readonly Cost[]): boolean {
  return new Set(runs.map(({ states, transitions }) => `${states}/${transitions}`)).size <= 1;
}
