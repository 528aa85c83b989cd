/** Lists, for people. */
import type { ListItem, Listing } from './list.types.ts';
import type { Paint } from './paint.ts';
import { left, tableLines } from './table.ts';

/** One listing as a table. */
export function listText({ columns, items }: Listing, paint: Paint): string {
  const rows = items.map((item) => columns.map((column) => cellOf(item, column)));
  const lines = tableLines(columns.map(left), rows, (cell, row) =>
    row === -1 ? paint.heading(cell) : cell,
  );
  return `${lines.join('\n')}\n`;
}

function cellOf(item: ListItem, column: string): string {
  const value = item[column] ?? '';
  return typeof value === 'object' ? value.join(', ') : String(value);
}

/** What can be listed, with how much there is of it. */
export function topicsText(listings: readonly Listing[], paint: Paint): string {
  const items = listings.map(({ topic, about, items }) => ({ topic, number: items.length, about }));
  return listText(
    { topic: 'topics', about: '', columns: ['topic', 'number', 'about'], items },
    paint,
  );
}
