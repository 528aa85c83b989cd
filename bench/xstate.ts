/** One small graph by xstate's own graph search, by the rows' loop and by the engine. */
import { spawnSync } from 'node:child_process';
import { compileBench } from './compiled.ts';
import { describeMachine, median } from './machine.ts';

const rounds = 3;
const engines = ['xstate', 'loop', 'engine'] as const;

interface Measured {
  readonly states: number;
  readonly transitions: number;
  readonly cpuSeconds: number;
}

function isMeasured(value: unknown): value is Measured {
  return typeof value === 'object' && value !== null && 'states' in value && 'cpuSeconds' in value;
}

function run(script: string, engine: string): Measured {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, engine], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${engine} failed: ${stderr}`);
  const measured: unknown = JSON.parse(stdout);
  if (!isMeasured(measured)) throw new Error(`${engine} printed ${stdout}`);
  return measured;
}

/** Prints a table with a ratio for each engine. Where states differ nothing is measured. */
export function benchXstate(): Promise<void> {
  const { script, remove } = compileBench('small-graph.ts');
  try {
    const runs = engines.map((engine) => ({ engine, runs: [] as Measured[] }));
    for (let round = 0; round < rounds; round++) {
      for (const one of runs) one.runs.push(run(script, one.engine));
    }
    const counts = new Set(runs.flatMap((one) => one.runs.map(({ states }) => states)));
    console.log(`xstate: ${describeMachine()}`);
    console.log(
      `CPU seconds (user + system), medians of ${rounds} interleaved rounds, a process each`,
    );
    if (counts.size !== 1) throw new Error(`the engines found ${[...counts].join(' and ')} states`);
    console.log('engine       states  transitions    CPU s   x xstate');
    const seconds = (of: readonly Measured[]): number => median(of.map((one) => one.cpuSeconds));
    const [peer] = runs.map((one) => seconds(one.runs));
    for (const one of runs) {
      const [first] = one.runs;
      const cells = [
        one.engine.padEnd(8),
        String(first?.states ?? 0).padStart(9),
        String(first?.transitions ?? 0).padStart(11),
        seconds(one.runs).toFixed(3).padStart(7),
        ((peer ?? 0) / seconds(one.runs)).toFixed(1).padStart(9),
      ];
      console.log(cells.join('  '));
    }
  } finally {
    remove();
  }
  return Promise.resolve();
}
