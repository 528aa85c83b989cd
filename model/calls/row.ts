/**
 * A call as data: an ordered list of rows, then the effect. What makes one kernel differ from
 * another is which check comes first, so the order of the rows is the specification.
 */
import type { CallName, Errno } from '../vocabulary/index.ts';

/**
 * A condition or an effect takes exactly the prefix of (process, a, b, c, d) that it depends on:
 * its arity declares its dependence, and a search tests it at the loop level of its arity. What a
 * `find` row keeps in registers may be read by every row behind it.
 */
export type Condition = (p: number, a: number, b: number, c: number, d: number) => boolean;
export type Finder = (p: number, a: number, b: number, c: number, d: number) => void;
/** Returns the call's value. */
export type Effect = (p: number, a: number, b: number, c: number, d: number) => number;

/** A check: where the condition holds the call fails with the error and changes nothing. */
export interface Clause {
  readonly kind: 'clause';
  /** Permanent, `call.what`. */
  readonly id: string;
  readonly errno: Errno;
  readonly when: Condition;
  readonly source: string;
}

/** What is looked up or allocated at this point of the order, and kept in registers. */
export interface Find {
  readonly kind: 'find';
  readonly find: Finder;
}

/** Where a declared bound is reached, or the modelled world ends: never an error of the kernel. */
export interface Bound {
  readonly kind: 'bound';
  readonly id: string;
  readonly when: Condition;
  readonly source: string;
}

export type Row = Clause | Find | Bound;

/** What an argument is: a search enumerates it from a scope, a page names it. */
export type Sort =
  'fd' | 'map-fd' | 'path' | 'pid' | 'key' | 'value' | 'flag' | 'type' | 'size' | 'entries';

export interface CallRows {
  readonly call: CallName;
  /** Prefix of the ids of its rows. */
  readonly short: string;
  readonly sorts: readonly Sort[];
  readonly rows: readonly Row[];
  readonly effect: Effect;
}

export function clause(id: string, errno: Errno, when: Condition, source: string): Clause {
  return { kind: 'clause', id, errno, when, source };
}

export function find(finder: Finder): Find {
  return { kind: 'find', find: finder };
}

export function bound(id: string, when: Condition, source = 'docs/world.md, Bounds'): Bound {
  return { kind: 'bound', id, when, source };
}
