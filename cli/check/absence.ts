import { AdapterFailure } from '../../adapters/contract/index.ts';
import type { BrokenCheck, SkippedCheck } from '../../report/index.ts';
import { Interrupted, messageOf } from '../bad-input.ts';
import type { CheckRun } from './measurement.ts';

/**
 * What a check found, or why there is nothing: where one part of several cannot be done, what the
 * others found is worth more than the failure.
 */
export async function checkOrAbsence(
  target: string,
  check: () => Promise<CheckRun | { readonly missing: string }>,
): Promise<CheckRun | SkippedCheck | BrokenCheck> {
  try {
    const run = await check();
    return 'missing' in run ? { target, skipped: run.missing } : run;
  } catch (failure) {
    if (failure instanceof Interrupted) return { target, skipped: failure.message };
    if (!(failure instanceof AdapterFailure)) throw failure;
    return { target, broken: messageOf(failure) };
  }
}
