/** Options and arguments that several verbs have. */
import { Option } from 'commander';
import type { Command } from 'commander';
import { profileNames } from '../model/index.ts';
import { scopes } from '../properties/index.ts';
import { listOf, oneOf, seconds, seed, shard, wholeNumber, workers } from './arguments.ts';
import { usualFolder } from './check/deviation-files.ts';
import { switchSetting } from './selection.ts';

const scopeNames = scopes.map(({ name }) => name);

/** How targets are spelled. */
export const targetForms =
  'reference, reference@PROFILE (built as that, whatever it is compared with), linux, exec:COMMAND or mutant:NAME';

/** What every verb with a result can be asked. */
export function common(command: Command): Command {
  return command
    .helpOption('--help', 'print this help')
    .option('--json', 'print a JSON document and nothing else')
    .option('--quiet', 'print no progress, and the last line of the result only')
    .option('--strict', 'end with 4 if anything was skipped')
    .option('--measurements <file>', 'write what was measured to a file')
    .option('--debug', 'print where an internal error happened');
}

export const scopeOption = (): Option =>
  new Option(
    '--scope <name>',
    `this scope: ${scopeNames.join(', ')}; may be given again`,
  ).argParser(listOf(oneOf('scope', scopeNames)));

export const profileOption = (): Option =>
  new Option('--profile <name>', `hold it against ${profileNames.join(' or ')}`);

export const switchOption = (): Option =>
  new Option(
    '--switch <name=value>',
    'change one switch of the profile; may be given again',
  ).argParser(listOf(switchSetting));

export const seedOption = (): Option =>
  new Option('--seed <n>', 'what random runs are drawn from; "random" draws one and prints it')
    .argParser(seed)
    .default(1);

export const timeOption = (): Option =>
  new Option('--time <seconds>', 'give up after so long').argParser(seconds);

export const runsOption = (runs: number): Option =>
  new Option('--runs <n>', 'random runs').argParser(wholeNumber(0, 100_000_000)).default(runs);

export const lengthOption = (): Option =>
  new Option('--length <n>', 'calls that a random run chooses')
    .argParser(wholeNumber(1, 200))
    .default(20);

export const phaseOption = (): Option =>
  new Option('--phase <name>', 'only short (every run of few calls) or only random runs').argParser(
    oneOf('phase', ['short', 'random']),
  );

export const corpusOption = (): Option =>
  new Option(
    '--corpus <dir>',
    'play the traces in this folder instead of short and random runs',
  ).conflicts(['phase', 'runs', 'length', 'seed']);

export const shardOption = (): Option =>
  new Option('--shard <i/n>', 'play the i-th of n parts of the runs').argParser(shard);

export const workersOption = (): Option =>
  new Option(
    '--workers <n>',
    'processes that play the runs; "all": as many as there are processors',
  )
    .argParser(workers)
    .default(1)
    .conflicts('corpus');

export const outOption = (): Option =>
  // No default of the parser's: a folder that was asked for is held to more than the usual one.
  new Option('--out <dir>', `folder for the traces of deviations (default: "${usualFolder}")`);
