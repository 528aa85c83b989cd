/** Every property and every goal, in the order in which reports take them. */
import type { Switches } from '../model/index.ts';
import { aliveIffHeld, refcntEqualsHolders } from './counts.ts';
import { failedCallChangesNothing } from './failing.ts';
import {
  instanceFoundAgain,
  mountVanishesWithItsName,
  namespaceShowsOtherInstance,
  objectInTwoInstances,
  oneInstanceAtTwoMounts,
  pinSeenFromTwoNamespaces,
  twoInstancesInOneNamespace,
} from './goals-of-instances.ts';
import {
  mapHeldByProgramOnly,
  mapReleasePending,
  mapReopenedThroughItsPin,
  objectDies,
  pinnedMapOutlivesItsCreator,
  programPinned,
  unlinkedButBound,
} from './goals-of-objects.ts';
import { instancePerMount, singletonPerNamespace } from './instances.ts';
import { isolation } from './isolation.ts';
import { getReturnsWhatWasPinned, unlinkSparesOpenDescriptors } from './pinning.ts';
import type { Goal, Property } from './property.types.ts';
import { quiescenceLeavesNothing } from './quiescence.ts';
import { survivalAfterExit } from './survival.ts';

const ownProperties = [
  survivalAfterExit,
  singletonPerNamespace,
  instancePerMount,
  refcntEqualsHolders,
  aliveIffHeld,
  getReturnsWhatWasPinned,
  failedCallChangesNothing,
  isolation,
  unlinkSparesOpenDescriptors,
  quiescenceLeavesNothing,
] as const;

const ownGoals = [
  pinnedMapOutlivesItsCreator,
  mapReopenedThroughItsPin,
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
] as const;

export type PropertyId = (typeof ownProperties)[number]['id'];
export type GoalId = (typeof ownGoals)[number]['id'];

export const properties: readonly (Property & { readonly id: PropertyId })[] = ownProperties;
export const goals: readonly (Goal & { readonly id: GoalId })[] = ownGoals;

/** Whether a property or goal stands under these switches. */
export function standsUnder(claim: Property | Goal, is: Pick<Switches, 'instance'>): boolean {
  return claim.instance === undefined || claim.instance === is.instance;
}

/** The property with this id, or undefined. */
export function propertyById(id: string): Property | undefined {
  return properties.find((property) => property.id === id);
}

/** The goal with this id, or undefined. */
export function goalById(id: string): Goal | undefined {
  return goals.find((goal) => goal.id === id);
}
