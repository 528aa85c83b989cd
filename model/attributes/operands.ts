/** What numbers and pointers mean to a call; undefined where the specification has no such thing. */
import type { Path } from '../vocabulary/index.ts';
import type { Pointer } from './bytes.ts';

/** A descriptor, which a kernel takes for an int. */
export const toInt = (number: number): number => number | 0;

export function pathOf(pointer: Pointer): Path | undefined {
  if (pointer.kind === 'string') return pointer.text;
  return pointer.kind === 'nowhere' ? null : undefined;
}

/** The word that a pointer leads to: a key, or a value; null where it leads nowhere. */
export function wordOf(pointer: Pointer): number | null | undefined {
  if (pointer.kind === 'word') return pointer.word;
  return pointer.kind === 'nowhere' ? null : undefined;
}
