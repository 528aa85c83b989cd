/** What a run says: what was noticed, what is equivalent, and what is left. */
import type { Options } from './options.ts';
import type { Judged, Noticed } from './mutation.types.ts';

/** Mutations that nothing notices, by the reason. */
export type Listed = Readonly<Record<string, readonly string[]>>;

/** One that no judge noticed and no search found equivalent. */
export interface Survivor {
  readonly judged: Judged;
  /** Why that is accepted, if it is. */
  readonly reason: string | undefined;
}

export interface Verdict {
  readonly judged: readonly Judged[];
  readonly survivors: readonly Survivor[];
  /** Listed ones that are noticed, equivalent, or not there. */
  readonly stale: readonly string[];
}

export const isNoticed = (end: Judged['end']): end is Noticed => 'judge' in end;

export function verdictOf(judged: readonly Judged[], listed: Listed, options: Options): Verdict {
  const survivors = judged
    .filter(({ end }) => !isNoticed(end) && end.kind !== 'equivalent')
    .map((one): Survivor => {
      const reason = Object.keys(listed).find((text) => listed[text]?.includes(one.mutation.name));
      return { judged: one, reason };
    });
  return { judged, survivors, stale: staleOf(judged, listed, options) };
}

/**
 * A run of everything knows of every listed one. Others know of those that they judged, and that one is
 * equivalent under one profile says nothing of the rest.
 */
function staleOf(
  judged: readonly Judged[],
  listed: Listed,
  { profiles, kinds, call, chart }: Options,
): readonly string[] {
  const ends = new Map(judged.map(({ mutation, end }) => [mutation.name, end]));
  const isWhole =
    profiles.length > 1 && kinds.length > 1 && call === undefined && chart === undefined;
  return Object.values(listed)
    .flat()
    .filter((name) => {
      const end = ends.get(name);
      if (end === undefined) return isWhole;
      return isNoticed(end) || (end.kind === 'equivalent' && profiles.length > 1);
    });
}

export const exitCode = ({ survivors, stale }: Verdict): 0 | 1 =>
  stale.length > 0 || survivors.some(({ reason }) => reason === undefined) ? 1 : 0;
