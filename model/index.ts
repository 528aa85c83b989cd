/**
 * The specification: what a system of pinned eBPF objects is and does. Imports xstate (in charts/)
 * and itself; pure, total and deterministic.
 */
export * from './vocabulary/index.ts';
export { charts, type Chart, type Charts } from './charts/index.ts';
export { hostEntries } from './state/host.ts';
export { readAttributes } from './attributes/read.ts';
export type { HeldObject, Holds, MountPlace } from './holds.types.ts';
export { newObservation } from './empty-observation.ts';
export { observedParts, type ObservedPart } from './observe.ts';
export {
  heard,
  hookedBy,
  objectKinds,
  seen,
  type Cells,
  type Observation,
  type ObservationShape,
} from './observation-shape.ts';
export {
  isProfileName,
  profileNames,
  profiles,
  switches,
  withSwitch,
  type ProfileName,
  type SwitchName,
  type Switches,
} from './profiles/index.ts';
export {
  switchFacts,
  type Change,
  type Facts,
  type Implication,
  type Origin,
  type Untold,
} from './profiles/facts/index.ts';
export * from './search/index.ts';
export { createWorld, rowsOf, type WorldOptions } from './world.ts';
export { internalActions, internalEvents, type InternalAction } from './internal-action.ts';
export type { Bounds, RowInfo, Snapshot, StepResult, World } from './world.types.ts';
