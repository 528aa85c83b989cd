/** The command line: verbs, options and their help. */
import { Argument, Command, Option } from 'commander';
import { profileNames } from '../model/index.ts';
import { properties } from '../properties/index.ts';
import { listOf, oneOf, wholeNumber } from './arguments.ts';
import { readTarget } from './check/targets.ts';
import type { Target } from './check/targets.ts';
import type { CheckOptions } from './check/check.ts';
import { addJudge, addPlan } from './plan/command.ts';
import type { JudgeOptions } from './judge/judge.ts';
import { addExport } from './export/command.ts';
import type { ExportOptions } from './export/export.ts';
import { addLogVerbs } from './explain/command.ts';
import type { LogVerbs } from './explain/command.ts';
import { listTopics } from './list.ts';
import type { ListOptions, ListTopic } from './list.ts';
import {
  common,
  corpusOption,
  lengthOption,
  outOption,
  phaseOption,
  profileOption,
  runsOption,
  scopeOption,
  seedOption,
  shardOption,
  switchOption,
  targetForms,
  timeOption,
  workersOption,
} from './options.ts';
import type { PlanVerbOptions } from './plan/plan.ts';
import type { ReplayOptions } from './replay/replay.ts';
import type { StartOptions } from './start.ts';
import { surveyFormats } from './survey/survey.ts';
import type { SurveyOptions } from './survey/survey.ts';
import type { VerifyOptions } from './verify/verify.ts';

/** What each verb does. */
export interface Verbs extends LogVerbs {
  readonly start: (options: StartOptions) => Promise<void>;
  readonly verify: (options: VerifyOptions) => Promise<void>;
  readonly check: (target: Target, options: CheckOptions) => Promise<void>;
  readonly plan: (options: PlanVerbOptions) => Promise<void>;
  readonly judge: (answers: string, options: JudgeOptions) => Promise<void>;
  readonly replay: (traces: readonly string[], options: ReplayOptions) => Promise<void>;
  readonly survey: (targets: readonly Target[], options: SurveyOptions) => Promise<void>;
  readonly export: (trace: string, options: ExportOptions) => Promise<void>;
  readonly list: (topic: ListTopic | undefined, options: ListOptions) => Promise<void>;
}

const examples = `
Examples:
  pinproof start                              everything, in about two minutes
  pinproof verify --scope survival            model-check one scope under every profile
  pinproof check linux                        compare the running kernel with the model
  pinproof check exec:"python3 mine.py"       compare a program of yours
  pinproof plan --out FILE --agent AGENT      the same for a machine without Node
  pinproof judge ANSWERS                      the verdict on what was answered there
  pinproof replay deviations/*.trace          show traces side by side
  pinproof survey linux                       which profile the running kernel is closest to
  pinproof explain loader.strace              tell what held each object of a log of strace
  pinproof list properties                    what is claimed

Exit codes: 0 all is well; 1 a deviation or a violation; 2 bad input; 3 something could not be
started or broke on our side; 4 inconclusive, or nothing ran; 130 interrupted.
`;

const propertyIds = properties.map(({ id }) => id);

/** Builds the program. Parsing throws a CommanderError for bad input, help and the version. */
export function createProgram(version: string, verbs: Verbs): Command {
  const program = new Command('pinproof')
    .description('A deterministic model checker and conformance suite for pinned eBPF objects.')
    .version(version, '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .helpCommand(false)
    .addHelpText('after', examples)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, outputError: () => undefined })
    .enablePositionalOptions();
  addStart(program, verbs);
  addVerify(program, verbs);
  addCheck(program, verbs);
  addPlan(program, verbs.plan);
  addJudge(program, verbs.judge);
  addReplay(program, verbs);
  addSurvey(program, verbs);
  addExport(program, verbs.export);
  addLogVerbs(program, verbs, common);
  addList(program, verbs);
  return program;
}

function addStart(program: Command, verbs: Verbs): void {
  common(program.command('start'))
    .description('verify the named scopes, then check the reference and, where permitted, linux')
    .addOption(scopeOption())
    .addOption(switchOption())
    .addOption(seedOption())
    .addOption(runsOption(1000))
    .addOption(outOption())
    .action(verbs.start);
}

