/** The verb `replay`: traces on the model and on targets, side by side. */
import {
  campaignWatch,
  outcomeText,
  replay as replayTrace,
  shrinkReplay,
  specify,
} from '../../conformance/index.ts';
import type { ReplayRow } from '../../conformance/index.ts';
import type { ProfileName } from '../../model/index.ts';
import type { Outcome } from '../../model/vocabulary/index.ts';
import { replayEnding, replayText, worstEnding } from '../../report/index.ts';
import type { ReplayReport, ReplayRowReport } from '../../report/index.ts';
import { printStep } from '../../traces/index.ts';
import type { Target } from '../check/targets.ts';
import type { CommandResult, CommonOptions, Surroundings } from '../command.types.ts';
import { chooseProfile, newestProfile } from '../selection.ts';
import type { SwitchSetting } from '../selection.ts';
import { readTraceFile } from './read-trace.ts';
import type { TraceFile } from './read-trace.ts';
import { shrunkReport } from './shrunk-report.ts';
import { startedTargets } from './started-targets.ts';
import type { StartedTargets } from './started-targets.ts';
import { boundsOf } from './trace-bounds.ts';
import { watchedPaths } from './watched-paths.ts';

export interface ReplayOptions extends CommonOptions {
  /** `auto`: those that the trace names, or else the newest. */
  readonly profile: ProfileName | 'auto';
  readonly switch?: readonly SwitchSetting[];
  readonly on?: readonly Target[];
  readonly shrink?: true;
}

export async function replay(
  files: readonly string[],
  options: ReplayOptions,
  { signal, progress, paint }: Surroundings,
): Promise<CommandResult> {
  // All are read before anything is played, so that bad input is reported at once.
  const traces = files.map(readTraceFile);
  const targets = startedTargets(options.on ?? []);
  const reports: ReplayReport[] = [];
  try {
    for (const trace of traces) {
      for (const profile of profilesOf(trace, options)) {
        if (signal.aborted) break;
        progress.show(() => `${trace.file} under ${profile}`);
        reports.push(await replayUnder(trace, profile, options, targets, () => signal.aborted));
      }
    }
  } finally {
    await targets.close();
  }
  return {
    ending: worstEnding(reports.map(replayEnding)),
    text: replayText(reports, paint),
    document: { replays: reports },
    measurements: {},
  };
}

function profilesOf(trace: TraceFile, { profile }: ReplayOptions): readonly ProfileName[] {
  if (profile !== 'auto') return [profile];
  return trace.profiles.length > 0 ? trace.profiles : [newestProfile];
}

async function replayUnder(
  { file, header, settings: own, events }: TraceFile,
  profile: ProfileName,
  { switch: settings = [], shrink }: ReplayOptions,
  started: StartedTargets,
  stop: () => boolean,
): Promise<ReplayReport> {
  const chosen = chooseProfile(profile, [...own, ...settings]);
  const bounds = boundsOf(header, events);
  const targets = await started.under(chosen);
  const watch = [...new Set([...campaignWatch, ...watchedPaths([events])])];
  const specification = specify(profile, { ...chosen, bounds, host: header.host });
  const { rows, verdicts } = await replayTrace(specification, events, targets, watch);
  const shrunk =
    shrink === undefined
      ? null
      : await shrinkReplay(specification, events, targets, watch, verdicts, stop);
  return {
    file,
    title: header.title,
    profile: chosen.label,
    targets: targets.map(({ name }) => name),
    rows: rows.map((row, at) => rowReport(row, events[at]?.line ?? 0)),
    verdicts: verdicts.map(({ at, ...verdict }) => ({ ...verdict, row: at })),
    ...(shrunk === null ? {} : { shrunk: shrunk.map((one) => shrunkReport(one, header, chosen)) }),
  };
}

function rowReport({ step, recorded, allowed, answers }: ReplayRow, line: number): ReplayRowReport {
  const text = (outcome: Outcome): string => outcomeText(step.call, outcome);
  // What a call shows among its arguments is part of how it is written.
  const shown = recorded ?? allowed.find(({ outcome }) => outcome.ok)?.outcome;
  return {
    line,
    call: printStep(step, shown),
    recorded: recorded === null ? null : text(recorded),
    allowed: allowed.map(({ outcome, row, source = null }) => ({
      answer: text(outcome),
      clause: row,
      source,
    })),
    answers: answers.map((answer) => (answer === null ? null : text(answer))),
  };
}
