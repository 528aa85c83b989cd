/** The readable view of a state: a line for every row that is not all zero. */
import type { Names } from '../names.ts';
import type { Field } from './layout.ts';
import type { Tables } from './tables.ts';

/** Lines such as `object 1: state=held-by-users kind=1 refcnt=2 usercnt=1`, in table order. */
export function describeState(w: Tables, names: Names): readonly string[] {
  const rows = new Map<string, string[]>();
  for (const field of w.fields) {
    const value = w.cells[field.at] ?? 0;
    if (value === 0) continue;
    const head = `${field.table} ${field.row}:`;
    const row = rows.get(head) ?? [head];
    rows.set(head, row);
    row.push(`${field.column}=${shown(w, names, field, value)}`);
  }
  return [...rows.values()].map((row) => row.join(' '));
}

function shown(w: Tables, names: Names, { table, column, interned }: Field, value: number): string {
  if (interned === 'name') return names.name(value);
  if (interned === 'path') return JSON.stringify(names.path(value).text);
  if (interned === 'word') return String(names.word(value));
  const chart = Object.entries(w.charts).find(([name]) => name === table)?.[1];
  return (column === 'state' ? chart?.stateNames[value] : undefined) ?? String(value);
}
