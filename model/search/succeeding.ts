import type { RunnableCall } from '../calls/row.ts';
import { stoppingRow } from '../step.ts';
import type { Domains } from './levels.ts';

/** Lists, for a process, the arguments with which a call succeeds, one tuple after another. */
export function succeeding(call: RunnableCall, domains: Domains): (p: number) => readonly number[] {
  const tuples = domains
    .slice(1)
    .reduce<readonly (readonly number[])[]>(
      (prefixes, domain) => prefixes.flatMap((prefix) => domain.map((value) => [...prefix, value])),
      [[]],
    );
  return (p) => {
    const list: number[] = [];
    for (const tuple of tuples) {
      const [a = 0, b = 0, c = 0, d = 0] = tuple;
      if (stoppingRow(call, p, a, b, c, d) === undefined) list.push(...tuple);
    }
    return list;
  };
}
