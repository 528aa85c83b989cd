/** The verb `plan`: the runs of a check, for an agent that plays them alone on another machine. */
import { chmodSync, readFileSync } from 'node:fs';
import { planText, portableAgent } from '../../adapters/index.ts';
import type { ProfileName } from '../../model/index.ts';
import { counted, planDocument, planReportText } from '../../report/index.ts';
import type { Shard } from '../arguments.ts';
import { BadInput, CannotStart, refusalOf } from '../bad-input.ts';
import { drawn } from '../check/check.ts';
import { readCorpus } from '../check/corpus.ts';
import { writeInto } from '../check/deviation-files.ts';
import type { CommandResult, CommonOptions, Surroundings } from '../command.types.ts';
import { chooseProfile } from '../selection.ts';
import type { SwitchSetting } from '../selection.ts';
import { plannedParts, runsToPlay } from './planned-parts.ts';
import { questionLine } from './question.ts';
import type { PlanQuestion } from './question.ts';

export interface PlanVerbOptions extends CommonOptions {
  readonly out: string;
  /** Where a copy of the agent goes. */
  readonly agent?: string;
  readonly profile: ProfileName;
  readonly switch?: readonly SwitchSetting[];
  readonly runs: number;
  readonly length: number;
  readonly seed: number | 'random';
  readonly phase?: 'short' | 'random';
  readonly corpus?: string;
  readonly shard?: Shard;
}

export async function plan(
  options: PlanVerbOptions,
  suite: string,
  surroundings: Surroundings,
): Promise<CommandResult> {
  const { out, agent } = options;
  requireRoom(options);
  const question = questionOf(options, suite, surroundings);
  const runs = (await plannedParts(question)).flatMap(runsToPlay);
  const { title, text } = planText(questionLine(question), runs);
  writeFile(out, text, 'plan', '--out');
  if (agent !== undefined) await copyAgent(agent);
  const profile = chooseProfile(question.profile, question.settings).label;
  const calls = runs.reduce((sum, { steps }) => sum + steps.length, 0);
  const report = {
    ...{ file: out, agent: agent ?? null, title, profile },
    ...{ runs: runs.length, calls, bytes: Buffer.byteLength(text) },
  };
  return {
    ending: 'fine',
    text: planReportText(report, surroundings.paint),
    document: planDocument(report),
    measurements: {},
  };
}

/** In one plan, whose runs are in memory all at once, here and where its answers are judged. */
const mostCalls = 2_000_000;

function requireRoom({ runs, length, phase, corpus, shard }: PlanVerbOptions): void {
  if (phase === 'short' || corpus !== undefined) return;
  const parts = Math.ceil((runs * length) / mostCalls);
  if (parts <= (shard?.of ?? 1)) return;
  throw new BadInput(
    `${counted(runs, 'run')} of ${counted(length, 'call')} are more than one plan can hold: ask for at most ${counted(Math.floor(mostCalls / length), 'run')} with --runs, or for one of ${parts} parts or more with --shard 1/${parts}.`,
  );
}

function questionOf(
  { profile, runs, length, phase, shard, corpus, switch: settings = [], seed }: PlanVerbOptions,
  suite: string,
  surroundings: Surroundings,
): PlanQuestion {
  return {
    ...{ suite, profile, settings, runs, length },
    seed: drawn(seed, surroundings),
    phase: phase ?? null,
    shard: shard ?? null,
    corpus:
      corpus === undefined
        ? null
        : readCorpus(corpus).map(({ file }) => ({ file, text: readFileSync(file, 'utf8') })),
  };
}

async function copyAgent(file: string): Promise<void> {
  const agent = await portableAgent();
  if ('missing' in agent) throw new CannotStart(agent.missing);
  writeFile(file, agent.bytes, 'agent', '--agent');
  chmodSync(file, 0o755);
}

function writeFile(file: string, content: string | Buffer, what: string, option: string): void {
  try {
    writeInto(file, content);
  } catch (error) {
    throw new BadInput(
      `the ${what} cannot be written to ${file} (${refusalOf(error)}); choose another file with ${option}.`,
    );
  }
}
