/** The verb `judge`: the verdict on what an agent was answered that played a plan alone. */
import { readFileSync } from 'node:fs';
import { AdapterFailure, planText, readAnswers } from '../../adapters/index.ts';
import type { Answers } from '../../adapters/index.ts';
import { profileNames } from '../../model/index.ts';
import type { ProfileName } from '../../model/index.ts';
import { checkDocument, checkEnding, checkText, counted } from '../../report/index.ts';
import type { CheckReport, ProfileOrigin } from '../../report/index.ts';
import { BadInput, messageOf, refusalOf } from '../bad-input.ts';
import { identityRemarks } from '../check/identity-remarks.ts';
import { keepDeviations, requireWritable } from '../check/deviation-files.ts';
import type { CommandResult, CommonOptions, Surroundings } from '../command.types.ts';
import { plannedParts, runsToPlay } from '../plan/planned-parts.ts';
import { readQuestion } from '../plan/question.ts';
import { chooseProfile, newestProfile } from '../selection.ts';
import type { ChosenProfile, SwitchSetting } from '../selection.ts';
import { closestProfile } from './closest-profile.ts';
import { judgeParts } from './judge-parts.ts';
import { playedParts } from './played-parts.ts';
import type { PlayedPart } from './played-parts.ts';

export interface JudgeOptions extends CommonOptions {
  readonly profile: ProfileName | 'auto';
  readonly switch?: readonly SwitchSetting[];
  readonly out?: string;
}

/** What the deviations of answers are filed under, as those of a check. */
const target = 'linux';

export async function judge(
  file: string,
  options: JudgeOptions,
  suite: string,
  surroundings: Surroundings,
): Promise<CommandResult> {
  const { out, strict } = options;
  if (out !== undefined) requireWritable(out);
  const { answers, parts, seed } = await readPlayed(file, suite, surroundings.signal);
  const { profile, origin, reasons, judged } = await garbledIsBad(file, async () => {
    const { progress } = surroundings;
    progress.show(() => `${file}: which profile fits`);
    const chosen = await profileOf(parts, options, seed);
    progress.show(() => `${file}: under ${chosen.profile.label}`);
    return { ...chosen, judged: await judgeParts(parts, chosen.profile, target, seed) };
  });
  const { campaign, deviations: found, remarks } = judged;
  const named = { target, profile: profile.label };
  const report: CheckReport = {
    ...{ target, profile: profile.label, profileOrigin: origin, reasons },
    remarks: [...remarksOf(answers), ...remarks],
    campaign,
    deviations: keepDeviations(out, named, found, surroundings),
  };
  return {
    ending: checkEnding(report, strict === true ? 'strict' : 'lenient'),
    text: checkText(report, surroundings.paint),
    document: checkDocument(report),
    measurements: {},
  };
}

/** An answer that is no answer is no failure of ours: here it comes from a file. */
async function garbledIsBad<T>(file: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (failure) {
    if (!(failure instanceof AdapterFailure)) throw failure;
    throw new BadInput(`the answers in ${file} cannot be judged: ${messageOf(failure)}`);
  }
}

interface Played {
  readonly answers: Answers;
  readonly parts: readonly PlayedPart[];
  readonly seed: number;
}

/** The answers, and the runs that they are answers to. @throws BadInput. */
async function readPlayed(file: string, suite: string, signal: AbortSignal): Promise<Played> {
  const read = readAnswers(textOf(file));
  if ('wrong' in read)
    throw new BadInput(`the answers in ${file} cannot be judged: ${read.wrong}.`);
  const { answers } = read;
  const question = readQuestion(answers.question, suite, file);
  const planned = await plannedParts(question);
  const { title } = planText(answers.question, planned.flatMap(runsToPlay));
  if (title !== answers.title) {
    throw new BadInput(
      `the answers in ${file} are to a plan that this version of pinproof does not draw: judge them with the one that made it, or make a new plan.`,
    );
  }
  return { answers, parts: playedParts(planned, answers, file, signal), seed: question.seed };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new BadInput(`the answers ${file} cannot be read (${refusalOf(error)}).`);
  }
}

interface FoundProfile {
  readonly profile: ChosenProfile;
  readonly origin: ProfileOrigin;
  readonly reasons: readonly string[];
}

async function profileOf(
  parts: readonly PlayedPart[],
  { profile, switch: settings = [] }: JudgeOptions,
  seed: number,
): Promise<FoundProfile> {
  if (profile !== 'auto') {
    return { profile: chooseProfile(profile, settings), origin: 'given', reasons: [] };
  }
  const candidates = profileNames.map((name) => chooseProfile(name, settings));
  const { closest, fits } = await closestProfile(parts, candidates, seed);
  const reasons = fits.map(
    (fit) =>
      `${fit.profile}: ${counted(fit.deviations, 'distinct deviation')} in ${counted(fit.compared, 'call')}`,
  );
  return {
    profile: closest ?? chooseProfile(newestProfile, settings),
    origin: 'detected',
    reasons,
  };
}

function remarksOf({ runs, machine }: Answers): readonly string[] {
  const broken = runs.filter(({ ended }) => typeof ended === 'object').length;
  return [
    'the runs were played before, by the agent alone: nothing could be asked again, and no trace made shorter',
    ...identityRemarks(machine),
    ...(broken === 0
      ? []
      : [`${counted(broken, 'run')} broke off; the others were played all the same`]),
  ];
}
