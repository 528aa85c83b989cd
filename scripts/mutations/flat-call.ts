/** The rows of a call one by one, without families, and the mutations of them. */
import type { CallRows, Clause, Row } from '../../model/calls/row.ts';

export interface FlatCall {
  readonly own: CallRows;
  /** The check on the caller first. */
  readonly rows: readonly Row[];
  /** By place: the name of the mutation that leaves the row out, if it is a check. */
  readonly dropped: readonly (string | undefined)[];
  /** By place: the name of the one that has it change places with the row behind it, if there is one. */
  readonly swapped: readonly (string | undefined)[];
}

/** What looks at one thing stands alone, and reads what the family reads. */
const alone = (row: Row): readonly Row[] => {
  if (row.kind !== 'family') return [row];
  const { reads, clauses } = row;
  return reads === undefined ? clauses : clauses.map((clause) => ({ ...clause, reads }));
};

/** Two checks with one error answer the same in either order. */
const mayTell = (row: Clause, next: Row | undefined): next is Clause =>
  next?.kind === 'clause' && next.errno !== row.errno;

export function flatCall(own: CallRows): FlatCall {
  const rows: readonly Row[] = [own.running, ...own.rows.flatMap(alone)];
  const unique = numbering();
  const dropped = rows.map((row, at) => {
    if (row.kind !== 'clause') return undefined;
    return at === 0 ? `any call without ${row.id}` : unique(`${own.call} without ${row.id}`);
  });
  const swapped = rows.map((row, at) => {
    const next = rows[at + 1];
    if (at === 0 || row.kind !== 'clause' || !mayTell(row, next)) return undefined;
    return unique(`${own.call} with ${next.id} before ${row.id}`);
  });
  return { own, rows, dropped, swapped };
}

/** The same rows may stand in a call twice: of the first path, and of the second. */
function numbering(): (name: string) => string {
  const met = new Map<string, number>();
  return (name) => {
    const count = (met.get(name) ?? 0) + 1;
    met.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  };
}

/** The calls with the mutation of this name; all of them have the check on the caller. */
export function mutatedCalls(own: readonly CallRows[], name: string): readonly CallRows[] {
  return own.map((call) => mutatedCall(flatCall(call), name));
}

export function mutatedCall({ own, rows, dropped, swapped }: FlatCall, name: string): CallRows {
  const left = dropped.indexOf(name);
  if (left === 0) return { ...own, running: { ...own.running, when: () => false } };
  if (left > 0) return { ...own, rows: rows.toSpliced(left, 1).slice(1) };
  const at = swapped.indexOf(name);
  const [row, next] = [rows[at], rows[at + 1]];
  if (at < 0 || row === undefined || next === undefined) return own;
  return {
    ...own,
    rows: rows
      .with(at, next)
      .with(at + 1, row)
      .slice(1),
  };
}
