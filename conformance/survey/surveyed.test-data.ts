/** Surveys with the traces and profiles that the command line takes. */
import type { Adapter } from '../../adapters/contract/index.ts';
import { changesOf, createReference } from '../../adapters/reference/index.ts';
import type { ReferenceAdapter } from '../../adapters/reference/index.ts';
import { surveyQuestion } from '../../cli/survey/probes.ts';
import { profileNames, profiles } from '../../model/index.ts';
import type { ProfileName } from '../../model/index.ts';
import { survey } from './index.ts';
import type { Survey, SurveyOptions, SwitchFinding } from './index.ts';

export const question = surveyQuestion(
  profileNames.map((label) => ({ label, switches: profiles[label] })),
);

export function surveyed(
  adapter: Adapter,
  longProbes: SurveyOptions['longProbes'] = 'left-out',
): Promise<Survey> {
  return survey(adapter, question, { longProbes });
}

/** The reference with a switch changed, `name=value`. */
export function flipped(profile: ProfileName, setting: string): ReferenceAdapter {
  const changes = changesOf([setting]);
  if ('fixed' in changes) throw new Error(`the reference cannot have ${setting} alone`);
  return createReference(profile, {}, 'until-settled', changes);
}

export function findingOf({ findings }: Survey, name: string): SwitchFinding | undefined {
  return findings.find((finding) => finding.switch === name);
}
