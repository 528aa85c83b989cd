import { describe, expect, it } from 'vitest';
import { expectGolden } from '../test/golden-file.ts';
import { plain, replayText } from './index.ts';
import type { ReplayReport } from './index.ts';
import { beyondBounds, replayed } from './replay-results.test-data.ts';
import { tagged } from './results.test-data.ts';

/** One trace whose recorded outcome, or the lack of an answer, deviates. */
const deviatingTrace: ReplayReport = {
  ...beyondBounds,
  targets: ['linux'],
  rows: [
    {
      line: 3,
      call: '1 dup(3)',
      recorded: '4',
      allowed: [{ answer: 'EBADF', clause: 'dup.fd-closed', source: null }],
      answers: [null],
    },
  ],
  verdicts: [
    { of: 'trace', verdict: 'deviates', row: 0, reason: '', property: null, skippedFrom: null },
    { of: 'linux', verdict: 'deviates', row: 0, reason: '', property: null, skippedFrom: null },
  ],
};

/** One target breaks a property with an outcome that is allowed, the other was not asked. */
const beyondOutcomes: ReplayReport = {
  ...replayed,
  title: null,
  rows: replayed.rows.map((row) => ({ ...row, answers: [row.recorded ?? '0', null] })),
  verdicts: [
    {
      of: 'linux',
      verdict: 'deviates',
      row: 1,
      property: 'singleton-per-namespace',
      reason: 'There is one instance.',
      skippedFrom: null,
    },
    {
      of: 'exec:./mine',
      verdict: 'inconclusive',
      row: 0,
      property: null,
      reason: 'fork is not declared',
      skippedFrom: 0,
    },
  ],
};

describe('replayed traces', () => {
  it('stand side by side with the model and every target, with a mark where one deviates', () => {
    expectGolden(
      'replay.txt',
      replayText([replayed, beyondBounds, deviatingTrace, beyondOutcomes], plain),
    );
  });

  it('are followed by what they were shrunk to', () => {
    const shrunk = [
      { of: 'trace', trace: ['#: profile: linux-4.4', '1 dup(3) = 4'], calls: 1 },
      { of: 'linux', trace: null, notShrunk: 'not-again', calls: 0 },
      { of: 'reference', trace: null, notShrunk: 'interrupted', calls: 0 },
    ] as const;
    const text = replayText([{ ...deviatingTrace, shrunk }], plain);
    expect(text.split('\n').slice(-8)).toEqual([
      '  trace: shrunk from 1 call to 1, with the same deviation:',
      '    #: profile: linux-4.4',
      '    1 dup(3) = 4',
      '  linux: not shrunk, since it did not deviate so again',
      '  reference: not shrunk, since it was interrupted before it had deviated so again',
      '',
      '1 replay, compared with the model: 0 conforming, 2 deviating',
      '',
    ]);
  });

  it('say nothing of what is allowed where the model met a bound before', () => {
    const behind = deviatingTrace.verdicts.slice(1).map((one) => ({ ...one, row: 1 }));
    const rows = beyondBounds.rows.map((row) => ({ ...row, answers: ['3'] }));
    const text = replayText(
      [{ ...beyondBounds, targets: ['linux'], rows, verdicts: behind }],
      plain,
    );
    expect(text).toContain('  linux: deviates at line 2: the answer is 3\n');
  });

  it('have their verdicts set off in colour', () => {
    const text = replayText([replayed, beyondBounds], tagged);
    expect(text).toContain('<good>conforms</good>');
    expect(text).toContain('<bad>deviates at line 7</bad>');
    expect(text).toContain('<doubtful>inconclusive at line 1</doubtful>');
    expect(text).toContain('<bad>EINVAL <<');
  });
});
