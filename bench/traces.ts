/**
 * Traces that are checked from their text, and lines of a log that are explained, per second of one core. Each
 * rate is the slope between two sizes: the start and the warming up of the compiler are left out.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileBench } from './compiled.ts';
import { describeMachine, median } from './machine.ts';

/** The smaller ones are as long as V8 compiles. */
const sizes = { traces: [6_000, 18_000], repeats: [110, 330] } as const;
const rounds = 3;

interface Measured {
  readonly cpuSeconds: number;
  readonly megabytes: number;
}

/** A number of a parsed document. @throws if it is none. */
function numberOf(document: unknown, key: string): number {
  const value: unknown =
    typeof document === 'object' && document !== null ? Reflect.get(document, key) : undefined;
  if (typeof value !== 'number') throw new Error(`the measurement printed no number for ${key}`);
  return value;
}

function once(script: string, ...args: readonly string[]): Measured {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`a measurement failed: ${stderr}`);
  const document: unknown = JSON.parse(stdout);
  return {
    cpuSeconds: numberOf(document, 'cpuSeconds'),
    megabytes: numberOf(document, 'megabytes'),
  };
}

/** Seconds that the larger size takes beyond the smaller one, and the memory of both. */
function slope(few: () => Measured, many: () => Measured): { seconds: number; memory: string } {
  const runs = Array.from({ length: rounds }, () => ({ few: few(), many: many() }));
  const seconds = median(runs.map((run) => run.many.cpuSeconds - run.few.cpuSeconds));
  const of = (which: 'few' | 'many'): number => median(runs.map((run) => run[which].megabytes));
  return { seconds, memory: `${of('few')} MB, then ${of('many')} MB` };
}

const perSecond = (count: number, seconds: number): string =>
  Math.round(count / seconds).toLocaleString('en');

/** Prints two rates. No options. */
export function benchTraces(): Promise<void> {
  const { script, remove } = compileBench('traces-once.ts');
  const folder = mkdtempSync(join(tmpdir(), 'pinproof-bench-'));
  try {
    console.log(`traces: ${describeMachine()}`);
    console.log(
      `CPU seconds (user + system), medians of ${rounds} rounds, slopes between two sizes`,
    );
    const [few, many] = sizes.traces;
    const traces = slope(
      () => once(script, 'traces', String(few)),
      () => once(script, 'traces', String(many)),
    );
    console.log(
      `random traces of 20 calls, from text to verdict: ${perSecond(many - few, traces.seconds)} per second`,
    );
    const log = readFileSync(
      fileURLToPath(new URL('../test/logs/tc-ingress.strace', import.meta.url)),
      'utf8',
    );
    const lines = log.trimEnd().split('\n').length;
    const files = sizes.repeats.map((times) => {
      const file = join(folder, `${times}.strace`);
      writeFileSync(file, log.repeat(times));
      return { file, lines: lines * times };
    });
    const [short, long] = files;
    if (short === undefined || long === undefined) throw new Error('two sizes are needed');
    const explained = slope(
      () => once(script, 'log', short.file),
      () => once(script, 'log', long.file),
    );
    const rate = perSecond(long.lines - short.lines, explained.seconds);
    console.log(
      `lines of a log of strace (tc, over and over), explained: ${rate} per second; ${explained.memory}`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
    remove();
  }
  return Promise.resolve();
}
