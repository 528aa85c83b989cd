import { describe, expect, it } from 'vitest';
import { BadInput } from '../bad-input.ts';
import { questionLine, readQuestion } from './question.ts';
import type { PlanQuestion } from './question.ts';

const question: PlanQuestion = {
  ...{ suite: '1.2.3', profile: 'linux-4.4', seed: 7, runs: 10, length: 20, phase: null },
  settings: [{ name: 'instance', value: 'per-mount' }],
  shard: { index: 1, of: 4 },
  corpus: [{ file: 'a.trace', text: '1 fork() = 2\n' }],
};

function refusal(line: string): string {
  try {
    readQuestion(line, '1.2.3', 'ANSWERS');
  } catch (error) {
    if (error instanceof BadInput) return error.message;
    throw error;
  }
  return 'none';
}

describe('the question of a plan', () => {
  it('is one line, and is read again as it was written', () => {
    expect(questionLine(question)).not.toContain('\n');
    expect(readQuestion(questionLine(question), '1.2.3', 'ANSWERS')).toEqual(question);
    const plain = { ...question, phase: 'short', shard: null, corpus: null } as const;
    expect(readQuestion(questionLine(plain), '1.2.3', 'ANSWERS')).toEqual(plain);
  });

  it('of another version is for that version', () => {
    expect(refusal(questionLine({ ...question, suite: '2.0.0' }))).toBe(
      'the answers in ANSWERS are to a plan of pinproof 2.0.0, and this is 1.2.3: judge them with that version, or make a new plan.',
    );
  });

  const damaged =
    'the question in the third line of ANSWERS is damaged: let the agent play the plan again.';

  it.each([
    ['', 'null'],
    ['no JSON', '{'],
    ['no object', '[]'],
    ['another profile', { profile: 'linux-9' }],
    ['another phase', { phase: 'long' }],
    ['a number below 0', { runs: -1 }],
    ['an odd shard', { shard: 3 }],
    ['a shard beyond the last', { shard: { index: 4, of: 4 } }],
    ['an odd corpus', { corpus: [1] }],
    ['a corpus without texts', { corpus: [{ file: 'a' }] }],
    ['odd switches', { switches: 'x' }],
    ['an unknown switch', { switches: ['speed=high'] }],
  ])('with %s is damaged', (_, change) => {
    const line =
      typeof change === 'string'
        ? change
        : JSON.stringify({
            ...(JSON.parse(questionLine(question)) as Record<string, unknown>),
            ...change,
          });
    expect(refusal(line)).toBe(damaged);
  });
});
