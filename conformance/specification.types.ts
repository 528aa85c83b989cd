import type { RowInfo, Switches, World } from '../model/index.ts';
import type { Property } from '../properties/index.ts';

/** What an implementation is held against: a model under a profile, and the properties. */
export interface Specification {
  /** The name of the profile, as results print it. */
  readonly profile: string;
  /** The profile's value of the switch that some properties stand under. */
  readonly instance: Switches['instance'];
  /** Whose attributes of bpf(2) it knows. */
  readonly attributes: Switches['attributes'];
  /** Makes a world of this profile; each is used by one run at a time. */
  readonly makeWorld: () => World;
  /** The rows of the calls, for sources. */
  readonly rows: readonly RowInfo[];
  readonly properties: readonly Property[];
}
