/** The verb `check`: conformance of a target. */
import type { Adapter } from '../../adapters/contract/index.ts';
import { check as runCampaign, specify, survey } from '../../conformance/index.ts';
import type { CampaignOptions, Release } from '../../conformance/index.ts';
import { profileNames } from '../../model/index.ts';
import type { ProfileName } from '../../model/index.ts';
import {
  checkDocument,
  checkEnding,
  checkText,
  counted,
  likenessText,
} from '../../report/index.ts';
import type { ProfileOrigin } from '../../report/index.ts';
import type { Shard } from '../arguments.ts';
import { CannotStart, Interrupted, messageOf } from '../bad-input.ts';
import type { CommandResult, CommonOptions, Surroundings } from '../command.types.ts';
import type { TraceFile } from '../replay/read-trace.ts';
import { chooseProfile, newestProfile } from '../selection.ts';
import type { ChosenProfile, SwitchSetting } from '../selection.ts';
import { surveyQuestion } from '../survey/probes.ts';
import { readCorpus } from './corpus.ts';
import { playCorpus } from './corpus-campaign.ts';
import type { FoundByCampaign } from './corpus-campaign.ts';
import { keepDeviations, requireWritable } from './deviation-files.ts';
import { deviationReports } from './deviation-report.ts';
import { identityRemarks } from './identity-remarks.ts';
import { checkMeasurement, createReleaseTimes } from './measurement.ts';
import type { CheckRun } from './measurement.ts';
import { interruptible, responsive } from './responsive.ts';
import { startPool } from './share-pool.ts';
import { openTarget, ownProfile } from './targets.ts';
import type { Target } from './targets.ts';

export interface CampaignSize {
  readonly runs: number;
  readonly length: number;
  readonly seed: number;
  /** In seconds. */
  readonly time?: number;
  readonly shard?: Shard;
  /** Both if absent. */
  readonly phase?: 'short' | 'random';
  /** Processes that play the runs; if absent, one, which is ours. */
  readonly workers?: number;
  /** Runs of the exhaustive phase; the campaign's own choice if absent. */
  readonly shortRuns?: number;
}

export interface CheckOptions extends CommonOptions, Omit<CampaignSize, 'seed' | 'shortRuns'> {
  readonly profile: ProfileName | 'auto';
  readonly switch?: readonly SwitchSetting[];
  readonly seed: number | 'random';
  readonly out?: string;
  /** A folder of traces, to be played instead of the phases. */
  readonly corpus?: string;
}

/** What is checked and how. */
export interface CheckQuestion {
  readonly target: Target;
  readonly profile: ProfileName | 'auto';
  readonly settings: readonly SwitchSetting[];
  readonly size: CampaignSize;
  /** Traces to be played instead of the phases; null: none. */
  readonly corpus: readonly TraceFile[] | null;
  /** The folder for traces of deviations; undefined: the usual one; null: they are not written. */
  readonly out: string | undefined | null;
}

export async function check(
  target: Target,
  options: CheckOptions,
  surroundings: Surroundings,
): Promise<CommandResult> {
  const { profile, out, switch: settings = [] } = options;
  if (out !== undefined) requireWritable(out);
  const size = sizeOf(options, drawn(options.seed, surroundings));
  const corpus = options.corpus === undefined ? null : readCorpus(options.corpus);
  const question = { target, profile, settings, size, corpus, out };
  const result = await checkTarget(question, surroundings);
  if ('missing' in result) throw new CannotStart(result.missing);
  const { report } = result;
  return {
    ending: checkEnding(report, options.strict === true ? 'strict' : 'lenient'),
    text: checkText(report, surroundings.paint),
    document: checkDocument(report),
    measurements: { checks: [checkMeasurement(result)] },
  };
}

function sizeOf(
  { runs, length, time, shard, phase, workers }: CheckOptions,
  seed: number,
): CampaignSize {
  return {
    runs,
    length,
    seed,
    ...(time === undefined ? {} : { time }),
    ...(shard === undefined ? {} : { shard }),
    ...(phase === undefined ? {} : { phase }),
    ...(workers === undefined ? {} : { workers }),
  };
}

/** The seed itself, or one that is drawn and printed. */
export function drawn(
  seed: number | 'random',
  { progress, say }: Pick<Surroundings, 'progress' | 'say'>,
): number {
  if (seed !== 'random') return seed;
  const number = Math.floor(Math.random() * 2 ** 32);
  progress.clear();
  say(`the seed is ${number}`);
  return number;
}

/**
 * Checks a target, or says why it cannot be started here.
 * @throws AdapterFailure if our own side of it fails; Interrupted if that happens before anything
 * was compared.
 */
