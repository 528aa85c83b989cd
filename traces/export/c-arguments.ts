/** Arguments of calls as C writes them. */
import { accessFlagBits } from '../../model/vocabulary/index.ts';
import type { AccessFlags, Fd, Path } from '../../model/vocabulary/index.ts';
import { printString } from '../c-string.ts';

/** A string in the escapes of the trace format, which are those of C; no trigraph is left in it. */
export const cString = (text: Path): string =>
  text === null ? 'NULL' : printString(text).replaceAll('??', '?\\?');

/** Where a relative path starts. */
export const cStart = (fd: Fd | undefined): string => (fd === undefined ? 'AT_FDCWD' : `${fd}`);

/** A key or a value behind its pointer. */
export const cWord = (word: number | null): string => (word === null ? 'NULL' : `WORD(${word}u)`);

/** The bits that restrict a new descriptor. */
export const cAccess = ({ access }: { readonly access?: AccessFlags }): number =>
  access === undefined ? 0 : accessFlagBits[access];

/** A mode of permissions. */
export const cOctal = (mode: number): string => `0${mode.toString(8)}`;
