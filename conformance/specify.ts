import { createWorld, profiles, rowsOf } from '../model/index.ts';
import type { Bounds, ProfileName, RowInfo, Switches } from '../model/index.ts';
import { propertiesFor } from '../properties/index.ts';
import { campaignBounds, campaignHost } from './setup.ts';
import type { Specification } from './specification.types.ts';

/** Departures from a profile and from the world of campaigns. */
export interface SpecifyOptions {
  /** How results print it, if not by the name of the profile. */
  readonly label?: string;
  readonly switches?: Partial<Switches>;
  readonly bounds?: Bounds;
  readonly host?: readonly string[];
}

/** The specification of a profile with all properties, over the world of campaigns unless told. */
export function specify(profile: ProfileName, options: SpecifyOptions = {}): Specification {
  const switches: Switches = { ...profiles[profile], ...options.switches };
  const bounds = options.bounds ?? campaignBounds;
  const host = options.host ?? campaignHost;
  let rows: readonly RowInfo[] | null = null;
  return {
    profile: options.label ?? profile,
    instance: switches.instance,
    attributes: switches.attributes,
    makeWorld: () => createWorld({ switches, bounds, host }),
    get rows() {
      return (rows ??= rowsOf(switches).flatMap((call) => call.rows));
    },
    properties: propertiesFor(switches),
  };
}
