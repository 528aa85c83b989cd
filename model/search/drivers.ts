/**
 * Drivers: one generated function for each call, with a call site of its own for every row. They
 * are made from the rows' data alone (kind, arity, order); the conditions and effects themselves
 * are called, never read as text. The rows' loop (step.ts) is their judge.
 */
import type { CallRows, Row } from '../calls/row.ts';
import { functionOfText } from './generated.ts';

/** Called with the code of an action and its arguments while the successor is the current state. */
export type Visit = (action: number, a: number, b: number, c: number, d: number, e: number) => void;

export type Expand = (visit: Visit) => void;

/** What a driver enumerates: the processes, then a domain for each of the call's arguments. */
export type Domains = readonly (readonly number[])[];

/** How a driver gets back to the state it expands, and where it leaves a call's value. */
export interface Ground {
  readonly restore: () => void;
  readonly value: Int32Array;
}

const parameters = ['p', 'a', 'b', 'c', 'd'] as const;

function functionOf(row: Row): (...args: number[]) => unknown {
  return row.kind === 'find' ? row.find : row.when;
}

/**
 * The loop level of every row: the one that binds the last argument it depends on, and not above a
 * `find` row that stands before it, whose registers it may read. A check only ever moves outwards,
 * past rows that do not change the state, so the set of calls that succeed is the same.
 */
export function levelsOf(rows: readonly Row[], depth: number): readonly number[] {
  let found = 0;
  return rows.map((row) => {
    const own = Math.max(0, functionOf(row).length - 1);
    const level = Math.min(depth, Math.max(own, found));
    if (row.kind === 'find') found = level;
    return level;
  });
}

const argumentsOf = (arity: number): string => parameters.slice(0, arity).join(', ');

function rowSource(row: Row, index: number): string {
  const call = `r${index}(${argumentsOf(functionOf(row).length)})`;
  return row.kind === 'find' ? `${call};` : `if (${call}) continue;`;
}

/** The text of the driver of one call: a loop nest with each row at its level. */
export function driverSource(call: CallRows, code: number): string {
  const depth = call.sorts.length;
  const levels = levelsOf(call.rows, depth);
  const open = (level: number): string => {
    const parameter = parameters[level] ?? '';
    const rows = call.rows.flatMap((row, k) => (levels[k] === level ? [rowSource(row, k)] : []));
    return [
      `for (let i${level} = 0; i${level} < d${level}.length; i${level}++) {`,
      `const ${parameter} = d${level}[i${level}];`,
      ...rows,
    ].join('\n');
  };
  const filled = [...parameters.slice(0, depth + 1), '0', '0', '0', '0'].slice(0, 5);
  return [
    ...Array.from({ length: depth + 1 }, (_, level) => open(level)),
    `value[0] = effect(${argumentsOf(call.effect.length)});`,
    `visit(${code}, ${filled.join(', ')});`,
    'restore();',
    '}'.repeat(depth + 1),
  ].join('\n');
}

/** The driver of one call over its domains. */
export function createDriver(
  call: CallRows,
  code: number,
  domains: Domains,
  { restore, value }: Ground,
): Expand {
  const rowNames = call.rows.map((_, k) => `r${k}`);
  const domainNames = domains.map((_, k) => `d${k}`);
  const make = functionOfText(
    ['effect', 'restore', 'value', ...rowNames, ...domainNames],
    `return (visit) => {\n${driverSource(call, code)}\n};`,
  );
  const driver: unknown = make(
    call.effect,
    restore,
    value,
    ...call.rows.map(functionOf),
    ...domains,
  );
  if (!isExpand(driver)) throw new Error('unreachable: the generated text is a function of one');
  return driver;
}

function isExpand(value: unknown): value is Expand {
  return typeof value === 'function' && value.length === 1;
}