export async function checkTarget(
  question: CheckQuestion,
  surroundings: Surroundings,
): Promise<CheckRun | { readonly missing: string }> {
  const { target, out } = question;
  if (surroundings.signal.aborted) throw new Interrupted();
  const own = question.profile === 'auto' ? ownProfile(target) : question.profile;
  const opened = await openTarget(target, chooseProfile(own ?? newestProfile, question.settings));
  if ('missing' in opened) return opened;
  const adapter = responsive(opened.adapter);
  let found: CheckRun | null = null;
  try {
    const start = performance.now();
    const releases = createReleaseTimes();
    const { base, origin, reasons } = await profileOf(
      interruptible(adapter, surroundings.signal),
      question,
    );
    const profile = chooseProfile(base, question.settings);
    const { campaign, deviations: seen } = await runQuestion(
      adapter,
      profile,
      question,
      releases.add,
      surroundings,
    );
    const named = { target: target.name, profile: profile.label };
    const deviations = out === null ? seen : keepDeviations(out, named, seen, surroundings);
    const { name } = target;
    const remarks = identityRemarks(adapter.hello);
    const report = {
      target: name,
      profile: profile.label,
      profileOrigin: origin,
      reasons,
      ...(remarks.length === 0 ? {} : { remarks }),
      campaign,
      deviations,
    };
    const times = adapter.goneAt === undefined ? {} : { releases };
    found = { report, milliseconds: performance.now() - start, ...times };
    return found;
  } finally {
    await closeAfter(opened.adapter, found, surroundings);
  }
}

/** What a target leaves behind ends the check, unless that has found something worse to tell. */
async function closeAfter(
  adapter: Adapter,
  found: CheckRun | null,
  { progress, say }: Surroundings,
): Promise<void> {
  try {
    await adapter.close();
  } catch (failure) {
    if (found?.report.campaign.verdict !== 'deviates') throw failure;
    progress.clear();
    say(messageOf(failure));
  }
}

interface FoundProfile {
  readonly base: ProfileName;
  readonly origin: ProfileOrigin;
  readonly reasons: readonly string[];
}

/** The profile that was asked for, or the one that the target is closest to. */
async function profileOf(
  adapter: Adapter,
  { target, profile, settings }: CheckQuestion,
): Promise<FoundProfile> {
  if (profile !== 'auto') return { base: profile, origin: 'given', reasons: [] };
  const own = ownProfile(target);
  if (own !== null) return { base: own, origin: 'its own', reasons: [] };
  const candidates = profileNames.map((name) => chooseProfile(name, settings));
  // No two profiles differ only in what takes a long trace to see.
  const { closest, likenesses } = await survey(adapter, surveyQuestion(candidates), {
    longProbes: 'left-out',
  });
  // Of several that are equally close the newest one.
  const base = candidates.findLast(({ label }) => closest.includes(label))?.base ?? newestProfile;
  const reasons = likenesses.map((likeness) => `${likeness.label}: ${likenessText(likeness)}`);
  return { base, origin: 'detected', reasons };
}

async function runQuestion(
  adapter: Adapter,
  profile: ChosenProfile,
  { target, size, corpus }: CheckQuestion,
  onRelease: (release: Release) => void,
  { signal, progress }: Surroundings,
): Promise<FoundByCampaign> {
  const { time, workers = 1, ...rest } = size;
  const deadline = time === undefined ? Infinity : performance.now() + time * 1000;
  const options: CampaignOptions = {
    ...rest,
    onRelease,
    stop: () => signal.aborted || performance.now() >= deadline,
    onProgress({ phase, runs, compared, deviations }) {
      progress.show(
        () =>
          `${target.name}, ${profile.label}: ${phase === 'traces' ? phase : `${phase} runs`}, ${counted(runs, 'run')}, ${counted(compared, 'call')} compared, ${counted(deviations, 'deviation')}`,
      );
    },
  };
  if (corpus !== null) return playCorpus(adapter, target.name, profile, corpus, options);
  const deadlineOfAll = time === undefined ? null : Date.now() + time * 1000;
  const pool =
    workers === 1
      ? null
      : startPool(workers, { target, profile, options: rest, deadline: deadlineOfAll }, signal);
  try {
    const campaign = await runCampaign(adapter, specify(profile.base, profile), {
      ...options,
      ...(pool === null ? {} : { players: pool.players }),
    });
    return { campaign, deviations: deviationReports(campaign.deviations, target.name, profile) };
  } finally {
    await pool?.close();
  }
}
