/** What may be permuted in a state without changing what can happen. */
import type { Shape } from '../state/layout.ts';

/**
 * The tables of a state, and which of their rows and names mean the same whatever their numbers.
 * Made from the schema and a scope; a canonical form needs nothing else.
 */
export interface Symmetry {
  readonly shapes: readonly Shape[];
  /** Tables whose rows keep their numbers; all others are renumbered. */
  readonly fixed: ReadonlySet<string>;
  /** Constant rows of a table that may change places with each other, class by class. */
  readonly places: readonly { readonly table: string; readonly rows: readonly number[] }[];
  /**
   * Ids that may change places with each other, class by class, in all rows with the same parent: of
   * `column` of `table`, whose column `within` says which rows belong together.
   */
  readonly names: readonly NameClass[];
  /** What is not permuted, and why: one sentence each. */
  readonly restrictions: readonly string[];
}

export interface NameClass {
  readonly table: string;
  readonly column: string;
  readonly within: string;
  readonly ids: readonly number[];
}
