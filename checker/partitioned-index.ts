import { bytesOfPartitioned, largestSlotBits, maskOf, partsBitsOf } from './partitioned-layout.ts';
import type { PartitionedLayout } from './partitioned-layout.ts';
import type { StateStore } from './state-store.ts';
import type { Words } from './system.types.ts';

/** What it adds to and what it may take. */
export interface PartitionedGround {
  readonly store: StateStore;
  /** Bits in use of either word of a state. */
  readonly widths: readonly [number, number];
  /** Asked for bytes; those that are given back are negative. */
  readonly reserve: (bytes: number) => boolean;
  readonly maxStates: number;
}

export interface PartitionedIndex {
  /** Takes the first `size` states of a batch: they are looked up now or at the next `settle`. */
  readonly add: (batch: Words, size: number) => void;
  /** Looks up all that wait. */
  readonly settle: () => void;
  readonly limit: () => 'states' | 'memory' | undefined;
}

/** From so many slots on it grows twofold; below that fourfold, to be filled anew less often. */
const thriftyBits = 24;

/** So many states are first looked up in the one slot that they belong to. */
const blockSize = 1 << 9;

/** What one half of a state does to the other; a number of 32 - `shift` bits. */
function spread(half: number, factor: number, second: number, shift: number): number {
  const product = Math.imul(half, factor);
  return Math.imul(product ^ (product >>> 15), second) >>> shift;
}

/** Within bounds, which the type does not know. */
const wordOf = (from: Int32Array, at: number): number => from[at] ?? 0;

const [factorA, factorB, factorC] = [0x85ebca6b, 0xc2b2ae35, 0x9e3779b1];

/**
 * An exact index that never reads a stored state again. A state's two halves are mixed by three
 * rounds, each of which can be undone, so that the mixed halves are the state: the upper bits choose
 * a slot, and the slot keeps the rest and how far away from the chosen slot it is. One word says it all.
 *
 * States wait until many are there that belong to one part of the slots. That part is in a near
 * cache while they are looked up, where one by one each of them would have waited for memory. The
 * numbers of states so depend on the layout; which states there are on a level does not.
 */
