import type { Count, PhaseName } from './count.types.ts';
import type { Finding } from './finding.ts';
import type { PlannedStep } from './plan.ts';
import type { Release } from './releases.ts';
import type { Scrutiny } from './run.ts';

/** Which blocks of runs somebody plays: those whose number modulo `of` is `index`, from 0. */
export interface Share {
  readonly index: number;
  readonly of: number;
}

/** Consecutive runs that one process plays; what happens in a block does not depend on who plays it. */
export const runsPerBlock = 256;

export const blockOf = (ordinal: number): number => Math.floor(ordinal / runsPerBlock);

/** What a run showed, for a collector. */
export interface Shown {
  readonly run: readonly PlannedStep[];
  readonly findings: readonly Finding[];
  readonly scrutiny: Scrutiny;
}

/** A run with objects that outlived it. */
export interface Survivor {
  /** Its place among the runs of the phase. */
  readonly ordinal: number;
  readonly run: readonly PlannedStep[];
}

/** What was counted and seen since the part before. */
export interface Part {
  readonly runs: number;
  readonly compared: number;
  readonly skipped: readonly Count[];
  readonly inconclusive: readonly Count[];
  readonly covered: readonly Count[];
  readonly shown: readonly Shown[];
  /** What was measured; no result has it. */
  readonly released: readonly Release[];
}

/** The end of a phase for one who plays a share of it. */
export interface PhaseEnd {
  readonly phase: PhaseName;
  readonly exhaustiveUpTo: number;
  readonly survivors: readonly Survivor[];
  readonly ended: 'complete' | 'stopped';
}

/** In their order: a part for each block of the share in a phase, and the end of the phase. */
export type ShareMessage =
  { readonly kind: 'part'; readonly part: Part } | { readonly kind: 'end'; readonly end: PhaseEnd };
