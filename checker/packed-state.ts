import type { Words } from './system.types.ts';

/**
 * Spreads the state at from[at .. at + words) over 32 bits, as a signed integer. The first words
 * are unrolled: a loop over two or three of them costs more than its body.
 */
export function hashState(from: Words, at: number, words: number): number {
  let hash = mix(from[at] ?? 0);
  if (words > 1) hash = mix(hash ^ (from[at + 1] ?? 0));
  if (words > 2) hash = mix(hash ^ (from[at + 2] ?? 0));
  if (words > 3) hash = mix(hash ^ (from[at + 3] ?? 0));
  for (let i = 4; i < words; i += 1) hash = mix(hash ^ (from[at + i] ?? 0));
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 15);
}

/** A bijection, so states that differ in one word only have different hashes. */
function mix(word: number): number {
  const product = Math.imul(word, 0x85ebca6b);
  return product ^ (product >>> 13);
}

/** Whether a[at .. at + words) and b[start .. start + words) are the same state. */
export function sameState(a: Words, at: number, b: Words, start: number, words: number): boolean {
  if (a[at] !== b[start]) return false;
  if (words > 1 && a[at + 1] !== b[start + 1]) return false;
  if (words > 2 && a[at + 2] !== b[start + 2]) return false;
  if (words > 3 && a[at + 3] !== b[start + 3]) return false;
  for (let i = 4; i < words; i += 1) {
    if (a[at + i] !== b[start + i]) return false;
  }
  return true;
}

/** Copies the state at from[at .. at + words) to to[start .. start + words). */
export function copyState(from: Words, at: number, to: Words, start: number, words: number): void {
  to[start] = from[at] ?? 0;
  if (words > 1) to[start + 1] = from[at + 1] ?? 0;
  if (words > 2) to[start + 2] = from[at + 2] ?? 0;
  if (words > 3) to[start + 3] = from[at + 3] ?? 0;
  for (let i = 4; i < words; i += 1) to[start + i] = from[at + i] ?? 0;
}
