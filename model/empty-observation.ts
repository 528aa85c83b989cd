/** An observation in which nothing is seen yet. */
import type { Observation, ObservationShape } from './observation-shape.ts';
import { contentKeys, sightFields } from './vocabulary/index.ts';

/** An empty observation of a shape, to be filled again and again. */
export function newObservation(
  shape: ObservationShape,
  fields: Observation['fields'] = new Set(sightFields),
): Observation {
  const { processes, objects, descriptors, paths } = shape;
  const cells = (size: number): Int32Array => new Int32Array(size);
  const byPath = (processes + 1) * paths;
  return {
    shape,
    fields,
    running: cells(processes + 1),
    namespace: cells(processes + 1),
    hears: cells(processes + 1),
    files: cells(processes + 1),
    descriptor: cells((processes + 1) * descriptors),
    seenKind: cells(byPath),
    seenInstance: cells(byPath),
    seenOrigin: cells(byPath),
    seenByLink: cells(byPath),
    seenObject: cells(byPath),
    alive: cells(objects + 1),
    kind: cells(objects + 1),
    refcnt: cells(objects + 1),
    usercnt: cells(objects + 1),
    descriptions: cells(objects + 1),
    inodes: cells(objects + 1),
    programs: cells(objects + 1),
    links: cells(objects + 1),
    slots: cells(objects + 1),
    attachments: cells(objects + 1),
    slot: cells((objects + 1) * contentKeys.length),
    content: cells(objects + 1),
    frozen: cells(objects + 1),
    hooked: cells(objects + 1),
    pending: cells(1),
  };
}
