/**
 * `check linux` beside the agent alone, on the same runs: what a check asks of the agent is recorded, and the
 * agent plays it again without a driver. Both on one processor, in turns. Then two workers beside one.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readyAgent } from '../adapters/linux/agent-binary.ts';
import { compileBench } from './compiled.ts';
import {
  callLines,
  readTimes,
  splitLines,
  timesBeyond,
  wholeSeconds,
  type Times,
} from './linux-times.ts';
import { describeMachine, median } from './machine.ts';

interface Options {
  readonly runs: number;
  readonly rounds: number;
  readonly seed: number;
}

/** @throws if an option is not known. */
function readOptions(words: readonly string[]): Options {
  const options = { runs: 2000, rounds: 3, seed: 1 };
  for (let at = 0; at < words.length; at += 2) {
    const name = words[at]?.slice(2);
    const value = Number(words[at + 1]);
    if (name !== 'runs' && name !== 'rounds' && name !== 'seed') {
      throw new Error(`bench linux: no option ${words[at]}; there is: --runs, --rounds, --seed N`);
    }
    if (!Number.isInteger(value) || value < 1)
      throw new Error(`--${name} takes a number from 1 on`);
    options[name] = value;
  }
  return options;
}

function output(command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr}`);
  return stdout;
}

const onOne = (...command: readonly string[]): string => output('taskset', '-c', '0', ...command);

interface Checked {
  readonly verdict: string;
  readonly compared: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
}

interface Round {
  readonly checked: Checked;
  readonly times: Times;
}

/** So many runs it takes until V8 has compiled all that a check is made of. */
const leastWarming = 2000;

/** A campaign of so many runs warms up what is measured. */
const warmingRuns = ({ runs }: Options): number => Math.max(leastWarming, Math.ceil(runs / 4));

/** So many runs behind those that warm up: two plays, whose difference has no start in it. */
function playRound(script: string, agent: string, folder: string, options: Options): Round {
  const warming = warmingRuns(options);
  const small = playRuns(script, agent, folder, { ...options, runs: warming });
  const large = playRuns(script, agent, folder, { ...options, runs: warming + options.runs });
  const { checked } = large;
  return {
    checked: {
      verdict: checked.verdict,
      compared: checked.compared - small.checked.compared,
      seconds: checked.seconds - small.checked.seconds,
      cpuSeconds: checked.cpuSeconds - small.checked.cpuSeconds,
    },
    times: timesBeyond(large.times, small.times),
  };
}

function playRuns(script: string, agent: string, folder: string, options: Options): Round {
  const [plan, times] = [join(folder, 'plan'), join(folder, 'times')];
  const { runs, seed } = options;
  const printed = onOne(process.execPath, script, String(runs), String(seed), plan);
  const checked = JSON.parse(printed) as Checked;
  onOne(agent, '--play', plan, '--answers', join(folder, 'answers'), '--times', times);
  return { checked, times: readTimes(readFileSync(times, 'utf8')) };
}

/** How long the command takes for so many runs behind those that warm up. */
function checkBeyond(workers: number, folder: string, options: Options): number {
  const warming = warmingRuns(options);
  const large = checkWith(workers, folder, { ...options, runs: warming + options.runs });
  return large - checkWith(workers, folder, { ...options, runs: warming });
}

/** How long the command takes to check, in seconds, without its start. */
function checkWith(workers: number, folder: string, { runs, seed }: Options): number {
  const file = join(folder, 'measurements');
  const program = fileURLToPath(new URL('../bin/pinproof.js', import.meta.url));
  output(
    ...([process.execPath, program, 'check', 'linux', '--profile', 'linux-6.18'] as const),
    ...['--phase', 'random', '--runs', String(runs), '--seed', String(seed), '--quiet'],
    ...['--workers', String(workers), '--measurements', file],
  );
  const measured: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const found = /"milliseconds":(\d+)/.exec(
    JSON.stringify((measured as { checks: unknown }).checks),
  );
  return Number(found?.[1]) / 1000;
}

function reportRounds(rounds: readonly Round[], { runs }: Options): void {
  console.log('\n             agent alone      check   ratio   driver: CPU s   compared');
  for (const { checked, times } of rounds) {
    const alone = wholeSeconds(times);
    console.log(
      `${alone.toFixed(2).padStart(22)} s ${checked.seconds.toFixed(2).padStart(8)} s ${(alone / checked.seconds).toFixed(2).padStart(7)} ${checked.cpuSeconds.toFixed(2).padStart(15)} ${String(checked.compared).padStart(10)}  ${checked.verdict}`,
    );
  }
  const middle = median(rounds.map(({ checked, times }) => wholeSeconds(times) / checked.seconds));
  const rate = runs / median(rounds.map(({ checked }) => checked.seconds));
  console.log(`check reaches ${middle.toFixed(2)} of the agent alone: ${rate.toFixed(0)} runs/s`);
}

/** Options: --runs N, --rounds N, --seed N. */
export async function benchLinux(words: readonly string[]): Promise<void> {
  const options = readOptions(words);
  const agent = await readyAgent({});
  if ('missing' in agent) throw new Error(agent.missing);
  const folder = mkdtempSync(join(tmpdir(), 'pinproof-bench-linux-'));
  const { script, remove } = compileBench('linux-check.ts');
  try {
    const sources = fileURLToPath(new URL('../adapters/linux/agent', import.meta.url));
    cpSync(sources, join(dirname(script), '..', 'adapters', 'linux', 'agent'), { recursive: true });
    const { runs, rounds, seed } = options;
    console.log(`linux: ${describeMachine()}`);
    console.log(
      `${runs} random runs of 20 calls, seed ${seed}, with those that the check repeats; ${rounds} rounds in turns,\n` +
        `both sides on processor 0. Each figure is what ${warmingRuns(options) + runs} runs take less what the first ${warmingRuns(options)} of them\n` +
        'take alone: no start, no compiler and no first use is in it, nor what the agent waits for at its end.',
    );
    const played = Array.from({ length: rounds }, () =>
      playRound(script, agent.binary, folder, options),
    );
    reportRounds(played, options);
    const last = played.at(-1);
    if (last !== undefined) {
      console.log(`\nwhere the agent's time goes, per run\n${splitLines(last.times).join('\n')}`);
      console.log(`\ncalls, by share of time\n${callLines(last.times).join('\n')}`);
    }
    const ratios = Array.from({ length: rounds }, () => {
      const [one, two] = [checkBeyond(1, folder, options), checkBeyond(2, folder, options)];
      console.log(`\nthe same difference: one worker ${one.toFixed(2)} s, two ${two.toFixed(2)} s`);
      return one / two;
    });
    console.log(`two workers do ${median(ratios).toFixed(2)} times the work of one`);
  } finally {
    remove();
    rmSync(folder, { recursive: true, force: true });
  }
}
