/** What an exhaustive run of pan found, in the model's own terms. */
export interface PanCounts {
  /** Distinct states, the initial one included. */
  readonly states: number;
  /** Enabled calls with all their arguments, over all states; those that change nothing included. */
  readonly transitions: number;
  /** The longest path on the stack of the depth-first search, which is no distance of anything. */
  readonly depth: number;
  /** Bytes of one state, with what Spin itself keeps there. */
  readonly vectorBytes: number;
  /** What pan says it took, stack and table included. */
  readonly memoryMegabytes: number;
}

/** Counts, or why the output holds none that could be trusted. */
export type PanReading =
  | { readonly complete: true; readonly counts: PanCounts }
  | { readonly complete: false; readonly why: string };

const troubles: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/max search depth too small/, 'the search depth was too small'],
  [/reached -DMEMLIM bound|out of memory/, 'the memory limit was reached'],
  [/Search not completed/, 'the search was not completed'],
];

function numberIn(output: string, pattern: RegExp): number {
  return Number(pattern.exec(output)?.[1] ?? NaN);
}

/**
 * Reads pan's report. Pan counts the initial state among the transitions ("stored + matched"): that
 * one is taken off. The rows have initial values, so there is no step before the first state.
 */
export function readPan(output: string): PanReading {
  const violation = /^pan:\d+: (.*)$/m.exec(output)?.[1];
  if (violation !== undefined && !violation.startsWith('max search depth')) {
    return { complete: false, why: violation };
  }
  for (const [pattern, why] of troubles) {
    if (pattern.test(output)) return { complete: false, why };
  }
  const states = numberIn(output, /([\d.e+]+) states, stored/);
  const matched = numberIn(output, /([\d.e+]+) states, matched/);
  const counts = {
    states,
    transitions: states + matched - 1,
    depth: numberIn(output, /depth reached (\d+)/),
    vectorBytes: numberIn(output, /State-vector (\d+) byte/),
    memoryMegabytes: numberIn(output, /([\d.]+)\s+(?:total actual )?memory usage \(Mbyte\)/),
  };
  return Object.values(counts).every(Number.isFinite) && / errors: 0$/m.test(output)
    ? { complete: true, counts }
    : { complete: false, why: `the report could not be read: ${output.trim().slice(-400)}` };
}

/** Seconds of CPU that the shell's children took, user and system, from its `times`. */
export function readTimes(output: string): number {
  const line = /^(\d+)m([\d.]+)s (\d+)m([\d.]+)s\s*$/gm;
  const children = [...output.matchAll(line)].at(-1)?.slice(1).map(Number) ?? [];
  const [userMinutes = NaN, user = NaN, systemMinutes = NaN, system = NaN] = children;
  return userMinutes * 60 + user + systemMinutes * 60 + system;
}
