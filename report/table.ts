/** Tables of text with columns as wide as their widest cell. */
export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

export const left = (title: string): Column => ({ title, align: 'left' });
export const right = (title: string): Column => ({ title, align: 'right' });

/** Paints a cell after it has been padded, since colours take no room. */
export type PaintCell = (padded: string, row: number, column: number) => string;

/**
 * The lines of a table: the titles, then one line for each row. Row -1 is the titles. No line ends
 * in spaces; a row may have fewer cells than there are columns.
 */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  paint: PaintCell = (padded) => padded,
): readonly string[] {
  const titles = columns.map(({ title }) => title);
  const widths = columns.map(({ title }, at) =>
    rows.reduce((width, row) => Math.max(width, lengthOf(row[at] ?? '')), lengthOf(title)),
  );
  const line = (cells: readonly string[], row: number): string => {
    const last = cells.reduce((found, cell, at) => (cell === '' ? found : at), -1);
    return cells
      .slice(0, last + 1)
      .map((cell, at) => paint(padded(cell, widths[at] ?? 0, columns[at]?.align), row, at))
      .join('  ')
      .trimEnd();
  };
  return [line(titles, -1), ...rows.map((row, at) => line(row, at))];
}

function padded(cell: string, width: number, align: Column['align'] | undefined): string {
  const space = ' '.repeat(Math.max(0, width - lengthOf(cell)));
  return align === 'right' ? space + cell : cell + space;
}

/** Characters, not UTF-16 code units. */
const lengthOf = (text: string): number => Array.from(text).length;

/** A count with its thousands apart, the same in every locale: 1,234,567. */
export function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 run`, `2 runs`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(count)} ${count === 1 ? noun : plural}`;
}
