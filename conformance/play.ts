import { AdapterFailure } from '../adapters/contract/index.ts';
import type { Adapter, Answer, Setup, Sights } from '../adapters/contract/index.ts';
import type { Call, Outcome, Sight } from '../model/vocabulary/index.ts';
import { descriptorsMade, sameButForDescriptors } from './call-facts.ts';
import { createDescriptorNames } from './descriptor-names.ts';
import type { DescriptorNames } from './descriptor-names.ts';
import type { PlannedStep } from './plan.ts';

/** The answers to a run, with descriptors named as in the model. */
export interface Playback {
  readonly answers: readonly Answer[];
  /** Names the descriptors of a sight that is taken later as in the model. */
  readonly rename: (sight: Sight) => Sight;
}

/** Whoever looks at paths uses the mounts there, and what was used does not expire: such a run is looked at last. */
export function sightsDuring(run: readonly PlannedStep[], wanted: Sights): Sights {
  const marks = ({ step: { call } }: PlannedStep): boolean =>
    call.call === 'umount2' && call.flag === 'MNT_EXPIRE';
  return wanted === 'each' && run.some(marks) ? 'last' : wanted;
}

/**
 * Plays a whole run on an adapter.
 * @throws AdapterFailure
 */
export async function playRun(
  adapter: Adapter,
  setup: Setup,
  run: readonly PlannedStep[],
  wanted: Sights,
): Promise<Playback> {
  const sights = sightsDuring(run, wanted);
  await adapter.reset(setup);
  if (adapter.hello.descriptors === 'opaque') return playTranslated(adapter, run, sights);
  const answers = await adapter.play(
    run.map(({ step }) => step),
    sights,
  );
  return playbackOf(answers, run);
}

/** @throws AdapterFailure if there are more answers than steps, or fewer. */
export function playbackOf(answers: readonly Answer[], run: readonly PlannedStep[]): Playback {
  if (answers.length === run.length) return { answers, rename: (sight) => sight };
  const text = `${answers.length} answers to ${run.length} steps`;
  throw new AdapterFailure('implementation', text);
}

async function playTranslated(
  adapter: Adapter,
  run: readonly PlannedStep[],
  sights: Sights,
): Promise<Playback> {
  const names = createDescriptorNames();
  const answers: Answer[] = [];
  for (const [at, planned] of run.entries()) {
    const { pid } = planned.step;
    const wanted = sights === 'each' || (sights === 'last' && at === run.length - 1);
    const call = withoutMinimum(planned);
    if (call === null) {
      answers.push({ outcome: planned.outcome });
      continue;
    }
    const theirs = { pid, call: names.toTheirs(pid, call, planned.value) };
    const [answer, ...rest] = await adapter.play([theirs], wanted ? 'last' : 'none');
    if (answer === undefined || rest.length > 0) {
      throw new AdapterFailure('implementation', `${rest.length + 1} answers to one step`);
    }
    answers.push(translated(answer, planned, names));
  }
  return { answers, rename: (sight) => translatedSight(sight, names) };
}

/**
 * The call without a lowest number for the copy of a descriptor, which says nothing where numbers are
 * given out in another way; null if all that it asks is whether a number is left.
 */
function withoutMinimum({ step: { call }, outcome }: PlannedStep): Call | null {
  if (call.call !== 'fcntl' || !call.command.startsWith('F_DUPFD')) return call;
  if (outcome.ok) return { ...call, argument: 0 };
  return outcome.errno === 'EMFILE' && call.argument > 0 ? null : call;
}

/** An answer in the model's names. One that the model does not expect keeps the adapter's value. */
function translated(answer: Answer, planned: PlannedStep, names: DescriptorNames): Answer {
  const outcome = translatedOutcome(answer, planned, names);
  const { sight } = answer;
  return sight === undefined
    ? { ...answer, outcome }
    : { ...answer, outcome, sight: translatedSight(sight, names) };
}

function translatedOutcome(
  { outcome }: Answer,
  { step, outcome: expected }: PlannedStep,
  names: DescriptorNames,
): Outcome {
  if (!outcome.ok || !expected.ok) return outcome;
  const noted = names.note(step.pid, step.call, expected.value, outcome.value);
  if (descriptorsMade(step.call, expected.value).length === 0) return outcome;
  const isNamed = sameButForDescriptors(step.call, expected.value, outcome.value);
  return isNamed && noted === 'noted' ? expected : outcome;
}

function translatedSight(sight: Sight, names: DescriptorNames): Sight {
  const processes = sight.processes.map((process) => ({
    ...process,
    descriptors: process.descriptors.flatMap(({ fd, object }) => {
      const ours = names.toOurs(process.pid, fd);
      return ours === undefined ? [] : [{ fd: ours, object }];
    }),
  }));
  return { ...sight, processes };
}

/** How often a system is asked to settle before it counts as settled. */
export const settleAttempts = 20;

/**
 * Lets an adapter settle until the sight is as wanted or attempts are used up.
 * @param leaving the first time no longer than it takes these to be gone (Adapter.settle).
 */
export async function settleUntil(
  adapter: Adapter,
  wanted: (sight: Sight) => boolean,
  leaving?: readonly number[],
): Promise<Sight> {
  let sight = await adapter.settle(leaving);
  for (let attempt = 1; attempt < settleAttempts && !wanted(sight); attempt++) {
    sight = await adapter.settle();
  }
  return sight;
}
