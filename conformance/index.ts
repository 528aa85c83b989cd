/**
 * Holds implementations against the specification: runs traces, compares, shrinks, counts and gives
 * verdicts. It knows adapters by their contract only.
 */
export { pathsIn } from './call-paths.ts';
export { check } from './campaign.ts';
export type { CampaignOptions, CampaignProgress, CampaignResult, Count } from './campaign.types.ts';
export { decodeRun, farewell } from './decode.ts';
export type { Plan } from './decode.ts';
export type { Deviation, TraceRow } from './deviation.types.ts';
export { findingKey } from './finding.ts';
export { outcomeText } from './outcome-text.ts';
export type { AllowedOutcome, Finding, FindingKind } from './finding.ts';
export { createIdentityMap } from './identity.ts';
export type { IdentityMap } from './identity.ts';
export { judgePlayed } from './judge-played.ts';
export type { PlayedResult, PlayedRun, PlayedRuns } from './judge-played.ts';
export { createJudge } from './judge.ts';
export type { AfterSight, Judge, RunJudgement } from './judge.ts';
export type { NotObservable } from './observable.ts';
export { observeSight } from './observe-sight.ts';
export { mergeCampaigns } from './merge.ts';
export { createOracle, stateLimit, tooManyStates } from './oracle.ts';
export type { Allowed, Oracle, OracleVerdict, Trial } from './oracle.types.ts';
export type { Players } from './collect-shares.ts';
export { planSteps } from './plan.ts';
export { playShare } from './play-share.ts';
export type { ShareOptions } from './play-share.ts';
export type { Share, ShareMessage } from './share.types.ts';
export type { PlannedStep } from './plan.ts';
export { planRuns } from './planned-runs.ts';
export type { PlannedRun, PlanOptions, RunPlan } from './planned-runs.ts';
export type { Release, ReleasedKind } from './releases.ts';
export { replay } from './replay.ts';
export type {
  RecordedStep,
  ReplayResult,
  ReplayRow,
  ReplayTarget,
  ReplayVerdict,
} from './replay.ts';
export { judgeRun } from './run.ts';
export type { RunResult, Scrutiny } from './run.ts';
export { plainScrutiny } from './scrutiny.ts';
export { seededChoices } from './seeded-choices.ts';
export { campaignBounds, campaignHost, campaignWatch, setupFor } from './setup.ts';
export { shortRuns } from './short-runs.ts';
export { shrinkReplay } from './shrink-replay.ts';
export type { NotShrunk, ShrunkReplay } from './shrink-replay.ts';
export { shrinkRun } from './shrink.ts';
export type { Specification } from './specification.types.ts';
export { specify } from './specify.ts';
export type { SpecifyOptions } from './specify.ts';
export { createKernels, referenceLimitProbe, survey } from './survey/index.ts';
export type {
  Candidate,
  Kernels,
  Likeness,
  Probe,
  Probes,
  ProbeStep,
  RuledOut,
  Survey,
  SurveyOptions,
  SurveyQuestion,
  SwitchFinding,
} from './survey/index.ts';
export { createLogPlanner, explainLog, plannedCalls } from './log/explain-log.ts';
export type { ExplainOptions, LogExplainer, LogPlanner } from './log/explain-log.ts';
export type { LogPlan } from './log/log-plan.types.ts';
export type * from './log/explanation.types.ts';
