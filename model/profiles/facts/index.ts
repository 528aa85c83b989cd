/** What is known of every switch; docs/switches.md is made from it. */
import { commandFacts } from './commands.ts';
import type { AllFacts } from './facts.types.ts';
import { mapFacts } from './maps.ts';
import { mountFacts } from './mounts.ts';
import { nameFacts } from './names.ts';
import { permissionFacts } from './permissions.ts';
import { pinFacts } from './pins.ts';

export type { AllFacts, Change, Facts, Implication, Origin, Untold } from './facts.types.ts';

export const switchFacts: AllFacts = {
  ...mountFacts,
  ...pinFacts,
  ...mapFacts,
  ...commandFacts,
  ...nameFacts,
  ...permissionFacts,
};
