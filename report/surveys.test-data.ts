/**
 * A survey of three switches: one target like a profile, one that departs from a tie, one that says nothing,
 * and one that could not be started.
 */
import type { SwitchFinding } from '../conformance/index.ts';
import { differencesOfTargets } from './survey-values.ts';
import type { NotSurveyed, SurveyReport, TargetSurvey } from './survey.types.ts';

const trace = 'errors/pin-bad-descriptor-6.18.trace';
const call = '1 bpf(BPF_OBJ_PIN, {pathname="/mnt/a/x", bpf_fd=9}, 16)';
const limit = 'a trace that tells them apart is long|and none is here';

const modern: readonly SwitchFinding[] = [
  {
    kind: 'decided',
    switch: 'pinBadFd',
    value: 'EINVAL',
    ruledOut: [{ value: 'EBADF', by: 'answer', trace, line: 10, call, answer: 'EINVAL' }],
  },
  {
    kind: 'decided',
    switch: 'pinPut',
    value: 'at-once',
    ruledOut: [{ value: 'later', by: 'absence', trace: 'renames/r.trace', plays: 10 }],
  },
  {
    kind: 'undecided',
    switch: 'refLimit',
    left: ['none', '32768'],
    why: limit,
    ruledOut: [{ value: '3', by: 'answer', trace, line: 12, call, answer: '5' }],
  },
];

const departing: readonly SwitchFinding[] = [
  {
    kind: 'decided',
    switch: 'pinBadFd',
    value: 'EBADF',
    ruledOut: [{ value: 'EINVAL', by: 'answer', trace, line: 10, call, answer: 'EBADF' }],
  },
  {
    kind: 'decided',
    switch: 'pinPut',
    value: 'at-once',
    ruledOut: [{ value: 'later', by: 'implication', switch: 'ids', is: 'none' }],
  },
  { kind: 'decided', switch: 'refLimit', value: 'none', ruledOut: [] },
];

const values = [
  ['pinBadFd', 'EBADF', 'EINVAL'],
  ['pinPut', 'at-once', 'later'],
  ['refLimit', 'none', '32768', '3'],
] as const;

const silent = values.map(([name, ...left]): SwitchFinding => {
  const why = `${trace}: mount is not declared`;
  return { kind: 'undecided', switch: name, left, why, ruledOut: [] };
});

const implementation = { name: 'reference', version: 'linux-6.18' };

const targets: readonly TargetSurvey[] = [
  {
    target: 'linux',
    implementation: { name: 'linux', version: '6.18.44' },
    closest: ['linux-6.18'],
    profiles: [
      {
        label: 'linux-6.12',
        agree: ['pinBadFd'],
        differ: ['pinPut'],
        follow: [],
        undecided: ['refLimit'],
      },
      {
        label: 'linux-6.18',
        agree: ['pinBadFd', 'pinPut'],
        differ: [],
        follow: [],
        undecided: ['refLimit'],
      },
    ],
    switches: modern,
  },
  {
    target: 'exec:./mine',
    implementation,
    closest: ['linux-6.12', 'linux-6.18'],
    profiles: [
      {
        label: 'linux-6.12',
        agree: ['refLimit'],
        differ: ['pinBadFd'],
        follow: ['pinPut'],
        undecided: [],
      },
      {
        label: 'linux-6.18',
        agree: ['refLimit', 'pinPut'],
        differ: ['pinBadFd'],
        follow: [],
        undecided: [],
      },
    ],
    switches: departing,
  },
  {
    target: 'exec:./empty',
    implementation: { name: 'empty', version: '0' },
    closest: [],
    profiles: ['linux-6.12', 'linux-6.18'].map((label) => ({
      label,
      agree: [],
      differ: [],
      follow: [],
      undecided: ['pinBadFd', 'pinPut', 'refLimit'] as const,
    })),
    switches: silent,
  },
];

const notSurveyed: readonly NotSurveyed[] = [
  { target: 'exec:./none\n  --at all', reason: '"./none" ended without a word|of itself' },
];

export const surveyed: SurveyReport = {
  targets,
  notSurveyed,
  differences: differencesOfTargets(targets),
};

/** The same of the targets with these places. */
export function ofTargets(...places: readonly number[]): SurveyReport {
  const some = places.flatMap((place) => targets[place] ?? []);
  return { targets: some, notSurveyed: [], differences: differencesOfTargets(some) };
}
