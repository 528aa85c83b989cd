/** A case in which kernels surprised somebody, or had a bug, and the traces of the corpus that show it. */
export interface Case {
  readonly case: string;
  /** Below traces/corpus/, without `.trace`. */
  readonly traces: readonly [string, ...string[]];
}

export interface Theme {
  readonly theme: string;
  readonly cases: readonly Case[];
}

export const of = (text: string, ...traces: readonly [string, ...string[]]): Case => ({
  case: text,
  traces,
});
