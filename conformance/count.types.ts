/** What is played: all short runs, random ones, or traces that are given. */
export type PhaseName = 'short' | 'random' | 'traces';

/** How often something was counted; sorted by what is counted. */
export interface Count {
  readonly of: string;
  readonly count: number;
}
