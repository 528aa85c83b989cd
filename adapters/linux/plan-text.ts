/** Plans as the agent plays them alone; their format is described in agent/plan.c. */
import { crc32 } from 'node:zlib';
import type { Step } from '../../model/vocabulary/index.ts';
import type { Setup, Sights } from '../contract/index.ts';
import { resetLine, settleLine, stepLine } from './encode.ts';

export const planFormat = 'pinproof-plan/1';

/** A run, and what is to be seen of it. */
export interface RunToPlay {
  readonly setup: Setup;
  readonly steps: readonly Step[];
  readonly sights: Sights;
  /** Whether the system is to settle after the last step. */
  readonly settle: 'at-end' | 'never';
}

/**
 * How often the agent lets a system settle: nobody tells it whether it has. Once has always been
 * enough (agent/objects.c).
 */
const settleTimes = 3;

/** Whether a sight is taken after a step. */
export function hasSight({ steps, sights }: RunToPlay, at: number): boolean {
  return sights === 'each' || (sights === 'last' && at === steps.length - 1);
}

/** How many answers a whole run has, behind that to its reset. */
export const answersDue = ({ steps, settle }: RunToPlay): number =>
  steps.length + (settle === 'at-end' ? settleTimes : 0);

function requestsOf(run: RunToPlay): readonly string[] {
  const steps = run.steps.map((step, at) => stepLine(step, hasSight(run, at) ? 'sight' : 'none'));
  const settling = run.settle === 'at-end' ? Array<string>(settleTimes).fill(settleLine) : [];
  return [resetLine(run.setup), ...steps, ...settling];
}

/** The sum of a plan, and its text. */
export interface PlanText {
  /** The first line: the format, how many runs there are, and the sum of all that follows. */
  readonly title: string;
  readonly text: string;
}

/**
 * A plan that asks these runs.
 * @param question one line that the agent copies into its answers.
 * @throws AdapterFailure for a call that is not to be made.
 */
export function planText(question: string, runs: readonly RunToPlay[]): PlanText {
  const blocks = runs.map((run, at) => [`run ${at + 1}`, ...requestsOf(run)].join('\n'));
  const body = [question, ...blocks, ''].join('\n');
  const sum = crc32(body).toString(16).padStart(8, '0');
  const title = `${planFormat} ${runs.length} ${sum}`;
  return { title, text: `${title}\n${body}` };
}
