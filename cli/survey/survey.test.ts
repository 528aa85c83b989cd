import { describe, expect, it } from 'vitest';
import { plain } from '../../report/index.ts';
import { idle } from '../../test/idle-program.ts';
import { Interrupted } from '../bad-input.ts';
import { readTarget } from '../check/targets.ts';
import { survey } from './survey.ts';

/** Surveys targets, interrupted once something is shown that begins like this. */
function surveyInterrupted(at: string, ...targets: readonly string[]) {
  const interrupt = new AbortController();
  const show = (text: () => string): void => {
    if (text().startsWith(at)) interrupt.abort();
  };
  return survey(
    targets.map((target) => readTarget(target)),
    { format: 'text' },
    {
      signal: interrupt.signal,
      progress: { show, clear: () => undefined },
      paint: plain,
      say: () => undefined,
    },
  );
}

describe('a survey that is interrupted', () => {
  it('tells what it knows of the targets before', async () => {
    const found = await surveyInterrupted(
      'reference@linux-4.4: ',
      idle,
      'reference@linux-4.4',
      'exec:exit 1',
    );
    const lost = ['reference@linux-4.4', 'exec:exit 1'];
    expect(found.document['notSurveyed']).toEqual(
      lost.map((target) => ({ target, reason: 'interrupted' })),
    );
    expect(found.text).toContain(`\n${idle}: none, nothing could be decided; reference@`);
  });

  it('has nothing to tell where it was the first one', async () => {
    const found = surveyInterrupted('reference: ', 'reference', idle);
    await expect(found).rejects.toThrow(Interrupted);
  });
});
