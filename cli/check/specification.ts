/** What a target is held against: the model under a chosen profile. */
import { campaignBounds, campaignHost } from '../../conformance/index.ts';
import type { Specification } from '../../conformance/index.ts';
import { createWorld, rowsOf } from '../../model/index.ts';
import type { Bounds } from '../../model/index.ts';
import { propertiesFor } from '../../properties/index.ts';
import type { ChosenProfile } from '../selection.ts';

/** The specification over a host tree; those of a campaign unless told otherwise. */
export function specificationFor(
  { label, switches }: ChosenProfile,
  host: readonly string[] = campaignHost,
  bounds: Bounds = campaignBounds,
): Specification {
  return {
    profile: label,
    instance: switches.instance,
    makeWorld: () => createWorld({ switches, bounds, host }),
    rows: rowsOf(switches).flatMap(({ rows }) => rows),
    properties: propertiesFor(switches),
  };
}
