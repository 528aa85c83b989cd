import { describe, expect, it } from 'vitest';
import { expectGolden } from '../test/golden-file.ts';
import { plain, scopeDocument, verifySummary, verifyText } from './index.ts';
import { passing, tagged, unfinished, vacuous, violated } from './results.test-data.ts';

const everyLimit = (['states', 'memory', 'time', 'interrupt'] as const).map(unfinished);

describe('what verifying found', () => {
  it('is a table, then each scope, with counterexamples as traces', () => {
    expectGolden('verify.txt', verifyText([passing, vacuous, violated], plain));
  });

  it('says what ended a search early', () => {
    expectGolden('verify-limits.txt', verifyText(everyLimit, plain));
  });

  it('sets off verdicts in colour and keeps the columns straight', () => {
    const reports = [passing, violated, ...everyLimit.slice(0, 1)];
    expectGolden('verify-colours.txt', verifyText(reports, tagged));
  });

  it('says how far a lossy search can be trusted', () => {
    const lines = (omission: number): readonly string[] =>
      verifyText([{ ...passing, omission }], tagged).split('\n');
    expect(lines(3.14159e-7).filter((line) => line.includes('lossy'))).toEqual([
      '  <doubtful>lossy</doubtful>: a state was left out with a probability of 3.1e-7 at most',
    ]);
    expect(lines(0)).toContain('  <doubtful>lossy</doubtful>: a state was left out not at all');
    expect(scopeDocument({ ...passing, omission: 0.25 })).toMatchObject({ omission: 0.25 });
    expect(scopeDocument(passing)).not.toHaveProperty('omission');
  });

  it('counts searches by verdict', () => {
    expect(verifySummary([passing], plain)).toBe('one search: 1 passed');
    expect(verifySummary([passing, vacuous, ...everyLimit], plain)).toBe(
      '6 searches: 1 passed, 1 failed, 4 inconclusive',
    );
  });

  it('says by how many traces every transition is taken, and where they are', () => {
    const covering = { kind: 'complete', traces: 1234, calls: 9876, distinct: 4321 } as const;
    const lines = verifyText(
      [
        { ...passing, covering },
        { ...passing, covering },
      ],
      plain,
      'here',
    )
      .trimEnd()
      .split('\n');
    expect(lines).toContain('  covered: 4,321 distinct transitions by 9,876 calls in 1,234 traces');
    expect(lines.at(-1)).toBe('2 searches: 2 passed; 2,468 traces written to here');
  });

  it('says that no traces were written if not all could be found', () => {
    const covering = { kind: 'complete', traces: 1, calls: 1, distinct: 1 } as const;
    const limited = {
      ...unfinished('states'),
      covering: { kind: 'limit', limit: 'states' },
    } as const;
    const text = verifyText([{ ...passing, covering }, limited], tagged, 'here');
    expect(text).toContain('  <doubtful>not covered by traces</doubtful>');
    const last = '; no traces were written, as not all could be found\n';
    expect(text).toContain(last);
    expect(verifyText([passing], plain, 'here')).toContain(last);
  });

  it('keeps out of the document how far a search came by the time it was stopped', () => {
    expect(scopeDocument(unfinished('time'))).toMatchObject({ counts: null, goals: null });
    expect(scopeDocument(unfinished('interrupt'))).toMatchObject({ neverTaken: null });
    expect(scopeDocument(unfinished('states'))).toMatchObject({ counts: { states: 43_779 } });
    expect(scopeDocument(passing)).toMatchObject({ goals: [{ steps: 2 }, { steps: 5 }] });
  });
});
