/** What a call that fails leaves behind: nothing. */
import type { Observation } from '../model/index.ts';
import { sameSlots } from './slots.ts';
import { cell, isOpen, isSeen, outstanding, sameCells, sameContents } from './cells.ts';
import type { StepProperty } from './property.types.ts';

/** How many deferred effects may have completed in between, or -1 if one was added. */
function completed(before: Observation, after: Observation): number {
  const was = outstanding(before);
  const is = outstanding(after);
  if (was === null || is === null) {
    return Number.MAX_SAFE_INTEGER;
  }
  return is > was ? -1 : was - is;
}

/** What only a deferred effect held may be gone: nothing that anybody can reach. */
function mayHaveDied(before: Observation, object: number, limit: number): boolean {
  return (
    !isOpen(before, object) &&
    !isSeen(before, object) &&
    cell(before.descriptions, object) === 0 &&
    cell(before.inodes, object) === 0 &&
    cell(before.refcnt, object) <= limit
  );
}

/** A deferred effect drops references that no user has, and nothing else. */
function onlyReleased(
  before: Observation,
  after: Observation,
  object: number,
  limit: number,
): boolean {
  const released = cell(before.refcnt, object) - cell(after.refcnt, object);
  const fewer = (cells: 'programs' | 'links' | 'slots' | 'attachments'): boolean => {
    const by = cell(before[cells], object) - cell(after[cells], object);
    return by >= 0 && by <= limit;
  };
  return (
    before.alive[object] === after.alive[object] &&
    before.kind[object] === after.kind[object] &&
    before.usercnt[object] === after.usercnt[object] &&
    before.descriptions[object] === after.descriptions[object] &&
    before.inodes[object] === after.inodes[object] &&
    (limit > 0 || sameSlots(before, after, object)) &&
    released >= 0 &&
    released <= limit &&
    fewer('programs') &&
    fewer('links') &&
    fewer('slots') &&
    fewer('attachments')
  );
}

function objectsOnlyReleased(before: Observation, after: Observation, limit: number): boolean {
  let deaths = 0;
  for (let object = 1; object <= before.shape.objects; object += 1) {
    if (cell(before.alive, object) === 1 && cell(after.alive, object) === 0) {
      deaths += 1;
      if (!mayHaveDied(before, object, limit)) {
        return false;
      }
    } else if (!onlyReleased(before, after, object, limit)) {
      return false;
    }
  }
  return deaths <= limit;
}

function objectsUntouched(before: Observation, after: Observation): boolean {
  const limit = completed(before, after);
  return limit >= 0 && objectsOnlyReleased(before, after, limit) && sameContents(before, after);
}

/** Deferred effects are not the call's doing and may complete while it fails. */
export const failedCallChangesNothing = {
  kind: 'step',
  id: 'failed-call-changes-nothing',
  title: 'A call that fails changes nothing that anybody can see.',
  needs: ['descriptors', 'paths'],
  source: 'bpf(2), mount(2), unlink(2): an error means that nothing was done',
  failing: 'judged-if-changing',
  holds: (before, step, after): boolean => {
    return (
      step.outcome.ok ||
      // A search that finds every byte as it was has no second observation to compare.
      before === after ||
      (sameCells(before.running, after.running) &&
        sameCells(before.namespace, after.namespace) &&
        sameCells(before.files, after.files) &&
        sameCells(before.descriptor, after.descriptor) &&
        sameCells(before.seenKind, after.seenKind) &&
        sameCells(before.seenInstance, after.seenInstance) &&
        sameCells(before.seenOrigin, after.seenOrigin) &&
        sameCells(before.seenObject, after.seenObject) &&
        objectsUntouched(before, after))
    );
  },
} as const satisfies StepProperty;
