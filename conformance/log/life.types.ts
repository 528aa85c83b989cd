import type { ObjectSort } from '../../traces/index.ts';
import type { DangerWindow, LifeStep, LogPlace, ObjectLife } from './explanation.types.ts';

/** An object whose life goes on. */
export interface Life {
  readonly id: number;
  readonly sort: ObjectSort;
  readonly type: string;
  readonly label: string;
  readonly created: LogPlace;
  readonly origin: string;
  readonly steps: LifeStep[];
  more: number;
  outlived: ObjectLife['outlived'];
  readonly windows: DangerWindow[];
  /** Since when only descriptors hold it, and why; null while a pin does. */
  exposed: {
    readonly since: number;
    readonly why: DangerWindow['why'];
    holders: readonly string[];
  } | null;
  state: 'held' | 'possibly-held';
  holders: readonly string[];
  possible: readonly string[];
  descriptors: number;
  paths: readonly string[];
  names: number;
  /** Whether there is more to tell than that it came and went. */
  notable: 'yes' | 'no';
}
