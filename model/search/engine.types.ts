/** What an engine is made of and what it does. */
import type { Clause, RunnableCall } from '../calls/row.ts';
import type { Recollections } from '../recollections.types.ts';
import type { Shape } from '../state/layout.ts';
import type { PossibleCallers } from './callers.ts';
import type { Visit } from './drivers.ts';
import type { Domains } from './levels.ts';
import type { Copier, Key, Packed } from './packing.ts';
import type { Symmetry } from './symmetry.types.ts';

/** Whether states that differ in nothing but numbers count as one. */
export type Reduction = 'symmetry' | 'none';

/** A call with the code that a search tells it by, and what its arguments range over. */
export interface EnabledCall {
  readonly call: RunnableCall;
  readonly code: number;
  readonly domains: Domains;
}

/** Something that may happen of itself. */
export interface PossibleEvent {
  readonly action: number;
  readonly row: number;
  readonly isPending: (row: number) => boolean;
  readonly run: (row: number) => void;
}

/** What is remembered of states that agree in some tables. */
export interface Memory {
  /** The words that are the same exactly if those tables are. */
  readonly key: Key;
  /** To be called whenever the state has changed. */
  readonly recall: () => Recollections;
  /** True once remembering does not pay. */
  readonly crowded: () => boolean;
}

export interface EngineWorld extends Omit<PossibleCallers, 'isTwin'> {
  /** The table whose rows are the callers. */
  readonly callerTable: string;
  readonly state: Packed & { readonly shapes: readonly Shape[] };
  /** Writes the initial state. */
  readonly reset: () => void;
  readonly calls: readonly EnabledCall[];
  readonly events: readonly PossibleEvent[];
  readonly memory: Memory | undefined;
  readonly symmetry: Symmetry;
  readonly reduction: Reduction;
}

export interface Engine {
  readonly words: number;
  readonly bits: number;
  readonly widths: readonly number[];
  readonly reset: () => void;
  readonly pack: Copier;
  readonly packAsIs: Copier;
  readonly unpack: Copier;
  readonly expand: (visit: Visit, repeat?: Visit) => void;
  readonly expandByLoop: (visit: Visit) => void;
  readonly attempt: (visit: Visit, which?: 'all' | 'changing') => number;
  /** What the transition or attempt being visited answered. */
  readonly answer: () =>
    { readonly row: Clause } | { readonly row: undefined; readonly value: number };
  readonly source: () => string;
}
