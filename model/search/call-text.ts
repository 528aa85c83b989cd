/** What the texts that are generated for a call have in common: the names in them, and its rows. */
import type { Row, RunnableCall } from '../calls/row.ts';
import { functionOf, type Domains } from './levels.ts';

/** The caller, then the arguments. */
export const parameters = ['p', 'a', 'b', 'c', 'd'] as const;

/** A row's arguments; `caller` is 0 for rows that ignore who calls and stand outside that loop. */
export const argumentsOf = (arity: number, caller: 'p' | '0'): string =>
  [caller, ...parameters.slice(1)].slice(0, arity).join(', ');

/** The line that runs a row, and what follows where it stops the call. */
export function rowSource(
  row: Row,
  index: number,
  caller: 'p' | '0',
  otherwise: 'continue' | 'return' | 'return list',
): string {
  const call = `r${index}(${argumentsOf(functionOf(row).length, caller)})`;
  return row.kind === 'find' ? `${call};` : `if (${call}) ${otherwise};`;
}

/** What the text of a call is given: its rows and the domains of its arguments, by their names there. */
export const rowsAndDomains = (
  { rows }: RunnableCall,
  domains: Domains,
): Readonly<Record<string, unknown>> => ({
  ...Object.fromEntries(rows.map((row, k) => [`r${k}`, functionOf(row)])),
  ...Object.fromEntries(domains.map((domain, k) => [`d${k}`, domain])),
});
