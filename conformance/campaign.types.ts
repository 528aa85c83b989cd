import type { Hidden } from '../adapters/contract/index.ts';
import type { SightField } from '../model/vocabulary/index.ts';
import type { Deviation } from './deviation.types.ts';
import type { Players } from './collect-shares.ts';
import type { Count, PhaseName } from './count.types.ts';
import type { Release } from './releases.ts';
import type { RecordedStep } from './replay.types.ts';

export type { Count, PhaseName };

export interface CampaignOptions {
  /** Random runs, all shards together. */
  readonly runs: number;
  /** Calls that a random run chooses; those that end its processes come on top. */
  readonly length: number;
  readonly seed: number;
  /** Runs of the exhaustive phase, all shards together. */
  readonly shortRuns?: number;
  /** Both phases if absent. */
  readonly phase?: 'short' | 'random';
  /** Runs to be played instead of those of both phases; outcomes that are recorded count for nothing. */
  readonly traces?: readonly (readonly RecordedStep[])[];
  /** Which part of the runs is played here: runs whose number modulo `of` is `index`, from 0. */
  readonly shard?: { readonly index: number; readonly of: number };
  /** Those who play the runs of the phases instead of the adapter, which plays what makes traces shorter. */
  readonly players?: Players;
  /** What sights report on. */
  readonly watch?: readonly string[];
  /** `no`: deviations come without a trace, and at a fraction of the time. */
  readonly shrink?: 'yes' | 'no';
  /** Asked before every run; true ends the campaign with what is known. */
  readonly stop?: () => boolean;
  readonly onProgress?: (progress: CampaignProgress) => void;
  /** Told how long each object that was let go was still there, where the adapter tells times. */
  readonly onRelease?: (release: Release) => void;
}

export interface CampaignProgress {
  readonly phase: PhaseName;
  readonly runs: number;
  readonly compared: number;
  /** Distinct so far. */
  readonly deviations: number;
}

/** What a campaign found: the same for the same options and a deterministic adapter. */
export interface CampaignResult {
  /** `inconclusive`: nothing was compared, or some run met a bound and nothing deviates. */
  readonly verdict: 'conforms' | 'deviates' | 'inconclusive';
  readonly profile: string;
  /** The implementation, as it names itself. */
  readonly implementation: { readonly name: string; readonly version: string };
  readonly seed: number;
  /** Runs that were judged, those for shrinking not counted; `traces` is null where none were given. */
  readonly runs: {
    readonly traces: number | null;
    readonly short: number;
    readonly random: number;
  };
  /** All runs of up to that many calls over the small alphabet were judged; 0 if none were. */
  readonly exhaustiveUpTo: number;
  /** Calls whose outcome was compared, in those runs. */
  readonly compared: number;
  /** Calls that were left out, by reason. */
  readonly skipped: readonly Count[];
  readonly judgedProperties: readonly string[];
  readonly notObservable: readonly {
    readonly property: string;
    readonly missing: readonly SightField[];
  }[];
  /** Why the machine does not let some of that be seen; absent where it does. */
  readonly hides?: readonly Hidden[];
  readonly deviations: readonly Deviation[];
  /** Runs that could not be followed to their end, by the bound that was met. */
  readonly inconclusive: readonly Count[];
  /** Compared calls by the row of the model that they met. */
  readonly covered: readonly Count[];
  /** `stopped`: `stop` ended it before all runs were played. */
  readonly ended: 'complete' | 'stopped';
}
