import type { RunnableCall } from '../calls/row.ts';
import { parameters, rowSource, rowsAndDomains } from './call-text.ts';
import { functionOfText } from './generated.ts';
import { levelsOf, neverHolds, type Domains } from './levels.ts';

/** The text of what lists, for a process, the arguments with which a call succeeds. */
export function listSource(call: RunnableCall, domains: Domains): string {
  const depth = call.sorts.length;
  const levels = levelsOf(call.rows, depth);
  const rowsAt = (level: number): readonly string[] =>
    call.rows.flatMap((row, k) => {
      if (neverHolds(row, domains) || Math.max(0, levels[k] ?? depth) !== level) return [];
      return [rowSource(row, k, 'p', level === 0 ? 'return list' : 'continue')];
    });
  const loops = parameters
    .slice(1, depth + 1)
    .map((name, k) => [
      `for (let i${k} = 0; i${k} < d${k + 1}.length; i${k}++) {`,
      `const ${name} = d${k + 1}[i${k}];`,
      ...rowsAt(k + 1),
    ]);
  return [
    'const list = [];',
    ...rowsAt(0),
    ...loops.flat(),
    `list.push(${parameters.slice(1, depth + 1).join(', ')});`,
    '}'.repeat(depth),
    'return list;',
  ].join('\n');
}

/** Lists, for a process that runs, the arguments with which a call succeeds, one tuple after another. */
export function succeeding(call: RunnableCall, domains: Domains): (p: number) => readonly number[] {
  const given = rowsAndDomains(call, domains);
  const text = `return (p) => {\n${listSource(call, domains)}\n};`;
  const make = functionOfText(`list ${call.call}`, Object.keys(given), text);
  const list: unknown = make(...Object.values(given));
  if (!isList(list)) throw new Error('unreachable: the generated text is a function of one');
  return list;
}

function isList(value: unknown): value is (p: number) => readonly number[] {
  return typeof value === 'function' && value.length === 1;
}
