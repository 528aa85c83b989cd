/**
 * Our search beside Spin's on the same states: the bounded model, and the kernel's model at a scope
 * that its judge knows. Rounds are interleaved, every run is a process of its own on one core, and
 * where counts differ nothing is measured.
 */
import { briefFlags } from '../cli/verify/machine-flags.ts';
import { compileBench } from './compiled.ts';
import { describeMachine, median } from './machine.ts';
import { runOnce, sameCounts, type Cost } from './spin/cost.ts';
import { quickSubjects, subjects, type Subject } from './spin/subjects.ts';

interface Options {
  readonly rounds: number;
  readonly subjects: readonly Subject[];
}

/** @throws if an option is not known. */
function readOptions(options: readonly string[]): Options {
  let rounds = 3;
  let chosen = subjects;
  for (let k = 0; k < options.length; k++) {
    const option = options[k];
    if (option === '--quick') chosen = quickSubjects;
    else if (option === '--rounds') rounds = Number(options[++k]);
    else throw new Error(`bench spin: no option ${option}; there is: --rounds N, --quick`);
  }
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a number from 1 on');
  return { rounds, subjects: chosen };
}

const seconds = (runs: readonly Cost[]): number => median(runs.map((run) => run.cpuSeconds));

function row(engine: string, runs: readonly Cost[]): string {
  const [first] = runs;
  if (first === undefined) return '';
  const whole = median(runs.map(({ processSeconds }) => processSeconds));
  const range = runs.map(({ cpuSeconds }) => cpuSeconds.toFixed(2)).join(' ');
  return [
    engine.padEnd(16),
    first.states.toLocaleString('en').padStart(12),
    first.transitions.toLocaleString('en').padStart(13),
    seconds(runs).toFixed(2).padStart(8),
    whole.toFixed(2).padStart(9),
    String(first.megabytes).padStart(6),
    ` ${range}`,
  ].join('  ');
}

const ratio = (value: number): string => value.toFixed(value < 20 ? 1 : 0);

interface Rounds {
  readonly spin: Cost[];
  readonly raw: Cost[];
  readonly reduced: Cost[];
}

async function measure(subject: Subject, rounds: number, script: string): Promise<Rounds> {
  const runs: Rounds = { spin: [], raw: [], reduced: [] };
  for (let round = 0; round < rounds; round++) {
    runs.spin.push(await subject.runSpin());
    runs.raw.push(runOnce(script, [...subject.ours, 'none', ...subject.profile]));
    runs.reduced.push(
      runOnce(script, [...subject.ours, 'symmetry', ...subject.profile], briefFlags),
    );
  }
  return runs;
}

function report({ title, checked }: Subject, runs: Rounds): void {
  console.log(`\n${title}; ${checked}`);
  console.log('engine                  states    transitions     CPU s    process      MB   runs');
  console.log(row('Spin', runs.spin));
  console.log(row('ours, raw', runs.raw));
  console.log(row('ours, symmetry', runs.reduced));
  if (!sameCounts([...runs.spin, ...runs.raw]) || !sameCounts(runs.reduced)) {
    console.error('counts differ: no ratio can be told');
    process.exitCode = 1;
    return;
  }
  const [spin, raw, reduced] = [seconds(runs.spin), seconds(runs.raw), seconds(runs.reduced)];
  console.log(`same work, Spin / ours, raw:            ${ratio(spin / raw)}`);
  console.log(`time to verdict, Spin / ours, symmetry: ${ratio(spin / reduced)}`);
}

/** Prints a table and two ratios for each subject. Options: --rounds N; --quick, at small scopes. */
export async function benchSpin(words: readonly string[]): Promise<void> {
  const options = readOptions(words);
  const { script, remove } = compileBench('search-once.ts');
  try {
    console.log(`spin: ${describeMachine()}`);
    console.log(
      `CPU seconds (user + system), medians of ${options.rounds} interleaved rounds. Spin: pan alone, without\n` +
        'spin, gcc and their 5 seconds. Ours: from before the engine is generated to the verdict, on all\n' +
        'threads of Node; process: with the start of Node and the loading of modules. With symmetry V8 compiles\n' +
        'as it does for a single search of `pinproof verify`: see cli/verify/machine-flags.ts.\n' +
        'Spin has no symmetry reduction, and its partial-order reduction reduces nothing here: the second\n' +
        'ratio compares two ways to an answer, and only the first one two engines at one work.',
    );
    for (const subject of options.subjects) {
      report(subject, await measure(subject, options.rounds, script));
    }
  } finally {
    remove();
  }
}
