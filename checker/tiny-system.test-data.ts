/** For tests: small systems written as a function from a state to its transitions. */
import type { Action, Limits, System, Visit } from './system.types.ts';

/** The words of a state. */
export type TinyState = readonly number[];

export interface Edge {
  readonly action: number;
  readonly args?: Action['args'];
  readonly to: TinyState;
}

export interface TinyDescription {
  readonly actions: readonly string[];
  readonly initial: TinyState;
  readonly edges: (state: TinyState) => readonly Edge[];
  /** Failing calls; `to` is what they leave behind. None if absent. */
  readonly failing?: (state: TinyState) => readonly Edge[];
}

/** The system, and its current state for the properties to look at. */
export interface TinySystem {
  readonly system: System;
  readonly now: () => TinyState;
}

export const noArgs: Action['args'] = [0, 0, 0, 0, 0];

export const noLimits: Limits = { states: Infinity, memory: Infinity, stop: () => false };

export function tinySystem(description: TinyDescription): TinySystem {
  const words = description.initial.length;
  let current = description.initial;

  function visitAll(edges: readonly Edge[], visit: Visit): void {
    const from = current;
    for (const { action, args, to } of edges) {
      current = to;
      visit(action, ...(args ?? noArgs));
    }
    current = from;
  }

  const system: System = {
    actions: description.actions,
    words,
    reset() {
      current = description.initial;
    },
    pack(into, at) {
      into.set(current, at);
    },
    unpack(from, at) {
      current = [...from.subarray(at, at + words)];
    },
    expand(visit) {
      visitAll(description.edges(current), visit);
    },
    attempt(visit) {
      const failing = description.failing?.(current) ?? [];
      visitAll(failing, visit);
      return failing.length;
    },
  };
  return { system, now: () => current };
}

/** Counters that each go round, all starting at 0, one word each: `sizes` product states. */
export function counters(sizes: readonly number[]): TinySystem {
  return tinySystem({
    actions: ['count'],
    initial: sizes.map(() => 0),
    edges: (state) =>
      sizes.map((size, i) => ({
        action: 0,
        args: [i, 0, 0, 0, 0],
        to: state.with(i, ((state[i] ?? 0) + 1) % size),
      })),
  });
}

/** A sequence of 32-bit numbers that looks random and is the same every time. */
export function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}
