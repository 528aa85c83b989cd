import type { PlayedAhead, RunAhead } from './ahead.ts';
import type { Declared } from './declared.ts';
import type { Adapter, Sights } from '../adapters/contract/index.ts';
import type { World } from '../model/index.ts';
import type { CampaignOptions } from './campaign.types.ts';
import type { PlannedStep } from './plan.ts';
import type { Playback } from './play.ts';
import type { RunResult, Scrutiny } from './run.ts';

/** What the phases of a campaign work with. */
export interface Campaign {
  readonly adapter: Adapter;
  readonly options: CampaignOptions;
  /** For planning runs; the judge has its own. */
  readonly world: World;
  /** The calls that the adapter declares. */
  readonly declared: Declared;
  /** The most that the adapter can show: `none` if it observes nothing. */
  readonly sights: Sights;
  /** Whether a run of the phase is to be played here, by its place among those of the shard, from 0. */
  takes(ordinal: number): boolean;
  /** Told before what is judged and confirmed for that run. */
  begins(ordinal: number): void;
  /** Counts a call that is left out. */
  skip(reason: string, calls: number): void;
  /** How many runs are begun at a time. */
  readonly atOnce: number;
  /** Begins to play runs that are judged later, and tells of each how it came out. */
  play(runs: readonly RunAhead[]): Promise<readonly PlayedAhead[]>;
  /** Plays a run, unless it is being played, judges and counts it and takes in what it shows. */
  judge(
    run: readonly PlannedStep[],
    scrutiny: Scrutiny,
    played?: Promise<Playback>,
  ): Promise<RunResult>;
  /** Judges a run once more without counting it, and takes in what it shows. */
  confirm(run: readonly PlannedStep[], scrutiny: Scrutiny): Promise<RunResult>;
  /** True if the campaign is to end with what is known. */
  over(): boolean;
}
