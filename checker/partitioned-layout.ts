/** How a partitioned index is laid out. A search finds the same states whatever it is. */
export interface PartitionedLayout {
  /** Binary logarithm of the slots of a part: 4 bytes each, they are to stay in a near cache. */
  readonly partBits: number;
  /** Binary logarithm of the states that wait for a part at most. */
  readonly waitingBits: number;
  /** Bits of a slot that tell how far a state stands from where it belongs: 1 to 30. */
  readonly distanceBits: number;
}

export const largestSlotBits = 30;

/** More parts would be more streams of writes than a processor follows. */
const mostPartsBits = 8;

/** Binary logarithm of the number of parts. */
export function partsBitsOf(slotBits: number, { partBits }: PartitionedLayout): number {
  return Math.min(Math.max(slotBits - partBits, 0), mostPartsBits);
}

/** What an index of 2^slotBits slots takes, in bytes. */
export function bytesOfPartitioned(slotBits: number, layout: PartitionedLayout): number {
  return 4 * (2 ** slotBits + 2 ** (1 + layout.waitingBits + partsBitsOf(slotBits, layout)));
}

/**
 * Binary logarithm of the least slots with which states of these widths can be told by one word
 * each, or undefined if there is none.
 */
export function leastSlotBits(
  widths: readonly number[],
  { distanceBits }: PartitionedLayout,
): number | undefined {
  const [low = 0, high = 0] = widths;
  const bits = low + high;
  // Both halves have to be whole numbers to V8, and what is left of a state is one bit or more.
  if (widths.length !== 2 || bits <= largestSlotBits || low < bits >>> 1) return undefined;
  const least = Math.max(bits - (32 - distanceBits), (bits + 1) >>> 1);
  return least <= largestSlotBits ? least : undefined;
}

/** The lowest `bits` bits. */
export function maskOf(bits: number): number {
  return bits >= 32 ? -1 : (1 << bits) - 1;
}
