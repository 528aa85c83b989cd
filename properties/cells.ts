/** Reading and comparing the cells of observations, without allocating. */
import type { Cells, Observation } from '../model/index.ts';
import type { Fd, Pid } from '../model/vocabulary/index.ts';

/** A cell, or 0 outside the table: a process or an object of which nothing is known. */
export function cell(cells: Cells | Uint8Array, at: number): number {
  return cells[at] ?? 0;
}

/** The object behind a descriptor of a process, or 0. */
export function openedBy(o: Observation, pid: Pid, fd: Fd): number {
  const inRange = fd >= 0 && fd < o.shape.descriptors;
  return inRange ? cell(o.descriptor, pid * o.shape.descriptors + fd) : 0;
}

/** Where the cell of a path as a process sees it is. */
export function sightOf(o: Observation, pid: Pid, path: number): number {
  return pid * o.shape.paths + path;
}

export function sameCells(a: Cells, b: Cells): boolean {
  for (let at = 0; at < a.length; at += 1) {
    if (a[at] !== b[at]) {
      return false;
    }
  }
  return true;
}

/**
 * Whether a path shows the same as before. What is known of the instance's origin does not count: a
 * namespace may end far from the path.
 */
export function samePath(before: Observation, after: Observation, at: number): boolean {
  return (
    before.seenKind[at] === after.seenKind[at] &&
    before.seenInstance[at] === after.seenInstance[at] &&
    before.seenObject[at] === after.seenObject[at]
  );
}

/** Whether all paths show the same to a process as before. */
export function samePaths(before: Observation, after: Observation, pid: Pid): boolean {
  const end = sightOf(before, pid + 1, 0);
  for (let at = sightOf(before, pid, 0); at < end; at += 1) {
    if (!samePath(before, after, at)) {
      return false;
    }
  }
  return true;
}

/** Whether the descriptors that `pid` has now are those that `from` had before. */
export function sameDescriptors(
  before: Observation,
  from: Pid,
  after: Observation,
  pid: Pid,
): boolean {
  for (let fd = 0; fd < before.shape.descriptors; fd += 1) {
    if (openedBy(before, from, fd) !== openedBy(after, pid, fd)) {
      return false;
    }
  }
  return true;
}

/** Whether the maps that are alive before and after contain the same, as far as that is known. */
export function sameContents(before: Observation, after: Observation): boolean {
  for (let object = 1; object <= before.shape.objects; object += 1) {
    const was = cell(before.content, object);
    const is = cell(after.content, object);
    const comparable =
      cell(before.alive, object) === 1 &&
      cell(after.alive, object) === 1 &&
      was !== -1 &&
      is !== -1;
    if (comparable && was !== is) {
      return false;
    }
  }
  return true;
}

/** Whether some process has a descriptor of an object. */
export function isOpen(o: Observation, object: number): boolean {
  return o.descriptor.includes(object);
}

/** Whether some process sees an object pinned at a watched path. */
export function isSeen(o: Observation, object: number): boolean {
  return o.seenObject.includes(object);
}

/** Whether everything that these cells name (descriptors, pins) is alive. */
export function allAlive(o: Observation, objects: Cells): boolean {
  const { alive } = o;
  for (let at = 0; at < objects.length; at += 1) {
    const object = cell(objects, at);
    if (object !== 0 && cell(alive, object) !== 1) {
      return false;
    }
  }
  return true;
}

const holders = ['descriptions', 'inodes', 'programs', 'links', 'slots', 'attachments'] as const;

/** Whether a live object has holders of this kind, and of no other. */
export function heldOnlyBy(
  o: Observation,
  object: number,
  kind: (typeof holders)[number],
): boolean {
  if (cell(o.alive, object) !== 1) {
    return false;
  }
  for (const holder of holders) {
    if (cell(o[holder], object) > 0 !== (holder === kind)) {
      return false;
    }
  }
  return true;
}

/** Whether a live object of a kind (`objectKinds`) is as asked. */
export function someAlive(o: Observation, kind: number, is: (object: number) => boolean): boolean {
  for (let object = 1; object <= o.shape.objects; object += 1) {
    if (cell(o.alive, object) === 1 && cell(o.kind, object) === kind && is(object)) {
      return true;
    }
  }
  return false;
}

/** How many deferred effects are outstanding, or null where that is not observed. */
export function outstanding(o: Observation): number | null {
  return o.fields.has('pending') ? cell(o.pending, 0) : null;
}

/** Whether no process runs any more. */
export function nobodyRuns(o: Observation): boolean {
  return !o.running.includes(1);
}
