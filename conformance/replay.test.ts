import { describe, expect, it } from 'vitest';
import { AdapterFailure } from '../adapters/contract/index.ts';
import { createReference } from '../adapters/reference/index.ts';
import { fail, succeed } from '../model/vocabulary/index.ts';
import type { Call, Outcome } from '../model/vocabulary/index.ts';
import { replay } from './replay.ts';
import type { RecordedStep } from './replay.ts';
import { specify } from './specify.ts';

const by1 = (call: Call, outcome?: Outcome): RecordedStep =>
  outcome === undefined ? { step: { pid: 1, call } } : { step: { pid: 1, call }, outcome };
const mountA = { call: 'mount', target: '/mnt/a' } as const;
const mountB = { call: 'mount', target: '/mnt/b' } as const;
const makeInA = { call: 'mkdir', path: '/mnt/a/d' } as const;
const makeInB = { call: 'mkdir', path: '/mnt/b/d' } as const;

const targets = [
  { name: 'old', adapter: createReference('linux-4.4') },
  { name: 'new', adapter: createReference('linux-6.18') },
];

describe('a replay', () => {
  it('shows what was recorded, what is allowed and what each target answers', async () => {
    const trace = [by1(mountA), by1(mountB), by1(makeInA), by1(makeInB, fail('EEXIST'))];
    const { rows, verdicts } = await replay(specify('linux-4.4'), trace, targets, []);
    expect(rows[3]).toMatchObject({
      recorded: fail('EEXIST'),
      allowed: [{ outcome: fail('EEXIST'), row: 'mkdir.name-taken' }],
      answers: [fail('EEXIST'), succeed(0)],
    });
    expect(verdicts).toEqual([
      { of: 'trace', verdict: 'conforms', at: null, reason: '' },
      { of: 'old', verdict: 'conforms', at: null, reason: '' },
      { of: 'new', verdict: 'deviates', at: 3, reason: '' },
    ]);
  });

  it('gives no verdict on a trace without outcomes', async () => {
    const { rows, verdicts } = await replay(specify('linux-6.18'), [by1(mountA)], [], []);
    expect(verdicts).toEqual([]);
    expect(rows[0]).toMatchObject({ recorded: null, answers: [] });
  });

  it('is inconclusive where the model meets a bound', async () => {
    const trace = [by1(makeInA, succeed(0))];
    const { rows, verdicts } = await replay(specify('linux-6.18'), trace, [], []);
    expect(verdicts).toEqual([
      { of: 'trace', verdict: 'inconclusive', at: 0, reason: 'bound.host' },
    ]);
    expect(rows[0]?.allowed).toEqual([]);
  });

  it('goes on where the recorded outcome is not allowed', async () => {
    const trace = [by1(mountA, fail('EPERM')), by1(makeInA, succeed(0))];
    const { rows, verdicts } = await replay(specify('linux-6.18'), trace, [], []);
    expect(verdicts).toEqual([{ of: 'trace', verdict: 'deviates', at: 0, reason: '' }]);
    expect(rows[1]?.allowed).toMatchObject([{ row: 'mkdir.ok' }]);
  });

  it('says why a target that died did', async () => {
    const adapter = {
      ...createReference('linux-6.18'),
      play() {
        throw new AdapterFailure('implementation', 'it hung');
      },
    };
    const { rows, verdicts } = await replay(
      specify('linux-6.18'),
      [by1(mountA)],
      [{ name: 'dead', adapter }],
      [],
    );
    expect(verdicts).toEqual([{ of: 'dead', verdict: 'deviates', at: 0, reason: 'it hung' }]);
    expect(rows[0]?.answers).toEqual([null]);
  });
});
