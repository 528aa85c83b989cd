/** The verb `survey`: which switches targets have, and which profiles they are closest to. */
import { AdapterFailure } from '../../adapters/contract/index.ts';
import { survey as surveyAdapter } from '../../conformance/index.ts';
import type { Survey, SurveyQuestion } from '../../conformance/index.ts';
import { profileNames, profiles } from '../../model/index.ts';
import {
  differencesOfTargets,
  surveyDocument,
  surveyEnding,
  surveyMarkdown,
  surveyText,
} from '../../report/index.ts';
import type { NotSurveyed, SurveyReport, TargetSurvey } from '../../report/index.ts';
import { CannotStart, Interrupted, messageOf } from '../bad-input.ts';
import { interruptible, responsive } from '../check/responsive.ts';
import { openTarget, ownProfile } from '../check/targets.ts';
import type { Target } from '../check/targets.ts';
import type { CommandResult, CommonOptions, Surroundings } from '../command.types.ts';
import { chooseProfile, newestProfile } from '../selection.ts';
import { surveyQuestion } from './probes.ts';

export const surveyFormats = ['text', 'json', 'markdown'] as const;

export interface SurveyOptions extends CommonOptions {
  readonly format: (typeof surveyFormats)[number];
}

export async function survey(
  targets: readonly Target[],
  { format, strict }: SurveyOptions,
  surroundings: Surroundings,
): Promise<CommandResult> {
  const question = surveyQuestion(
    profileNames.map((label) => ({ label, switches: profiles[label] })),
  );
  const found = await surveyAll(targets, question, surroundings);
  const report: SurveyReport = { ...found, differences: differencesOfTargets(found.targets) };
  return {
    ending: surveyEnding(report, strict === true ? 'strict' : 'lenient'),
    text: format === 'markdown' ? surveyMarkdown(report) : surveyText(report, surroundings.paint),
    document: surveyDocument(report),
    measurements: {},
  };
}

/** What is found of some targets is not lost for another one, which is named with the reason. */
async function surveyAll(
  targets: readonly Target[],
  question: SurveyQuestion,
  surroundings: Surroundings,
): Promise<Omit<SurveyReport, 'differences'>> {
  const surveys: TargetSurvey[] = [];
  const notSurveyed: NotSurveyed[] = [];
  for (const target of targets) {
    try {
      surveys.push(await surveyTarget(target, question, surroundings));
    } catch (failure) {
      // Of one that is alone there is nothing to be lost.
      if (targets.length === 1 || !isTold(failure)) throw failure;
      notSurveyed.push({ target: target.name, reason: messageOf(failure) });
    }
  }
  if (surroundings.signal.aborted && surveys.length === 0) throw new Interrupted();
  return { targets: surveys, notSurveyed };
}

const isTold = (failure: unknown): boolean =>
  failure instanceof CannotStart ||
  failure instanceof AdapterFailure ||
  failure instanceof Interrupted;

async function surveyTarget(
  target: Target,
  question: SurveyQuestion,
  { signal, progress }: Surroundings,
): Promise<TargetSurvey> {
  if (signal.aborted) throw new Interrupted();
  const opened = await openTarget(target, chooseProfile(ownProfile(target) ?? newestProfile, []));
  if ('missing' in opened) throw new CannotStart(opened.missing);
  const { adapter } = opened;
  try {
    const found: Survey = await surveyAdapter(
      interruptible(responsive(adapter), signal),
      question,
      {
        longProbes: 'played',
        onSwitch: (name) => {
          progress.show(() => `${target.name}: ${name}`);
        },
      },
    );
    const { name, version } = adapter.hello;
    return {
      target: target.name,
      implementation: { name, version },
      closest: found.closest,
      profiles: found.likenesses,
      switches: found.findings,
    };
  } finally {
    await adapter.close();
  }
}
