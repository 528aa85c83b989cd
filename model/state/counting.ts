/** What the parts of a recount share: how they count, and how they say what is wrong. */
import type { Chart } from '../charts/index.ts';
import type { Column } from './layout.ts';
import type { Tables } from './tables.ts';

type Columns = Readonly<Record<string, Column>>;

/** Where a sentence goes, and the tables it is about. */
export interface Counting {
  readonly w: Tables;
  readonly found: string[];
}

/** Notes a cell that does not hold what was counted. */
export function number(
  { found }: Counting,
  cell: { readonly table: string; readonly column: string },
  row: number,
  stored: number,
  counted: number,
): void {
  if (stored === counted) return;
  const { table, column } = cell;
  found.push(`${table} ${row}: ${column} is stored as ${stored} and counted as ${counted}`);
}

/** Notes a lifecycle that is not in the state that its holders say. */
export function lifecycle<State extends string, Event extends string>(
  { found }: Counting,
  chart: Chart<State, Event>,
  row: number,
  stored: number,
  counted: State,
): void {
  if (stored === chart.states[counted]) return;
  const name = chart.stateNames[stored] ?? '?';
  found.push(`${chart.name} ${row}: state is stored as ${name} and counted as ${counted}`);
}

/** Notes what a free row still holds. */
export function blank(counting: Counting, table: string, row: number, columns: Columns): void {
  for (const column in columns) {
    if (column !== 'state') {
      number(counting, { table, column }, row, columns[column]?.(row) ?? 0, 0);
    }
  }
}

export function count(rows: number, holds: (row: number) => boolean): number {
  let counted = 0;
  for (let row = 1; row <= rows; row++) if (holds(row)) counted++;
  return counted;
}

/** Whether a row that is kept for good was taken: they are taken in their order. */
export function taken(state: Column, row: number, rows: number): boolean {
  for (let later = row; later <= rows; later++) if (state(later) !== 0) return true;
  return false;
}
