/** What a survey found, in words that its text and its Markdown have in common. */
import type { Likeness, RuledOut, SwitchFinding } from '../conformance/index.ts';
import type { NotSurveyed, SurveyReport, TargetsDifference, TargetSurvey } from './survey.types.ts';
import { counted, grouped } from './table.ts';

/** The value of a switch, or those that are left. */
export function valueText(finding: SwitchFinding): string {
  if (finding.kind === 'decided') return finding.value;
  const isAnyOut = finding.ruledOut.length > 0;
  return finding.left.length > 0 && isAnyOut ? finding.left.join(' or ') : 'undecided';
}

/**
 * The differences of every two targets; what is undecided differs where no value is left to both. Who
 * says nothing at all is not said to be like the others.
 */
export function differencesOfTargets(
  targets: readonly TargetSurvey[],
): readonly TargetsDifference[] {
  const known = targets.filter(({ closest }) => closest.length > 0);
  return known.flatMap((one, at) =>
    known.slice(at + 1).map((other) => ({
      between: [one.target, other.target] as const,
      switches: one.switches.flatMap((finding) => {
        const theirs = other.switches.find((found) => found.switch === finding.switch);
        if (theirs === undefined || mayBeSame(finding, theirs)) return [];
        const values = [valueText(finding), valueText(theirs)] as const;
        return [{ switch: finding.switch, values }];
      }),
    })),
  );
}

function mayBeSame(one: SwitchFinding, other: SwitchFinding): boolean {
  const [ours, theirs] = [possible(one), possible(other)];
  const isKnown = ours.length > 0 && theirs.length > 0;
  return !isKnown || ours.some((value) => theirs.includes(value));
}

const possible = (finding: SwitchFinding): readonly string[] =>
  finding.kind === 'decided' ? [finding.value] : finding.left;

/** The likenesses of the closest profiles. */
export function closestLikenesses({ closest, profiles }: TargetSurvey): readonly Likeness[] {
  return profiles.filter(({ label }) => closest.includes(label));
}

/** Whether a target differs in a switch from all the closest profiles. */
export function differsFromClosest(survey: TargetSurvey, finding: SwitchFinding): boolean {
  const likenesses = closestLikenesses(survey);
  return likenesses.length > 0 && likenesses.every(({ differ }) => differ.includes(finding.switch));
}

/** `40 switches agree, 1 undecided`. */
export function likenessText({ agree, differ, follow, undecided }: Likeness): string {
  const parts = [
    [differ.length, differ.length === 1 ? 'differs' : 'differ'],
    [follow.length, follow.length === 1 ? 'follows from that' : 'follow from that'],
    [undecided.length, 'undecided'],
  ] as const;
  const verb = agree.length === 1 ? 'agrees' : 'agree';
  return [
    `${counted(agree.length, 'switch', 'switches')} ${verb}`,
    ...parts.filter(([count]) => count > 0).map(([count, what]) => `${grouped(count)} ${what}`),
  ].join(', ');
}

/** How the others compare: `linux-6.12 differs in 5, linux-6.1 in 8`; null if there are none. */
export function othersText({ closest, profiles }: TargetSurvey): string | null {
  const others = profiles.filter(({ label }) => !closest.includes(label));
  if (closest.length === 0 || others.length === 0) return null;
  return others
    .map(({ label, differ }, at) => `${label}${at === 0 ? ' differs' : ''} in ${differ.length}`)
    .join(', ');
}

/** Why a value is none of the target's. */
export function ruledOutText(ruledOut: RuledOut): string {
  switch (ruledOut.by) {
    case 'answer':
      return `${ruledOut.trace}:${ruledOut.line}: ${ruledOut.call}: ${ruledOut.answer}`;
    case 'absence':
      return `it did not show in ${counted(ruledOut.plays, 'play')} of ${ruledOut.trace}`;
    case 'implication':
      return `nothing is left to differ with ${ruledOut.switch}=${ruledOut.is}`;
  }
}

/** In which switches a target differs from its closest profiles, and what shows it: `name: value; why`. */
export function closestDifferences(survey: TargetSurvey): readonly string[] {
  return survey.switches
    .filter((finding) => differsFromClosest(survey, finding))
    .map((finding) => {
      const shown = finding.ruledOut.find(({ by }) => by !== 'implication');
      const why = shown === undefined ? '' : `; not ${shown.value}: ${ruledOutText(shown)}`;
      return `${finding.switch}: ${valueText(finding)}${why}`;
    });
}

const leftText = (left: readonly string[]): string => left.join(' or ') || 'no value fits';

/** The switches that are undecided, and why: `name: none or 32768; why`. */
export function undecidedTexts({ switches }: TargetSurvey): readonly string[] {
  return switches.flatMap((finding) =>
    finding.kind === 'undecided'
      ? [`${finding.switch}: ${leftText(finding.left)}; ${finding.why.replace(/\.$/, '')}`]
      : [],
  );
}

/** `linux-6.18`, `a tie of linux-4.6 and linux-4.7`, or that there is none. */
export function closestText({ closest }: TargetSurvey): string {
  const [first] = closest;
  if (first === undefined) return 'none, nothing could be decided';
  return closest.length === 1 ? first : `a tie of ${closest.join(' and ')}`;
}

/** Why a target was left out: `not surveyed (it could not be started)`. */
export const notSurveyedText = ({ reason }: NotSurveyed): string => `not surveyed (${reason})`;

/** One line: what is closest to each target. */
export function surveySummary({ targets, notSurveyed }: SurveyReport): string {
  return [
    ...targets.map((survey) => `${survey.target}: ${closestText(survey)}`),
    ...notSurveyed.map((one) => `${one.target}: ${notSurveyedText(one)}`),
  ].join('; ');
}

const onOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** The same for people: a command that was given on several lines is told on one. */
export function withNamesOnOneLine(report: SurveyReport): SurveyReport {
  const renamed = <Named extends { readonly target: string }>(one: Named): Named => ({
    ...one,
    target: onOneLine(one.target),
  });
  return {
    targets: report.targets.map(renamed),
    notSurveyed: report.notSurveyed.map(renamed),
    differences: report.differences.map(({ between: [one, other], switches }) => ({
      between: [onOneLine(one), onOneLine(other)],
      switches,
    })),
  };
}
