/** What `explain` and `record` can be asked. */
import { Option } from 'commander';
import type { Command } from 'commander';
import { profileNames } from '../../model/index.ts';
import { listOf, oneOf } from '../arguments.ts';
import { newestProfile, switchSetting } from '../selection.ts';
import type { ExplainOptions } from './explain.ts';
import type { RecordOptions } from './record.ts';

export interface LogVerbs {
  readonly explain: (logs: readonly string[], options: ExplainOptions) => Promise<void>;
  readonly record: (command: readonly string[], options: RecordOptions) => Promise<void>;
}

/** @param common adds what every verb with a result can be asked. */
export function addLogVerbs(
  program: Command,
  verbs: LogVerbs,
  common: (command: Command) => Command,
): void {
  asked(common(program.command('explain')))
    .description('tell from a log of strace what held each object, and what let it go')
    .argument('<log...>', 'a log of strace -f, or the files of one of strace -ff -ttt')
    .addHelpText('after', '\nExample: pinproof explain loader.strace --profile auto')
    .action(verbs.explain);
  asked(common(program.command('record')))
    .description('run a command under strace and explain what it did')
    .argument('<command...>', 'the command and its arguments, behind --')
    .option('--keep <log>', 'write the log of strace to this file')
    .passThroughOptions()
    .addHelpText(
      'after',
      '\nExample: pinproof record --keep tc.strace -- tc filter show dev lo ingress',
    )
    .action(verbs.record);
}

const asked = (command: Command): Command =>
  command
    .addOption(
      new Option(
        '--profile <name>',
        `hold it against ${profileNames.join(' or ')}, or auto: against all`,
      )
        .argParser(oneOf('profile', [...profileNames, 'auto']))
        .default(newestProfile),
    )
    .addOption(
      new Option(
        '--switch <name=value>',
        'change one switch of the profile; may be given again',
      ).argParser(listOf(switchSetting)),
    )
    .addOption(
      new Option('--mermaid', 'print a sequence diagram in Mermaid instead').conflicts('json'),
    );
