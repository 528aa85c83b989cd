/** What a plan asks, as one line of its file; who judges the answers reads it from there. */
import { isProfileName } from '../../model/index.ts';
import type { ProfileName } from '../../model/index.ts';
import type { Shard } from '../arguments.ts';
import { BadInput } from '../bad-input.ts';
import type { SwitchSetting } from '../selection.ts';
import { switchSetting } from '../selection.ts';

/** A file of a corpus, with its text: who judges has no other copy. */
export interface QuestionTrace {
  readonly file: string;
  readonly text: string;
}

/** All that the runs of a plan depend on. */
export interface PlanQuestion {
  /** The version of the suite: another one may draw other runs. */
  readonly suite: string;
  /** The profile that the runs are drawn for, and the switches in which it is another. */
  readonly profile: ProfileName;
  readonly settings: readonly SwitchSetting[];
  readonly seed: number;
  readonly runs: number;
  readonly length: number;
  /** null: both. */
  readonly phase: 'short' | 'random' | null;
  readonly shard: Shard | null;
  readonly corpus: readonly QuestionTrace[] | null;
}

export function questionLine({ settings, ...rest }: PlanQuestion): string {
  const switches = settings.map(({ name, value }) => `${name}=${value}`);
  return JSON.stringify({ ...rest, switches });
}

/**
 * Reads the line again.
 * @throws BadInput if it is of another version or no such line.
 */
export function readQuestion(line: string, suite: string, file: string): PlanQuestion {
  const fields = fieldsOf(line);
  const written = fields['suite'];
  if (typeof written !== 'string') throw damaged(file);
  if (written !== suite) {
    throw new BadInput(
      `the answers in ${file} are to a plan of pinproof ${written}, and this is ${suite}: judge them with that version, or make a new plan.`,
    );
  }
  try {
    return questionOf(fields, suite);
  } catch (error) {
    if (error instanceof BadInput) throw error;
    throw damaged(file);
  }
}

type Fields = Readonly<Record<string, unknown>>;

const damaged = (file: string): BadInput =>
  new BadInput(
    `the question in the third line of ${file} is damaged: let the agent play the plan again.`,
  );

function fieldsOf(line: string): Fields {
  try {
    const read: unknown = JSON.parse(line);
    return isFields(read) ? read : {};
  } catch {
    return {};
  }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Throws where a field is not as it is written. */
function questionOf(fields: Fields, suite: string): PlanQuestion {
  const { profile, switches, phase } = fields;
  if (typeof profile !== 'string' || !isProfileName(profile)) throw new Error('profile');
  if (phase !== 'short' && phase !== 'random' && phase !== null) throw new Error('phase');
  return {
    suite,
    profile,
    settings: listIn(switches).map((one) => switchSetting(textIn(one))),
    seed: numberIn(fields['seed']),
    runs: numberIn(fields['runs']),
    length: numberIn(fields['length']),
    phase,
    shard: shardIn(fields['shard']),
    corpus: corpusIn(fields['corpus']),
  };
}

function listIn(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error('list');
  return value;
}

function textIn(value: unknown): string {
  if (typeof value !== 'string') throw new Error('text');
  return value;
}

function numberIn(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new Error('number');
  }
  return value;
}

function shardIn(value: unknown): Shard | null {
  if (value === null) return null;
  if (!isFields(value)) throw new Error('shard');
  const shard = { index: numberIn(value['index']), of: numberIn(value['of']) };
  if (shard.index >= shard.of) throw new Error('shard');
  return shard;
}

function corpusIn(value: unknown): readonly QuestionTrace[] | null {
  if (value === null) return null;
  return listIn(value).map((one) => {
    if (!isFields(one)) throw new Error('corpus');
    return { file: textIn(one['file']), text: textIn(one['text']) };
  });
}
