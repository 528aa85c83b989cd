/** The verb `start`: everything that can be done on this machine, in about two minutes. */
import { startDocument, startEnding, startText } from '../report/index.ts';
import type { StartReport } from '../report/index.ts';
import { checkOrAbsence } from './check/absence.ts';
import { checkTarget, drawn } from './check/check.ts';
import { requireWritable } from './check/deviation-files.ts';
import { checkMeasurement } from './check/measurement.ts';
import type { CheckRun } from './check/measurement.ts';
import type { CommandResult, CommonOptions, Surroundings } from './command.types.ts';
import { startProfiles } from './selection.ts';
import type { SwitchSetting } from './selection.ts';
import { measurementOf, searchAll, searchJobs } from './verify/verify.ts';

export interface StartOptions extends CommonOptions {
  readonly scope?: readonly string[];
  readonly switch?: readonly SwitchSetting[];
  readonly seed: number | 'random';
  readonly runs: number;
  readonly out?: string;
}

/** For each search; what the named scopes need is far below. */
const searchLimits = { maxStates: 50_000_000, maxMemory: 2000 } as const;

/** Less than what `check` does, for three campaigns in a minute. */
const campaignSize = { length: 20, shortRuns: 1000 } as const;

export async function start(
  options: StartOptions,
  surroundings: Surroundings,
): Promise<CommandResult> {
  const { runs, out, scope, switch: settings = [] } = options;
  if (out !== undefined) requireWritable(out);
  const size = { ...campaignSize, runs, seed: drawn(options.seed, surroundings) };
  const asked = scope === undefined ? {} : { scope };
  const jobs = searchJobs(
    { engine: 'drivers', symmetry: 'on', ...searchLimits, ...asked, switch: settings },
    startProfiles,
    0,
  );
  const question: CheckQuestion = { settings, size, corpus: null, out };
  // Checks keep this process and its target busy, searches have processes of their own.
  const [searches, { checks, linux }] = await Promise.all([
    searchAll(jobs, surroundings),
    checkAll(question, surroundings),
  ]);
  const reference = checks.map((check) => check.report);
  const report: StartReport = {
    searches: searches.map((search) => search.report),
    reference,
    linux: 'report' in linux ? linux.report : linux,
  };
  return {
    ending: startEnding(report, options.strict === true ? 'strict' : 'lenient'),
    text: startText(report, surroundings.paint),
    document: startDocument(report),
    measurements: {
      searches: searches.map(measurementOf),
      checks: [...checks, ...('report' in linux ? [linux] : [])].map(checkMeasurement),
    },
  };
}

type CheckQuestion = Omit<Parameters<typeof checkTarget>[0], 'target' | 'profile'>;

/** The checks of the reference under each profile, and that of the running kernel. */
async function checkAll(question: CheckQuestion, surroundings: Surroundings) {
  const target = { kind: 'linux', name: 'linux' } as const;
  const linux = await checkOrAbsence(target.name, () =>
    checkTarget({ ...question, target, profile: 'auto' }, surroundings),
  );
  const checks: CheckRun[] = [];
  for (const profile of startProfiles) {
    const target = { kind: 'reference', name: 'reference' } as const;
    const run = await checkOrAbsence(target.name, () =>
      checkTarget({ ...question, target, profile }, surroundings),
    );
    if ('report' in run) checks.push(run);
  }
  return { checks, linux };
}
