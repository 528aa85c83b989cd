/** How `plan` and `judge` are asked for. */
import { Option } from 'commander';
import type { Command } from 'commander';
import { profileNames } from '../../model/index.ts';
import { oneOf } from '../arguments.ts';
import type { JudgeOptions } from '../judge/judge.ts';
import {
  common,
  corpusOption,
  lengthOption,
  outOption,
  phaseOption,
  profileOption,
  runsOption,
  seedOption,
  shardOption,
  switchOption,
} from '../options.ts';
import { newestProfile } from '../selection.ts';
import type { PlanVerbOptions } from './plan.ts';

export function addPlan(
  program: Command,
  action: (options: PlanVerbOptions) => Promise<void>,
): void {
  common(program.command('plan'))
    .description('write the runs of a check, for the agent to play on a machine without Node')
    .requiredOption('--out <file>', 'the plan')
    .option('--agent <file>', 'write a copy of the agent too, which is one static binary')
    .addOption(
      new Option('--profile <name>', `draw the runs for ${profileNames.join(' or ')}`)
        .argParser(oneOf('profile', profileNames))
        .default(newestProfile),
    )
    .addOption(switchOption())
    .addOption(runsOption(2000))
    .addOption(lengthOption())
    .addOption(phaseOption())
    .addOption(corpusOption())
    .addOption(seedOption())
    .addOption(shardOption())
    .addHelpText('after', '\nExample: pinproof plan --out runs.plan --agent agent')
    .action(action);
}

export function addJudge(
  program: Command,
  action: (answers: string, options: JudgeOptions) => Promise<void>,
): void {
  common(program.command('judge'))
    .description('compare with the model what the agent was answered that played a plan')
    .argument('<answers>', 'what `agent --play PLAN` wrote')
    .addOption(
      profileOption()
        .argParser(oneOf('profile', [...profileNames, 'auto']))
        .default('auto', 'auto'),
    )
    .addOption(switchOption())
    .addOption(outOption())
    .addHelpText('after', '\nExample: pinproof judge ANSWERS --profile linux-4.4')
    .action(action);
}
