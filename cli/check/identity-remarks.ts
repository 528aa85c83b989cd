/** What reports say of how objects were known. */
import type { Hello } from '../../adapters/contract/index.ts';

/** A line where objects had no ids; else nothing. */
export const identityRemarks = ({
  identities,
}: {
  readonly identities?: Hello['identities'] | 'ids';
}): readonly string[] =>
  identities !== 'cookies'
    ? []
    : [
        'objects had no ids: which map it is, and that it is alive, was told by a cookie in it, read through whatever leads to it; of programs, and of maps that hold objects, nothing was told',
      ];
