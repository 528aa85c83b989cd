/** The bytes of raw attributes, as far as a size lets the kernel read them. */
import { lowestAddress, type AttrField } from '../vocabulary/index.ts';

/** What 8 bytes hold: an address that leads nowhere (0: NULL), a string, a word; or it can't be told. */
export type Pointer =
  | { readonly kind: 'nowhere'; readonly address: number }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'word'; readonly word: number }
  | { readonly kind: 'odd' };

export interface Bytes {
  /** The little-endian number of `width` bytes; null if an address is part of it. */
  number(offset: number, width: 4 | 8): number | null;
  pointer(offset: number): Pointer;
  /** Whether a byte from `from` on, and before `to`, is not 0; null if an address is cut there. */
  anyBetween(from: number, to: number): boolean | null;
}

export function bytesOf(fields: readonly AttrField[], size: number): Bytes {
  const read = fields.filter(({ offset }) => offset < size);
  const pointers = read.filter(({ value }) => typeof value !== 'number');
  const byteAt = (at: number): number => {
    if (at >= size) return 0;
    const field = read.find(({ offset, width }) => at >= offset && at < offset + width);
    if (field === undefined || typeof field.value !== 'number') return 0;
    return Math.floor(field.value / 2 ** (8 * (at - field.offset))) % 256;
  };
  const overlaps = (from: number, to: number) =>
    pointers.filter(({ offset }) => offset < to && offset + 8 > from);

  function number(offset: number, width: 4 | 8): number | null {
    if (overlaps(offset, offset + width).length > 0) return null;
    let value = 0;
    for (let k = 0; k < width; k++) value += byteAt(offset + k) * 2 ** (8 * k);
    return value;
  }

  return {
    number,
    pointer(offset) {
      const there = pointers.find((field) => field.offset === offset && offset + 8 <= size);
      if (there !== undefined && typeof there.value === 'string') {
        return { kind: 'string', text: there.value };
      }
      if (there !== undefined && typeof there.value === 'object') {
        return { kind: 'word', word: there.value[0] };
      }
      const address = number(offset, 8);
      const leadsNowhere = address !== null && address < lowestAddress;
      return leadsNowhere ? { kind: 'nowhere', address } : { kind: 'odd' };
    },
    anyBetween(from, to) {
      const end = Math.min(to, size);
      // What no field reaches is 0, and a size may be a page.
      for (const { offset, width } of read) {
        const last = Math.min(end, offset + width);
        for (let at = Math.max(from, offset); at < last; at++) if (byteAt(at) !== 0) return true;
      }
      const inside = overlaps(from, end);
      if (inside.some(({ offset }) => offset >= from && offset + 8 <= end)) return true;
      return inside.length > 0 ? null : false;
    },
  };
}
