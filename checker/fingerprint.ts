import type { Words } from './system.types.ts';

/**
 * Spreads the state at from[at .. at + words) over 32 bits, as a signed integer. Its steps are others than those of
 * `hashState`, so that states which agree in the one seldom agree in the other; with another seed it is another one.
 */
export function fingerprintOf(from: Words, at: number, words: number, seed: number): number {
  let sum = seed;
  for (let i = 0; i < words; i += 1) sum = blend(sum, from[at + i] ?? 0);
  sum = Math.imul(sum ^ (sum >>> 16), 0x7feb352d);
  sum = Math.imul(sum ^ (sum >>> 15), 0x846ca68b);
  return sum ^ (sum >>> 16);
}

function blend(sum: number, word: number): number {
  const scaled = Math.imul(word, 0x21f0aaad);
  const turned = (scaled << 15) | (scaled >>> 17);
  const joined = sum ^ Math.imul(turned, 0x735a2d97);
  return (Math.imul((joined << 13) | (joined >>> 19), 5) + 0x165667b1) | 0;
}
