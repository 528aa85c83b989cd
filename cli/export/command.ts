/** The verb `export` on the command line. */
import { Option } from 'commander';
import type { Command } from 'commander';
import { profileNames } from '../../model/index.ts';
import { oneOf } from '../arguments.ts';
import { common, switchOption } from '../options.ts';
import { exportFormats } from './export.ts';
import type { ExportOptions } from './export.ts';

export function addExport(
  program: Command,
  act: (trace: string, options: ExportOptions) => Promise<void>,
): void {
  common(program.command('export'))
    .description('write a trace in another form: for machines, or as a program that plays it')
    .argument('<trace>', 'a file in the trace format')
    .addOption(
      new Option(
        '--format <name>',
        'jsonl (JSON lines), itf (states of the model as ITF JSON), c (a program in C that plays it ' +
          'on the running kernel and compares the answers), sh (a script that compiles and runs that)',
      )
        .argParser(oneOf('format', exportFormats))
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--profile <name>', `what the model answers: ${profileNames.join(' or ')}`)
        .argParser(oneOf('profile', profileNames))
        .default('auto', 'the newest that the trace names'),
    )
    .addOption(switchOption())
    .addOption(new Option('--out <file>', 'write it to this file'))
    .addHelpText('after', '\nExample: pinproof export some.trace --format c --out some.c')
    .action(act);
}