function addVerify(program: Command, verbs: Verbs): void {
  common(program.command('verify'))
    .description('model-check named scopes')
    .addOption(
      new Option(
        '--profile <name>',
        `under this profile: ${profileNames.join(', ')}, or all that were released`,
      )
        .argParser(oneOf('profile', [...profileNames, 'all']))
        .default('all'),
    )
    .addOption(scopeOption())
    .addOption(
      new Option('--property <id>', 'judge this property only').argParser(
        oneOf('property', propertyIds),
      ),
    )
    .addOption(switchOption())
    .addOption(
      new Option('--max-states <n>', 'give up beyond so many states')
        .argParser(wholeNumber(1, 700_000_000))
        .default(50_000_000),
    )
    .addOption(
      new Option('--max-memory <mb>', 'give up beyond so many megabytes for states, per search')
        .argParser(wholeNumber(1, 1_000_000))
        .default(2000),
    )
    .addOption(timeOption())
    .addOption(
      new Option('--engine <name>', 'how calls are enumerated: drivers (generated) or loop')
        .argParser(oneOf('engine', ['drivers', 'loop']))
        .default('drivers'),
    )
    .addOption(
      new Option('--symmetry <setting>', 'on: states that differ in numbers only count as one')
        .argParser(oneOf('setting', ['on', 'off']))
        .default('on'),
    )
    .option(
      '--lossy',
      'know states by 5 bytes each, in less memory; tells how probable it is that one was left out',
    )
    .option('--coverage', 'tell, for each scope, which clauses and transitions of charts it runs')
    .option(
      '--print-source',
      'print the text that is generated for the searches, and search nothing',
    )
    .addOption(
      new Option(
        '--emit-traces <dir>',
        'write traces that take every transition into this folder, SCOPE/PROFILE/NUMBER.trace',
      ),
    )
    .addHelpText('after', '\nExample: pinproof verify --scope counts --profile linux-4.4')
    .action(verbs.verify);
}

function addCheck(program: Command, verbs: Verbs): void {
  common(program.command('check'))
    .description('compare an implementation with the model')
    .addArgument(new Argument('<target>', targetForms).argParser(readTarget))
    .addOption(
      profileOption()
        .argParser(oneOf('profile', [...profileNames, 'auto']))
        .default('auto', 'auto'),
    )
    .addOption(switchOption())
    .addOption(runsOption(2000))
    .addOption(lengthOption())
    .addOption(phaseOption())
    .addOption(corpusOption())
    .addOption(seedOption())
    .addOption(timeOption())
    .addOption(shardOption())
    .addOption(workersOption())
    .addOption(outOption())
    .addHelpText('after', '\nExample: pinproof check mutant:exit-drops-pins --runs 500')
    .action(verbs.check);
}

function addReplay(program: Command, verbs: Verbs): void {
  common(program.command('replay'))
    .description('run traces on the model and on targets, side by side')
    .argument('<trace...>', 'files in the trace format')
    .addOption(
      profileOption()
        .argParser(oneOf('profile', profileNames))
        .default('auto', 'the one that the trace names'),
    )
    .addOption(switchOption())
    .addOption(
      new Option('--on <target>', 'a target to run them on; may be given again').argParser(
        listOf(readTarget),
      ),
    )
    .option('--shrink', 'make a trace that deviates as short as it can be')
    .addHelpText('after', '\nExample: pinproof replay some.trace --on linux --on reference')
    .action(verbs.replay);
}

function addSurvey(program: Command, verbs: Verbs): void {
  common(program.command('survey'))
    .description('find out which switches implementations have, and which profile is closest')
    .addArgument(new Argument('<target...>', targetForms).argParser(listOf(readTarget)))
    .addOption(
      new Option('--format <name>', `${surveyFormats.join(', ')}; --json is short for json`)
        .argParser(oneOf('format', surveyFormats))
        .default('text')
        .conflicts('json'),
    )
    .addHelpText('after', '\nExample: pinproof survey linux reference reference@linux-4.4')
    .action(verbs.survey);
}

function addList(program: Command, verbs: Verbs): void {
  program
    .command('list')
    .description('list what there is')
    .addArgument(
      new Argument('[topic]', listTopics.join(', ')).argParser(oneOf('topic', listTopics)),
    )
    .option(
      '--differences',
      'of profiles: what neighbours differ in, and traces that tell them apart',
    )
    .option('--json', 'print a JSON document and nothing else')
    .option('--quiet', 'print no progress; a list has none')
    .option('--debug', 'print where an internal error happened')
    .helpOption('--help', 'print this help')
    .action(verbs.list);
}
