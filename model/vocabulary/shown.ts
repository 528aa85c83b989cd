/** What stat(2) and statx(2) show, as the values that they succeed with. */
import type { Uid } from './permission-calls.types.ts';

/** What stat(2) shows of a file. */
export interface StatShown {
  /** A pin is a file to it. */
  readonly kind: 'directory' | 'file';
  /** Names; of a directory two more than the directories in it. */
  readonly nlink: number;
}

/** What is shown, as one value. */
export const statValue = ({ kind, nlink }: StatShown): number =>
  2 * nlink + (kind === 'directory' ? 1 : 0);

/** What `statValue` made a value of. */
export const statOf = (value: number): StatShown => ({
  kind: value % 2 === 1 ? 'directory' : 'file',
  nlink: Math.floor(value / 2),
});

/** What statx(2) shows of a file. */
export interface StatxShown {
  readonly kind: 'directory' | 'file';
  /** Permission bits. */
  readonly mode: number;
  readonly owner: Uid;
}

const modeRadix = 0o10000;

/** What is shown, as one value. */
export const statxValue = ({ kind, mode, owner }: StatxShown): number =>
  2 * (mode + modeRadix * (owner === 0 ? 0 : 1)) + (kind === 'directory' ? 1 : 0);

/** What `statxValue` made a value of. */
export const statxOf = (value: number): StatxShown => ({
  kind: value % 2 === 1 ? 'directory' : 'file',
  mode: Math.floor(value / 2) % modeRadix,
  owner: Math.floor(value / 2) < modeRadix ? 0 : 65534,
});
