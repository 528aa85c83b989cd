import { describe, expect, it } from 'vitest';
import { AdapterFailure } from '../../adapters/contract/index.ts';
import { conforming } from '../../report/results.test-data.ts';
import { Interrupted } from '../bad-input.ts';
import { checkOrAbsence } from './absence.ts';

describe('one check of several', () => {
  it('is what it found', async () => {
    const run = { report: conforming, milliseconds: 1 };
    expect(await checkOrAbsence('linux', () => Promise.resolve(run))).toBe(run);
  });

  it('is skipped where the target is missing, with the reason', async () => {
    const missing = (): Promise<{ missing: string }> => Promise.resolve({ missing: 'no root' });
    expect(await checkOrAbsence('linux', missing)).toEqual({ target: 'linux', skipped: 'no root' });
  });

  it('is skipped once the user has interrupted', async () => {
    const interrupted = (): Promise<never> => Promise.reject(new Interrupted());
    expect(await checkOrAbsence('linux', interrupted)).toEqual({
      target: 'linux',
      skipped: 'interrupted',
    });
  });

  it('is broken where our own side fails, and other errors are not swallowed', async () => {
    const fails = (error: Error) => () => Promise.reject(error);
    const failure = new AdapterFailure('harness', 'The agent\nended.');
    expect(await checkOrAbsence('linux', fails(failure))).toEqual({
      target: 'linux',
      broken: 'The agent ended.',
    });
    await expect(checkOrAbsence('linux', fails(new Error('a bug')))).rejects.toThrow('a bug');
  });
});
