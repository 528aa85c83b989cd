import { AdapterFailure } from '../adapters/contract/index.ts';
import type { Adapter, Answer, Setup, Sights } from '../adapters/contract/index.ts';
import type { Outcome, Sight } from '../model/vocabulary/index.ts';
import { resultKind } from './call-facts.ts';
import { createDescriptorNames } from './descriptor-names.ts';
import type { DescriptorNames } from './descriptor-names.ts';
import type { PlannedStep } from './plan.ts';

/** The answers to a run, with descriptors named as in the model. */
export interface Playback {
  readonly answers: readonly Answer[];
  /** Names the descriptors of a sight that is taken later as in the model. */
  readonly rename: (sight: Sight) => Sight;
}

/**
 * Plays a whole run on an adapter.
 * @throws AdapterFailure
 */
export async function playRun(
  adapter: Adapter,
  setup: Setup,
  run: readonly PlannedStep[],
  sights: Sights,
): Promise<Playback> {
  await adapter.reset(setup);
  if (adapter.hello.descriptors === 'opaque') return playTranslated(adapter, run, sights);
  const answers = await adapter.play(
    run.map(({ step }) => step),
    sights,
  );
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
    const { pid, call } = planned.step;
    const wanted = sights === 'each' || (sights === 'last' && at === run.length - 1);
    const theirs = { pid, call: names.toTheirs(pid, call) };
    const [answer, ...rest] = await adapter.play([theirs], wanted ? 'last' : 'none');
    if (answer === undefined || rest.length > 0) {
      throw new AdapterFailure('implementation', `${rest.length + 1} answers to one step`);
    }
    answers.push(translated(answer, planned, names));
  }
  return { answers, rename: (sight) => translatedSight(sight, names) };
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
  const isName = resultKind(step.call.call) === 'descriptor' && noted === 'noted';
  return isName ? expected : outcome;
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

/** Lets an adapter settle until the sight is as wanted or attempts are used up. */
export async function settleUntil(
  adapter: Adapter,
  wanted: (sight: Sight) => boolean,
): Promise<Sight> {
  let sight = await adapter.settle();
  for (let attempt = 1; attempt < settleAttempts && !wanted(sight); attempt++) {
    sight = await adapter.settle();
  }
  return sight;
}
