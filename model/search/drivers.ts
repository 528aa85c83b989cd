/**
 * Drivers: one generated function for each call, with a call site of its own for every row. They
 * are made from the rows' data alone (kind, arity, what they read, order); the conditions and
 * effects themselves are called, never read as text. The rows' loop (step.ts) is their judge.
 */
import type { RunnableCall } from '../calls/row.ts';
import { argumentsOf, parameters, rowSource, rowsAndDomains } from './call-text.ts';
import type { Callers } from './callers.ts';
import { functionOfText } from './generated.ts';
import { effectLevelOf, levelsOf, neverHolds, type Domains } from './levels.ts';

/** Called with the code of an action and its arguments while the successor is the current state. */
export type Visit = (action: number, a: number, b: number, c: number, d: number, e: number) => void;

/** `repeat` is called for a transition whose successor is that of the visit just before it. */
export type Expand = (visit: Visit, repeat: Visit) => void;

/** How a driver gets back to the state it expands, what runs there, where a call's value goes. */
export interface Ground extends Omit<Callers, 'look'> {
  readonly restore: () => void;
  readonly value: Int32Array;
  /** Makes what lists, for a process, the arguments with which a call succeeds, one after another. */
  readonly listed: (
    call: RunnableCall,
    code: number,
    domains: Domains,
  ) => (p: number) => readonly number[];
}

/** The head of the loop at a level: over the processes that run, or over an argument's domain. */
function loopHead(level: number): string {
  const [i, parameter] = [`i${level}`, parameters[level] ?? ''];
  return level === 0
    ? `for (let ${i} = 1; ${i} <= live[0]; ${i}++) {\nconst ${parameter} = live[${i}];`
    : `for (let ${i} = 0; ${i} < d${level}.length; ${i}++) {\nconst ${parameter} = d${level}[${i}];`;
}

interface Nest {
  readonly code: number;
  readonly effect: string;
  /** The rows' lines for each level; level -1 stands before all loops. */
  readonly lines: ReadonlyMap<number, readonly string[]>;
  /** Levels from the outermost loop to the innermost. */
  readonly order: readonly number[];
  /** The innermost loop's effect does not depend on it. */
  readonly shared: 'shared' | 'own';
  /** The code of a call whose effect on its caller this one has on its first argument. */
  readonly twin: number | undefined;
}

/**
 * The text of a loop nest. Where the effect does not depend on the innermost loop, it is made once:
 * that loop first collects the arguments that pass, then the first is visited and the others are
 * repeats of it.
 */
function nestSource({ code, effect, lines, order, shared, twin }: Nest): string {
  const of = (level: number): readonly string[] => lines.get(level) ?? [];
  const last = order.at(-1) ?? 0;
  const names = parameters.map((name, level) => (order.includes(level) ? name : '0'));
  const label = (own: string): string =>
    [code, ...names.map((name, level) => (level === last ? own : name))].join(', ');
  const open = order.slice(0, shared === 'shared' ? -1 : undefined);
  const inner = parameters[last] ?? '';
  const body =
    shared === 'own'
      ? [effect, `visit(${label(inner)});`, 'restore();']
      : [
          'let passed = 0;',
          loopHead(last),
          ...of(last),
          `again[passed++] = ${inner};`,
          '}',
          'if (passed === 0) continue;',
          effect,
          `visit(${label('again[0]')});`,
          `for (let k = 1; k < passed; k++) repeat(${label('again[k]')});`,
          ...(twin === undefined ? [] : [`if (asks[a] === 1) repeat(${twin}, a, 0, 0, 0, 0);`]),
          'restore();',
        ];
  return [
    ...of(-1),
    ...open.flatMap((level) => [loopHead(level), ...of(level)]),
    ...body,
    '}'.repeat(open.length),
  ].join('\n');
}

/**
 * The text of the driver of a call that depends on the file systems alone: the arguments that succeed
 * come from a list, only what the finds keep in registers is found again, and whoever shares the
 * caller's namespace repeats what it does.
 */
