/**
 * Counting the calls that fail in a state, and running every check that makes them fail, by one generated
 * function for each call. A row is run once for all calls that share the arguments it depends on. As soon as
 * the row that stops a call is known, no later one is run: just as in the loop (step.ts), which is the judge.
 */
import type { RunnableCall } from '../calls/row.ts';
import { parameters, rowsAndDomains } from './call-text.ts';
import { functionOfText } from './generated.ts';
import { functionOf, levelsOf, neverHolds, type Domains } from './levels.ts';

/** Returns how many calls of a caller a clause fails. Effects are not run. */
export type Attempt = (p: number) => number;

/** The number, behind those of all rows, of what nothing stops. */
const nothingStops = ({ rows }: RunnableCall): number => rows.length + 1;

export function attemptSource(call: RunnableCall, domains: Domains): string {
  const depth = call.sorts.length;
  const nothing = nothingStops(call);
  const levels = levelsOf(call.rows, depth);
  const rows = call.rows.flatMap((row, k) => {
    if (neverHolds(row, domains)) return [];
    const level = Math.max(0, levels[k] ?? depth);
    const given = parameters.slice(0, Math.min(functionOf(row).length, 1 + depth)).join(', ');
    // The caller's running comes first, by the number 0.
    return [{ row, level, number: k + 1, text: `r${k}(${given})` }];
  });
  const below = (level: number): number =>
    domains.slice(level + 1).reduce((product, { length }) => product * length, 1);
  const nest = (level: number): string => {
    const [own, name] = [`m${level}`, parameters[level] ?? ''];
    const lines = rows
      .filter((one) => one.level === level)
      .map(({ row, number, text }) =>
        row.kind === 'find'
          ? `if (${own} > ${number}) ${text};`
          : `if (${own} > ${number} && ${text}) ${own} = ${number};`,
      );
    const deeper = rows.filter((one) => one.level > level).map(({ number }) => number);
    const next = Math.min(nothing, ...deeper);
    const inner =
      level === depth
        ? [`count += clause[${own}];`]
        : [
            `if (${own} < ${next}) { count += clause[${own}] * ${below(level)}; ${level === 0 ? 'return count' : 'continue'}; }`,
            nest(level + 1),
          ];
    if (level === 0)
      return [`let m0 = running(p) ? 0 : ${nothing};`, ...lines, ...inner].join('\n');
    return [
      `for (let i${level} = 0; i${level} < d${level}.length; i${level}++) {`,
      `const ${name} = d${level}[i${level}];`,
      `let ${own} = m${level - 1};`,
      ...lines,
      ...inner,
      '}',
    ].join('\n');
  };
  return `let count = 0;\n${nest(0)}\nreturn count;`;
}

export function createAttempt(call: RunnableCall, domains: Domains): Attempt {
  const clause = new Uint8Array(nothingStops(call) + 1);
  clause[0] = 1;
  call.rows.forEach(({ kind }, k) => {
    clause[k + 1] = kind === 'clause' || kind === 'family' ? 1 : 0;
  });
  const given: Readonly<Record<string, unknown>> = {
    clause,
    running: call.running.when,
    ...rowsAndDomains(call, domains),
  };
  const make = functionOfText(
    `attempt ${call.call}`,
    Object.keys(given),
    `return (p) => {\n${attemptSource(call, domains)}\n};`,
  );
  const attempt: unknown = make(...Object.values(given));
  if (!isAttempt(attempt)) throw new Error('unreachable: the generated text is a function of one');
  return attempt;
}

function isAttempt(value: unknown): value is Attempt {
  return typeof value === 'function' && value.length === 1;
}
