/** The program: reads the command line, does what it asks, prints, and ends with an exit code. */
import { readFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import { AdapterFailure } from '../adapters/contract/index.ts';
import { documentText, exitCodes } from '../report/index.ts';
import { BadInput, CannotStart, Interrupted, messageOf, refusalOf, stackOf } from './bad-input.ts';
import { check } from './check/check.ts';
import { writeInto } from './check/deviation-files.ts';
import type { CommandResult, CommonOptions, Surroundings } from './command.types.ts';
import { judge } from './judge/judge.ts';
import { exportTrace } from './export/export.ts';
import { explain } from './explain/explain.ts';
import { record } from './explain/record.ts';
import { list } from './list.ts';
import { plan } from './plan/plan.ts';
import { parsingSentence } from './parsing-sentence.ts';
import { createProgram } from './program.ts';
import { replay } from './replay/replay.ts';
import { start } from './start.ts';
import { survey } from './survey/survey.ts';
import { createProgressLine, interruptSignal, paintFor, watchOutput } from './terminal.ts';
import { verify } from './verify/verify.ts';

const interruptedCode = 130;

/** This package's version, beside the sources or one level above dist/. */
function ownVersion(): string {
  for (const place of ['../package.json', '../../package.json']) {
    try {
      const text = readFileSync(new URL(place, import.meta.url), 'utf8');
      const version = /"version": "([^"]+)"/.exec(text)?.[1];
      if (version !== undefined) return version;
    } catch {
      // The other place then.
    }
  }
  return 'unknown';
}

function say(line: string): void {
  process.stderr.write(`pinproof: ${line}\n`);
}

/** Runs a verb and prints its result. */
async function run(
  verb: string,
  options: CommonOptions,
  act: (surroundings: Surroundings) => Promise<CommandResult> | CommandResult,
): Promise<void> {
  const signal = interruptSignal();
  const progress = createProgressLine(
    options.quiet === true ? 'quiet' : 'normal',
    process.stderr,
    () => performance.now(),
  );
  const startTime = performance.now();
  try {
    const paint = paintFor(process.stdout);
    const result = await act({ signal, progress, paint, say });
    progress.clear();
    const code = signal.aborted ? interruptedCode : exitCodes[result.ending];
    process.exitCode = code;
    process.stdout.write(printed(verb, code, result, options));
    writeMeasurements(verb, performance.now() - startTime, result, options);
  } catch (failure) {
    progress.clear();
    sayFailure(failure, options.debug === true ? 'debug' : 'user');
  }
}

function printed(
  verb: string,
  code: number,
  { text, readBy, document }: CommandResult,
  { json, quiet }: CommonOptions,
): string {
  if (json === true) return documentText(verb, code, document);
  // A list is nothing but its lines.
  if (quiet !== true || verb === 'list' || readBy === 'program') return text;
  return `${text.trimEnd().split('\n').at(-1) ?? ''}\n`;
}

function writeMeasurements(
  verb: string,
  milliseconds: number,
  { measurements }: CommandResult,
  { measurements: file }: CommonOptions,
): void {
  if (file === undefined) return;
  const document = {
    format: 'pinproof-measurements/1',
    verb,
    milliseconds: Math.round(milliseconds),
    ...measurements,
  };
  try {
    writeInto(file, `${JSON.stringify(document, undefined, 2)}\n`);
  } catch (error) {
    throw new BadInput(
      `the measurements cannot be written to ${file} (${refusalOf(error)}); choose another file with --measurements.`,
    );
  }
}

/** Says what went wrong in one sentence and sets the exit code that goes with it. */
function sayFailure(failure: unknown, audience: 'user' | 'debug'): void {
  if (failure instanceof BadInput) {
    process.exitCode = exitCodes.usage;
    // Each error of a trace is a line of its own that begins with its place.
    if (/^\S+:\d+:\d+: /.test(failure.message)) process.stderr.write(`${failure.message}\n`);
    else say(failure.message);
    return;
  }
  if (failure instanceof CommanderError) {
    explainParsing(failure);
    return;
  }
  if (failure instanceof Interrupted) {
    process.exitCode = interruptedCode;
    say('interrupted before anything was compared.');
    return;
  }
  process.exitCode = exitCodes.broken;
  if (failure instanceof CannotStart || failure instanceof AdapterFailure) {
    say(messageOf(failure));
    return;
  }
  say(`internal error: ${messageOf(failure)}; please report it, with what --debug prints.`);
  if (audience === 'debug') process.stderr.write(`${stackOf(failure)}\n`);
}

/** Help and the version come here too, when they have been printed. */
function explainParsing({ code, exitCode, message }: CommanderError): void {
  process.exitCode = exitCode === 0 ? 0 : exitCodes.usage;
  if (exitCode !== 0) say(parsingSentence(code, message));
}

watchOutput(say);
const version = ownVersion();
const program = createProgram(version, {
  start: (options) => run('start', options, (around) => start(options, around)),
  verify: (options) => run('verify', options, (around) => verify(options, around)),
  check: (target, options) => run('check', options, (around) => check(target, options, around)),
  plan: (options) => run('plan', options, (around) => plan(options, version, around)),
  judge: (file, options) =>
    run('judge', options, (around) => judge(file, options, version, around)),
  replay: (files, options) => run('replay', options, (around) => replay(files, options, around)),
  survey: (targets, options) => {
    const asked = options.format === 'json' ? { ...options, json: true as const } : options;
    return run('survey', asked, (around) => survey(targets, asked, around));
  },
  export: (file, options) => run('export', options, () => exportTrace(file, options)),
  explain: (logs, options) => run('explain', options, (around) => explain(logs, options, around)),
  record: (command, options) =>
    run('record', options, (around) => record(command, options, around)),
  list: (topic, options) => run('list', options, (around) => list(topic, options, around)),
});
try {
  await program.parseAsync();
} catch (failure) {
  sayFailure(failure, process.argv.includes('--debug') ? 'debug' : 'user');
}
