/** Which switches a target has, found by playing traces that tell their values apart. */
export { createKernels } from './kernels.ts';
export type { Kernels } from './kernels.ts';
export { referenceLimitProbe } from './reference-limit-probe.ts';
export { survey } from './survey.ts';
export type { SurveyOptions, SurveyQuestion } from './survey.ts';
export type {
  Candidate,
  Likeness,
  Probe,
  Probes,
  ProbeStep,
  RuledOut,
  Survey,
  SwitchFinding,
} from './survey.types.ts';
