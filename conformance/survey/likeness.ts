/** How profiles compare with what was found of a target. */
import type { SwitchName } from '../../model/index.ts';
import type { Candidate, Likeness, SwitchFinding } from './survey.types.ts';

type Compared = 'agree' | 'differ' | 'follow' | 'undecided';

export function likenessOf(
  { label, switches }: Candidate,
  findings: readonly SwitchFinding[],
): Likeness {
  const those = (wanted: Compared): readonly SwitchName[] =>
    findings
      .filter((finding) => compared(finding, switches[finding.switch]) === wanted)
      .map(({ switch: name }) => name);
  return {
    label,
    agree: those('agree'),
    differ: those('differ'),
    follow: those('follow'),
    undecided: those('undecided'),
  };
}

/** A value that was ruled out differs, whether or not it is known what is there instead. */
function compared(finding: SwitchFinding, value: string): Compared {
  if (finding.kind === 'decided') {
    if (finding.value === value) return 'agree';
    const how = finding.ruledOut.find((one) => one.value === value)?.by;
    return how === 'implication' ? 'follow' : 'differ';
  }
  const isOut = finding.left.length > 0 && !finding.left.includes(value);
  return isOut ? 'differ' : 'undecided';
}

/** The labels of those that differ least, in their order. */
export function closestOf(
  likenesses: readonly Likeness[],
  findings: readonly SwitchFinding[],
): readonly string[] {
  if (findings.every(({ kind }) => kind === 'undecided')) return [];
  const fewest = Math.min(...likenesses.map(({ differ }) => differ.length));
  return likenesses.filter(({ differ }) => differ.length === fewest).map(({ label }) => label);
}
