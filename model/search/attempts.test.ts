import { expect, it } from 'vitest';
import { scopeByName } from '../../properties/index.ts';
import type { CallRows, Row } from '../calls/row.ts';
import { profiles } from '../profiles/index.ts';
import { createSearch } from './search.ts';

/** Clauses of close that write to the state whenever they fail a call. */
function writing(rows: readonly CallRows[], write: () => void): readonly CallRows[] {
  const altered = (row: Row): Row =>
    row.kind !== 'clause'
      ? row
      : {
          ...row,
          when(p: number, a: number) {
            const fails = row.when(p, a, 0, 0, 0);
            if (fails) write();
            return fails;
          },
        };
  return rows.map((call) =>
    call.call === 'close' ? { ...call, rows: call.rows.map(altered) } : call,
  );
}

it('finds, of the calls that fail, those that leave another state behind, and mends it', () => {
  const scope = scopeByName('survival');
  if (scope === undefined) throw new Error('no such scope');
  let write = (): void => undefined;
  const rows = (own: readonly CallRows[]): readonly CallRows[] =>
    writing(own, () => {
      write();
    });
  const search = createSearch({ ...scope, switches: profiles['linux-6.18'], rows });
  const object = search.symmetry.shapes.find(({ name }) => name === 'object');
  const refcnt = object?.columns.find(({ name }) => name === 'refcnt');
  if (refcnt === undefined) throw new Error('objects have no refcnt');
  const { cells } = search.tables;
  const [before, after] = [new Uint32Array(search.words), new Uint32Array(search.words)];
  search.reset();
  search.packAsIs(before, 0);

  const seen: string[] = [];
  const tried = search.attempt((action) => {
    seen.push(search.actions[action] ?? '');
  }, 'changing');
  expect(seen).toEqual([]);

  write = () => {
    cells[refcnt.at + 1] = 1;
  };
  const triedNow = search.attempt((action) => {
    seen.push(search.actions[action] ?? '');
    expect(search.outcome()).toEqual({ ok: false, errno: 'EBADF' });
    search.packAsIs(after, 0);
    expect(after).not.toEqual(before);
  }, 'changing');
  expect(triedNow).toBe(tried);
  expect(seen.length).toBeGreaterThan(0);
  expect(new Set(seen)).toEqual(new Set(['close']));
  search.packAsIs(after, 0);
  expect(after).toEqual(before);
});
