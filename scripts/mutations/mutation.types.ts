/** What is changed on purpose, who is asked whether it notices, and what becomes of the rest. */
import type { ProfileName } from '../../model/index.ts';
import type { CallName } from '../../model/vocabulary/index.ts';
import type { Flip } from '../../test/charts/flipped-chart.test-data.ts';

/** A check is left out, two neighbouring checks change places, or a transition leads elsewhere. */
export const kinds = ['dropped', 'swapped', 'flipped'] as const;

export type Kind = (typeof kinds)[number];

/** One change of the rows of a call, in every profile in which the rows stand there. */
export interface RowMutation {
  readonly kind: 'dropped' | 'swapped';
  readonly name: string;
  /** `any`: the check on the caller, which is one for all calls. */
  readonly call: CallName | 'any';
  readonly profiles: readonly ProfileName[];
}

export interface FlipMutation {
  readonly kind: 'flipped';
  readonly name: string;
  readonly flip: Flip;
}

export type Mutation = RowMutation | FlipMutation;

/** Who judges, the cheapest first: each is asked about what those before it did not notice. */
export const judges = ['corpus', 'pair calls', 'random runs', 'properties'] as const;

export type Judge = (typeof judges)[number];

/** What noticed mutations, by their names: a trace, a call, a run, a property. */
export type Findings = ReadonlyMap<string, string>;

/** Names of mutations, and the calls whose rows they are of. */
export type PendingRows = ReadonlyMap<string, RowMutation['call']>;

/** Asks about mutations under one profile. */
export type RowJudge = (profile: ProfileName, pending: PendingRows) => Findings;

export type FlipJudge = (profile: ProfileName, pending: readonly FlipMutation[]) => Findings;

/** Which judge noticed a mutation, and by what. */
export interface Noticed {
  readonly judge: Judge;
  readonly by: string;
}

/** What a search of the named scopes says of a mutation that no judge noticed. */
export type Compared =
  | {
      readonly kind: 'equivalent';
      /** Those that enable what is mutated, under all profiles that have it. */
      readonly scopes: readonly string[];
      readonly states: number;
      /** How many of the searches came to the limit of their states. */
      readonly bounded: number;
    }
  /** A shortest difference, or that no scope asks. */
  | { readonly kind: 'differs' | 'not asked'; readonly how: string };

export interface Judged {
  readonly mutation: Mutation;
  readonly end: Noticed | Compared;
}
