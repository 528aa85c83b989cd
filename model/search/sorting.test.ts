import { expect, it } from 'vitest';
import { functionOfText } from './generated.ts';
import { sorting } from './sorting.ts';

/** Every order of some numbers. */
function ordersOf(numbers: readonly number[]): readonly (readonly number[])[] {
  if (numbers.length === 0) return [[]];
  return numbers.flatMap((first) =>
    ordersOf(numbers.filter((other) => other !== first)).map((rest) => [first, ...rest]),
  );
}

it.each([1, 2, 3, 4, 5, 6])('puts %i rows in the order of their colours, from any', (size) => {
  const order = new Int32Array(size + 3);
  const colour = new Int32Array(size + 4);
  const base = 2;
  const sort = functionOfText('sorting', ['order', 'colour'], sorting('1', size, base));
  const rows = Array.from({ length: size }, (_, k) => k + 1);
  // Two of the rows have one colour.
  for (const row of rows) colour[base + row] = 10 * Math.max(2, row);
  for (const from of ordersOf(rows)) {
    order.set(from, 1);
    sort(order, colour);
    const sorted = [...order.subarray(1, 1 + size)];
    expect(sorted.map((row) => colour[base + row])).toEqual(
      rows.map((row) => 10 * Math.max(2, row)).reverse(),
    );
    expect([...sorted].sort((a, b) => a - b)).toEqual(rows);
    expect([order[0], order[size + 1]]).toEqual([0, 0]);
  }
});
