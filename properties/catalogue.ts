/** Every property and every goal, in the order in which reports take them. */
import type { Switches } from '../model/index.ts';
import { aliveIffHeld, refcntEqualsHolders } from './counts.ts';
import { failedCallChangesNothing } from './failing.ts';
import { frozenMapReopened, frozenMapsStay } from './frozen.ts';
import {
  linkByPinOnly,
  linkDefunct,
  programInLinkOnly,
  programKeptByCgroup,
  programOutlivesEverybody,
} from './goals-of-hooks.ts';
import {
  instanceFoundAgain,
  mountVanishesWithItsName,
  namespaceShowsOtherInstance,
  objectInTwoInstances,
  oneInstanceAtTwoMounts,
  pinSeenFromTwoNamespaces,
  twoInstancesInOneNamespace,
} from './goals-of-instances.ts';
import { pinHasTwoNames, pinSeenAlongALink } from './goals-of-names.ts';
import {
  execCloses,
  execKeeps,
  execSparesSharers,
  filterDetached,
  filterHoldsProgram,
  objectInFlightOnly,
  objectReceived,
  streamEnds,
} from './goals-of-holders.ts';
import {
  mapHeldByProgramOnly,
  mapReleasePending,
  mapReopenedThroughItsPin,
  objectDies,
  pinnedMapOutlivesItsCreator,
  programPinned,
  unlinkedButBound,
} from './goals-of-objects.ts';
import { idOpensItsObject, mapOpenedById } from './ids.ts';
import { instancePerMount, noForeignInstance, singletonPerNamespace } from './instances.ts';
import { isolation } from './isolation.ts';
import { namesLeadOn } from './naming.ts';
import { getReturnsWhatWasPinned, unlinkSparesOpenDescriptors } from './pinning.ts';
import type { Goal, Property } from './property.types.ts';
import { leadsToQuiescence, quiescenceLeavesNothing } from './quiescence.ts';
import {
  mapInSlotOnly,
  pinnedArrayHoldsProgram,
  programInSlotOnly,
  slotsStayWhileReachable,
  tailCallFails,
} from './slots.ts';
import { survivalAfterExit } from './survival.ts';

const ownProperties = [
  survivalAfterExit,
  singletonPerNamespace,
  instancePerMount,
  noForeignInstance,
  refcntEqualsHolders,
  aliveIffHeld,
  getReturnsWhatWasPinned,
  failedCallChangesNothing,
  isolation,
  unlinkSparesOpenDescriptors,
  namesLeadOn,
  slotsStayWhileReachable,
  frozenMapsStay,
  idOpensItsObject,
  quiescenceLeavesNothing,
  leadsToQuiescence,
] as const;

const ownGoals = [
  pinnedMapOutlivesItsCreator,
  mapReopenedThroughItsPin,
  mapOpenedById,
  frozenMapReopened,
  objectDies,
  mapHeldByProgramOnly,
  mapReleasePending,
  programPinned,
  twoInstancesInOneNamespace,
  oneInstanceAtTwoMounts,
  objectInTwoInstances,
  pinSeenFromTwoNamespaces,
  namespaceShowsOtherInstance,
  instanceFoundAgain,
  mountVanishesWithItsName,
  unlinkedButBound,
  programInSlotOnly,
  pinnedArrayHoldsProgram,
  mapInSlotOnly,
  tailCallFails,
  objectInFlightOnly,
  objectReceived,
  streamEnds,
  filterHoldsProgram,
  execCloses,
  execKeeps,
  execSparesSharers,
  filterDetached,
  programInLinkOnly,
  linkByPinOnly,
  linkDefunct,
  programKeptByCgroup,
  programOutlivesEverybody,
  pinHasTwoNames,
  pinSeenAlongALink,
] as const;

export type PropertyId = (typeof ownProperties)[number]['id'];
export type GoalId = (typeof ownGoals)[number]['id'];

export const properties: readonly (Property & { readonly id: PropertyId })[] = ownProperties;
export const goals: readonly (Goal & { readonly id: GoalId })[] = ownGoals;

function agree(is: Switches, asked: Partial<Switches>): boolean {
  // No other switch is read than those that are asked for: readers of properties note which are.
  const values: Readonly<Record<string, string>> = is;
  return Object.entries(asked).every(([name, value]) => values[name] === value);
}

/** Whether a property or goal stands under these switches. */
export function standsUnder(claim: Property | Goal, is: Switches): boolean {
  const rightInstance = claim.instance === undefined || claim.instance === is.instance;
  return rightInstance && agree(is, claim.under ?? {});
}

/** The properties that an implementation of these switches is held to. */
export function propertiesFor(is: Switches): readonly Property[] {
  const broken = ({ brokenUnder }: Property): boolean =>
    brokenUnder !== undefined && agree(is, brokenUnder);
  return properties.filter(
    (property) => property.kind !== 'leads-to' && standsUnder(property, is) && !broken(property),
  );
}

/** The property with this id, or undefined. */
export function propertyById(id: string): Property | undefined {
  return properties.find((property) => property.id === id);
}

/** The goal with this id, or undefined. */
export function goalById(id: string): Goal | undefined {
  return goals.find((goal) => goal.id === id);
}
