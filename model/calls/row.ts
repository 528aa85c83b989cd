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

/**
 * The `find` rows whose registers a row reads; without it, every one that stands before the row. A
 * search tests a row as soon as its arguments and these are there. `arguments`: not even the state.
 */
interface Reading {
  readonly reads?: readonly Find[] | 'arguments';
}

/** A check: where the condition holds the call fails with the error, and mostly changes nothing. */
export interface Clause extends Reading {
  readonly kind: 'clause';
  /** Permanent, `call.what`. */
  readonly id: string;
  readonly errno: Errno;
  readonly when: Condition;
  readonly source: string;
  /** What a call that fails here changes, and nobody is shown. A search takes no calls that fail. */
  readonly leaves?: () => void;
}

/** Clauses that look at one thing: `any` holds exactly if one of them does. */
export interface Family extends Reading {
  readonly kind: 'family';
  readonly any: Condition;
  readonly clauses: readonly Clause[];
}

/** What is looked up or allocated at this point of the order, and kept in registers. */
export interface Find extends Reading {
  readonly kind: 'find';
  readonly find: Finder;
}

/** Where a declared bound is reached, or the modelled world ends: never an error of the kernel. */
export interface Bound extends Reading {
  readonly kind: 'bound';
  readonly id: string;
  readonly when: Condition;
  readonly source: string;
}

export type Row = Clause | Family | Find | Bound;

/** What an argument is: a search enumerates it from a scope, a page names it. */
export type Sort =
  | 'fd'
  | 'maybe-fd'
  | 'path'
  | 'pid'
  | 'key'
  | 'maybe-key'
  | 'value'
  | 'flag'
  | 'shape'
  | 'inner-fd'
  | 'update-flag'
  | 'access'
  | 'raw'
  | 'object-id'
  | 'prog-type'
  | 'direction'
  | 'target'
  | 'rename-flag'
  | 'mount-flag'
  | 'mount-data'
  | 'bind-flag'
  | 'remounted'
  | 'propagation-type'
  | 'umount-flag'
  | 'file-type'
  | 'length'
  | 'attribute'
  | 'mode'
  | 'mask'
  | 'user'
  | 'access-check'
  | 'fcntl-command'
  | 'fcntl-argument'
  | 'open-flag'
  | 'room'
  | 'receive-flag';

/** What a call's file declares; the clause on its caller is the same for all. */
export type CallTable = Omit<CallRows, 'running' | 'caller' | 'looksAt' | 'twin' | 'shows'> &
  Partial<Pick<CallRows, 'caller' | 'looksAt' | 'twin' | 'shows'>>;

export interface CallRows extends RunnableCall {
  readonly call: CallName;
  /** Prefix of the ids of its rows. */
  readonly short: string;
  readonly sorts: readonly Sort[];
  readonly twin: CallName | undefined;
  /** Right after the effect: the names that the call shows, of one that shows names. */
  readonly shows: (() => readonly string[]) | undefined;
}

/** What the loop, drivers and attempts know of a call. */
export interface RunnableCall {
  readonly call: string;
  /** What each argument is, besides the caller. */
  readonly sorts: readonly string[];
  /** `any`: neither rows nor effect look at who calls, once it runs. */
  readonly caller: 'matters' | 'any';
  /**
   * `file-systems`: rows and effect look at nothing but the caller's namespace and the tables from
   * superblock to mount. Whether the call succeeds can then be remembered for all states that agree in
   * them, and it is the same call for all callers in a namespace.
   */
  readonly looksAt: 'file-systems' | 'anything';
  /** A call that anybody can make about this caller, to the very same effect, given its pid. */
  readonly twin: string | undefined;
  /** Comes before the rows: the caller has to run. */
  readonly running: Clause;
  readonly rows: readonly Row[];
  readonly effect: Effect;
}

export function clause(id: string, errno: Errno, when: Condition, source: string): Clause {
  return { kind: 'clause', id, errno, when, source };
}

/** A command of bpf(2) that a kernel does not have. */
export const unknownCommand = (
  has: 'none' | 'built-in',
  call: string,
  source: string,
): readonly Clause[] =>
  has === 'none' ? [clause(`${call}.unknown-command`, 'EINVAL', () => true, source)] : [];

export function find(finder: Finder): Find {
  return { kind: 'find', find: finder };
}

export function bound(id: string, when: Condition, source = 'docs/world.md, Bounds'): Bound {
  return { kind: 'bound', id, when, source };
}

export function family(any: Condition, clauses: readonly Clause[]): Family {
  return { kind: 'family', any, clauses };
}

/** Declares what a row reads besides the state and its arguments: the registers of these finds. */
export function reading<Kind extends Row>(finds: readonly Find[], row: Kind): Kind {
  return { ...row, reads: finds };
}

/** Declares that a row looks at the call's arguments alone. */
export function ofArguments<Kind extends Row>(row: Kind): Kind {
  return { ...row, reads: 'arguments' };
}
