/** The verb `explain`: a log of strace, held against profiles, and the life of every object in it. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createLogPlanner, explainLog, plannedCalls } from '../../conformance/index.ts';
import type { Explanation } from '../../conformance/index.ts';
import { profileNames } from '../../model/index.ts';
import type { ProfileName } from '../../model/index.ts';
import { explainEnding, explainMermaid, explainText } from '../../report/index.ts';
import { callsThatMatter } from '../../traces/index.ts';
import type { CommandResult, CommonOptions, Surroundings } from '../command.types.ts';
import { chooseProfile } from '../selection.ts';
import type { SwitchSetting } from '../selection.ts';
import { logEvents } from './log-events.ts';
import { closeLog, openLog } from './log-lines.ts';
import type { LogFile } from './log-lines.ts';

export interface ExplainOptions extends CommonOptions {
  /** `auto`: all, to see which of them explain the log. */
  readonly profile: ProfileName | 'auto';
  readonly switch?: readonly SwitchSetting[];
  readonly mermaid?: true;
}

export function explain(
  names: readonly string[],
  options: ExplainOptions,
  around: Surroundings,
): CommandResult {
  const files = names.flatMap(filesOf).map(openLog);
  try {
    return explainFiles(names.join(' '), files, options, around);
  } finally {
    for (const file of files) closeLog(file);
  }
}

/** A name stands for its file, or for the files NAME.PID that strace -ff makes of it. */
function filesOf(name: string): readonly string[] {
  if (existsSync(name)) return [name];
  const folder = dirname(name);
  const prefix = `${basename(name)}.`;
  const found = existsSync(folder) ? readdirSync(folder) : [];
  const files = found
    .filter((file) => file.startsWith(prefix) && /^\d+$/.test(file.slice(prefix.length)))
    .toSorted((a, b) => Number(a.slice(prefix.length)) - Number(b.slice(prefix.length)));
  return files.length === 0 ? [name] : files.map((file) => join(folder, file));
}

/** Explains logs that are open, in two passes: for the directories that matter, and for the rest. */
export function explainFiles(
  log: string,
  files: readonly LogFile[],
  options: ExplainOptions,
  { signal, progress, paint }: Pick<Surroundings, 'signal' | 'progress' | 'paint'>,
): CommandResult {
  const planner = createLogPlanner();
  for (const event of logEvents(files, plannedCalls)) planner.take(event);
  const plan = planner.finish();
  const profiles = options.profile === 'auto' ? profileNames : [options.profile];
  const explainers = profiles.map((profile) => {
    const { label, switches } = chooseProfile(profile, options.switch ?? []);
    return explainLog(profile, plan, { label, switches });
  });
  for (const event of logEvents(files, callsThatMatter)) {
    if (signal.aborted) break;
    progress.show(() => `${log}: line ${event.line}`);
    for (const explainer of explainers) explainer.take(event);
  }
  const reports = explainers
    .map((explainer) => ({ log, explanation: explainer.finish() }))
    .toReversed()
    .toSorted((a, b) => rank(a.explanation) - rank(b.explanation));
  const [best] = reports;
  const strictness = options.strict === true ? 'strict' : 'lenient';
  return {
    ending: best === undefined ? 'inconclusive' : explainEnding(best, strictness),
    text:
      options.mermaid === true && best !== undefined
        ? explainMermaid(best.explanation)
        : explainText(reports, paint),
    ...(options.mermaid === true ? { readBy: 'program' } : {}),
    document: { explanations: reports },
    measurements: {},
  };
}

/** Those that explain the log come first. */
function rank({ verdict }: Explanation): number {
  return ['conforms', 'inconclusive', 'deviates'].indexOf(verdict.verdict);
}