export function createPartitionedIndex(
  { store, widths, reserve, maxStates }: PartitionedGround,
  layout: PartitionedLayout,
  startBits: number,
): PartitionedIndex | undefined {
  const [lowWidth, highWidth] = widths;
  const leftBits = (lowWidth + highWidth) >>> 1;
  const rightBits = lowWidth + highWidth - leftBits;
  /** Bits of the low word that go into the right half. */
  const carried = lowWidth - leftBits;
  const [leftMask, rightMask, carriedMask] = [maskOf(leftBits), maskOf(rightBits), maskOf(carried)];
  const [leftShift, rightShift] = [32 - leftBits, 32 - rightBits];
  const capacity = 2 << layout.waitingBits;
  const state = new Uint32Array(2);
  /** Of a block, where those wait that are not in that slot. */
  const unsure = new Int32Array(blockSize);
  let slotBits = 0;
  let partsBits = 0;
  let slots = new Int32Array(0);
  /** Mixed halves, left and right in turn, `capacity` words for each part; and where the next ones go. */
  let waiting = new Int32Array(0);
  let used = new Int32Array(0);
  let limit: 'states' | 'memory' | undefined;
  /** The state that was mixed last. */
  let [left, right] = [0, 0];

  function mix(low: number, high: number): void {
    const plain = ((low >>> leftBits) | (high << carried)) & rightMask;
    const once = (low & leftMask) ^ spread(plain, factorA, factorB, leftShift);
    right = plain ^ spread(once, factorC, factorA, rightShift);
    left = once ^ spread(right, factorB, factorC, leftShift);
  }

  function add(batch: Words, size: number): void {
    if (limit !== undefined) return;
    for (let i = 0; i < size; i += 1) {
      mix((batch[2 * i] ?? 0) | 0, (batch[2 * i + 1] ?? 0) | 0);
      wait(left, right);
    }
  }

  function wait(mixedLeft: number, mixedRight: number): void {
    const part = mixedLeft >>> (leftBits - partsBits);
    const at = wordOf(used, part);
    waiting[at] = mixedLeft;
    waiting[at + 1] = mixedRight;
    used[part] = at + 2;
    if (((at + 2) & (capacity - 1)) === 0) drain(part);
  }

  /** Undoes the mixing and stores the state. */
  function append(mixedLeft: number, mixedRight: number): void {
    const once = mixedLeft ^ spread(mixedRight, factorB, factorC, leftShift);
    const plain = mixedRight ^ spread(once, factorC, factorA, rightShift);
    state[0] =
      (once ^ spread(plain, factorA, factorB, leftShift)) | ((plain & carriedMask) << leftBits);
    state[1] = plain >>> carried;
    store.append(state, 0);
  }

  function settle(): void {
    for (let part = 0; part < used.length; part += 1) drain(part);
  }

  /** Looks up what waits for a part. */
  function drain(part: number): void {
    const size = (wordOf(used, part) - part * capacity) >>> 1;
    if (size === 0 || limit !== undefined) return;
    if (!store.makeRoom(size)) {
      limit = 'memory';
      return;
    }
    const fits = 5 * (store.count() + size) <= 4 * slots.length;
    if (fits && lookUp(part * capacity, size)) used[part] = part * capacity;
    else if (grow()) settle();
    else limit ??= 'memory';
  }

  /** False if a slot can't tell how far a state is away; those before it are looked up. */
  function lookUp(from: number, size: number): boolean {
    const end = from + 2 * size;
    for (let first = from; first < end && limit === undefined; first += 2 * blockSize) {
      if (!lookUpUnsure(sift(first, Math.min(end, first + 2 * blockSize)))) return false;
    }
    return true;
  }

  /**
   * Puts aside those that are not in the slot that they belong to, and tells how many. Most are, and as
   * nothing here depends on which, the processor need not guess.
   */
  function sift(first: number, end: number): number {
    const [up, down] = [slotBits - leftBits, rightBits - (slotBits - leftBits)];
    const [restMask, restShift] = [maskOf(down), 32 - down];
    const table = slots;
    const pairs = waiting;
    let count = 0;
    for (let k = first; k < end; k += 2) {
      const mixedRight = wordOf(pairs, k + 1);
      const entry = wordOf(table, (wordOf(pairs, k) << up) | (mixedRight >>> down));
      const difference = entry ^ (((mixedRight & restMask) << restShift) | 1);
      unsure[count] = k;
      count += (difference | -difference) >>> 31;
    }
    return count;
  }

  /** Looks up what was put aside. */
  function lookUpUnsure(count: number): boolean {
    const [up, down] = [slotBits - leftBits, rightBits - (slotBits - leftBits)];
    const [restMask, restShift] = [maskOf(down), 32 - down];
    const [slotMask, distanceMask] = [maskOf(slotBits), maskOf(layout.distanceBits)];
    const table = slots;
    const pairs = waiting;
    for (let i = 0; i < count; i += 1) {
      const k = wordOf(unsure, i);
      const mixedLeft = wordOf(pairs, k);
      const mixedRight = wordOf(pairs, k + 1);
      let slot = (mixedLeft << up) | (mixedRight >>> down);
      let wanted = ((mixedRight & restMask) << restShift) | 1;
      let entry = wordOf(table, slot);
      while (entry !== wanted) {
        if (entry === 0) {
          if (store.count() >= maxStates) {
            limit = 'states';
            return true;
          }
          append(mixedLeft, mixedRight);
          table[slot] = wanted;
          break;
        }
        slot = (slot + 1) & slotMask;
        wanted = (wanted + 1) | 0;
        if ((wanted & distanceMask) === 0) return false;
        entry = wordOf(table, slot);
      }
    }
    return true;
  }

  /** Twice or four times the slots, or more if a state would stand too far away, filled anew from the store. */
  function grow(): boolean {
    const before = { waiting, used };
    do if (!resize(slotBits + (slotBits < thriftyBits ? 2 : 1))) return false;
    while (!enterAll());
    before.used.forEach((end, part) => {
      for (let k = part * capacity; k < end; k += 2)
        wait(wordOf(before.waiting, k), wordOf(before.waiting, k + 1));
    });
    return limit === undefined;
  }

  /** Empty slots and empty waiting rooms; what was there is let go first. */
  function resize(bits: number): boolean {
    const more = bytesOfPartitioned(bits, layout) - slots.byteLength - waiting.byteLength;
    if (bits > largestSlotBits || !reserve(more)) return false;
    [slotBits, partsBits] = [bits, partsBitsOf(bits, layout)];
    slots = new Int32Array(0);
    slots = new Int32Array(2 ** slotBits);
    waiting = new Int32Array(capacity * 2 ** partsBits);
    used = Int32Array.from({ length: 2 ** partsBits }, (_, part) => part * capacity);
    return true;
  }

  /** Enters what is stored; false if a slot can't tell how far a state is away. */
  function enterAll(): boolean {
    const count = store.count();
    for (let number = 0; number < count; number += 1) {
      const [segment, at] = [store.segment(number), store.offset(number)];
      mix(segment[at] ?? 0, segment[at + 1] ?? 0);
      if (!enter()) return false;
    }
    return true;
  }

  /** Enters the state that was mixed last, which has no slot yet. */
  function enter(): boolean {
    const down = rightBits - (slotBits - leftBits);
    let slot = (left << (slotBits - leftBits)) | (right >>> down);
    let entry = ((right & maskOf(down)) << (32 - down)) + 1;
    while (slots[slot] !== 0) {
      slot = (slot + 1) & maskOf(slotBits);
      entry = (entry + 1) | 0;
      if ((entry & maskOf(layout.distanceBits)) === 0) return false;
    }
    slots[slot] = entry;
    return true;
  }

  return resize(startBits) && (enterAll() || grow())
    ? { add, settle, limit: () => limit }
    : undefined;
}
