import type { Cells } from '../state/layout.ts';
import { canonicalSource, classTable } from './canonical-source.ts';
import { functionOfText } from './generated.ts';
import { packerOf, type Copier, type Packed } from './packing.ts';
import { coloursOf, sortsOf } from './sorts.ts';
import type { Symmetry } from './symmetry.types.ts';

/** Packs the canonical form of a state, which stays as it is. */
export function canonicalPack(symmetry: Symmetry, state: Packed): Copier {
  const { cells, fields } = state;
  const out = cells.slice();
  const toForm = canonicalForm(symmetry, cells, out);
  const pack = packerOf({ cells: out, words: new Uint32Array(out.buffer), fields });
  return (into, at) => {
    toForm();
    pack(into, at);
  };
}

/** Writes the canonical form of the state in `cells` to `out`, which begins as a copy of it. */
export function canonicalForm(symmetry: Symmetry, cells: Cells, out: Cells): () => void {
  const size = coloursOf(sortsOf(symmetry));
  const tables = new Map<string, Uint16Array>();
  for (const { table, column, ids } of symmetry.names) {
    const name = classTable(table, column);
    const classes = tables.get(name) ?? Uint16Array.from({ length: 1 << 16 }, (_, id) => id);
    for (const id of ids) classes[id] = ids[0] ?? id;
    tables.set(name, classes);
  }
  const within = symmetry.names.flatMap((name) =>
    symmetry.shapes.flatMap(({ name: table, columns }) =>
      columns.flatMap((one) => (table === name.table && one.name === name.within ? [one.max] : [])),
    ),
  );
  const mostWithin = Math.max(0, ...within);
  const given: Readonly<Record<string, unknown>> = {
    ...{ cells, out },
    ...{
      colour: new Int32Array(size),
      given: new Int32Array(size),
      late: new Int32Array(size),
      fresh: new Int32Array(size),
    },
    ...{
      order: new Int32Array(size),
      number: new Int32Array(size),
      used: new Int32Array(mostWithin + 1),
    },
    ...Object.fromEntries(symmetry.names.map(({ ids }, k) => [`names${k}`, Uint16Array.from(ids)])),
    ...Object.fromEntries(tables),
  };
  const { once, each } = canonicalSource(symmetry);
  const make = functionOfText(
    'canonical',
    Object.keys(given),
    `${once}\nreturn () => {\n${each}\n};`,
  );
  const form: unknown = make(...Object.values(given));
  if (!isAction(form)) throw new Error('unreachable: the generated text is a function of nothing');
  return form;
}

function isAction(value: unknown): value is () => void {
  return typeof value === 'function' && value.length === 0;
}