function listedSource(call: RunnableCall, code: number): string {
  const depth = call.sorts.length;
  const names = parameters.slice(1, depth + 1);
  const label = (caller: string): string =>
    [code, caller, ...names, '0', '0', '0', '0'].slice(0, 6).join(', ');
  const repeats = (first: string): string =>
    `for (let q = ${first}; q !== 0; q = peer[q]) repeat(${label('q')});`;
  const shared = depth > 1 && effectLevelOf(call, levelsOf(call.rows, depth)) < depth;
  const finds = call.rows.flatMap((row, k) =>
    row.kind === 'find' ? [rowSource(row, k, 'p', 'continue')] : [],
  );
  return [
    'for (let i = 1; i <= leaders[0]; i++) {',
    'const p = leaders[i];',
    'const list = listed(p);',
    `for (let k = 0; k < list.length; k += ${depth}) {`,
    ...names.map((name, index) => `const ${name} = list[k + ${index}];`),
    // Tuples with the same arguments but for the last, which the effect ignores, follow one another.
    ...(shared
      ? [`if (k > 0 && a === list[k - ${depth}]) { ${repeats('p')} continue; }`, 'restore();']
      : []),
    ...finds,
    `value[0] = effect(${argumentsOf(call.effect.length, 'p')});`,
    `visit(${label('p')});`,
    repeats('peer[p]'),
    ...(shared ? [] : ['restore();']),
    '}',
    ...(shared ? ['restore();'] : []),
    '}',
  ].join('\n');
}

/**
 * The text of the driver of one call: a loop nest with each row at its level, or a list. `twin`: the
 * code of a call that this one's driver visits too, about its first argument.
 */
export function driverSource(
  call: RunnableCall,
  code: number,
  domains: Domains,
  twin?: number,
): string {
  if (call.looksAt === 'file-systems') return listedSource(call, code);
  const depth = call.sorts.length;
  const levels = levelsOf(call.rows, depth);
  const lines = new Map<number, string[]>();
  const anyCaller = call.caller === 'any';
  const caller = anyCaller ? '0' : 'p';
  call.rows.forEach((row, index) => {
    if (neverHolds(row, domains)) return;
    const level = levels[index] ?? depth;
    const line = rowSource(row, index, caller, level < 0 ? 'return' : 'continue');
    lines.set(level, [...(lines.get(level) ?? []), line]);
  });
  const all = Array.from({ length: depth + 1 }, (_, level) => level);
  // What the effect does not depend on goes innermost: the caller, or the last argument.
  const loops = anyCaller && depth > 0 ? [...all.slice(1), 0] : all;
  const shared = anyCaller || effectLevelOf(call, levels) < depth ? 'shared' : 'own';
  const effect = `value[0] = effect(${argumentsOf(call.effect.length, caller)});`;
  return nestSource({ code, effect, lines, order: loops, shared, twin });
}

/** The driver of one call over its domains. */
export function createDriver(
  call: RunnableCall,
  code: number,
  domains: Domains,
  { restore, asks, live, leaders, peer, value, listed }: Ground,
  twin?: number,
): Expand {
  const given: Readonly<Record<string, unknown>> = {
    ...{ effect: call.effect, restore, asks, live, leaders, peer, value },
    listed: listed(call, code, domains),
    again: new Int32Array(Math.max(...domains.map((domain) => domain.length))),
    ...rowsAndDomains(call, domains),
  };
  const make = functionOfText(
    call.call,
    Object.keys(given),
    `return (visit, repeat) => {\n${driverSource(call, code, domains, twin)}\n};`,
  );
  const driver: unknown = make(...Object.values(given));
  if (!isExpand(driver)) throw new Error('unreachable: the generated text is a function of two');
  return driver;
}

/** Calls drivers one after the other, each from a place of its own. */
export function inTurn(drivers: readonly Expand[]): Expand {
  const names = drivers.map((_, k) => `d${k}`);
  const calls = names.map((name) => `${name}(visit, repeat);`).join('\n');
  const make = functionOfText('drivers', names, `return (visit, repeat) => {\n${calls}\n};`);
  const all: unknown = make(...drivers);
  if (!isExpand(all)) throw new Error('unreachable: the generated text is a function of two');
  return all;
}

function isExpand(value: unknown): value is Expand {
  return typeof value === 'function' && value.length === 2;
}
