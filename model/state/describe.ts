/** The readable view of a state: a line for every row that is not all zero. */
import type { Tables } from './tables.ts';

/** Lines such as `object 1: state=held-by-users kind=1 refcnt=2 usercnt=1`, in table order. */
export function describeState(w: Tables): readonly string[] {
  const lines: string[] = [];
  let line: { readonly head: string; readonly cells: string[] } | undefined;
  const rows = new Map<string, { readonly head: string; readonly cells: string[] }>();
  for (const { table, row, column, at } of w.fields) {
    const value = w.cells[at] ?? 0;
    if (value === 0) continue;
    const head = `${table} ${row}`;
    line = rows.get(head) ?? { head, cells: [] };
    rows.set(head, line);
    line.cells.push(`${column}=${column === 'state' ? stateName(w, table, value) : value}`);
  }
  for (const { head, cells } of rows.values()) lines.push(`${head}: ${cells.join(' ')}`);
  return lines;
}

function stateName(w: Tables, table: string, state: number): string {
  const chart = Object.entries(w.charts).find(([name]) => name === table)?.[1];
  return chart?.stateNames[state] ?? String(state);
}
