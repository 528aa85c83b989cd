import { objectKinds, seen } from '../model/index.ts';
import type { Cells, Observation, ObservationShape } from '../model/index.ts';
import { contentDigest, contentKeys } from '../model/vocabulary/index.ts';
import type {
  ObjectSight,
  Pid,
  ProcessSight,
  Sight,
  SightField,
} from '../model/vocabulary/index.ts';

/** What turns an adapter's names into the model's. */
export interface SightNames {
  readonly shape: ObservationShape;
  /** What the adapter observes; cells of other fields stay 0. */
  readonly fields: ReadonlySet<SightField>;
  /** The place of each watched path. */
  readonly paths: ReadonlyMap<string, number>;
  /** The model's number of an object, 0 for an unknown one. */
  readonly object: (theirs: number) => number;
  /** The namespace an instance originates in, 0 if none is known. */
  readonly origin: (instance: number) => number;
  /** The table of descriptors that a process uses. */
  readonly files: (pid: Pid) => number;
}

/** An observation made of a sight. */
export interface SeenObservation extends Observation {
  /** [object] 1 if the sight tells what is in its slots. */
  readonly slotsShown: Cells;
}

/**
 * The observation that a sight amounts to. Namespaces and instances keep the adapter's numbers: the
 * observation's readers compare them for equality only.
 */
export function observeSight(sight: Sight, names: SightNames): SeenObservation {
  const observation = emptyObservation(names.shape, names.fields);
  for (const process of sight.processes) {
    if (process.pid > names.shape.processes) continue;
    observation.running[process.pid] = 1;
    observation.namespace[process.pid] = process.namespace;
    observation.files[process.pid] = names.files(process.pid);
    fillDescriptors(observation, process, names);
    fillPaths(observation, process, names);
  }
  for (const object of sight.objects) {
    const number = names.object(object.id);
    if (number === 0 || number > names.shape.objects) continue;
    fillObject(observation, number, object);
    if (object.slots !== undefined) fillSlots(observation, number, object.slots, names);
  }
  observation.pending[0] = sight.pending ?? 0;
  return observation;
}

/** An observation of nothing: all cells are 0. */
function emptyObservation(
  shape: ObservationShape,
  fields: ReadonlySet<SightField>,
): SeenObservation {
  const cells = (count: number): Cells => new Int32Array(count);
  const [processes, objects] = [shape.processes + 1, shape.objects + 1];
  const [descriptors, paths] = [processes * shape.descriptors, processes * shape.paths];
  return {
    shape,
    fields,
    running: cells(processes),
    namespace: cells(processes),
    hears: cells(processes),
    files: cells(processes),
    descriptor: cells(descriptors),
    seenKind: cells(paths),
    seenInstance: cells(paths),
    seenOrigin: cells(paths),
    seenByLink: cells(paths),
    seenObject: cells(paths),
    alive: cells(objects),
    kind: cells(objects),
    refcnt: cells(objects),
    usercnt: cells(objects),
    descriptions: cells(objects),
    inodes: cells(objects),
    programs: cells(objects),
    links: cells(objects),
    slots: cells(objects),
    attachments: cells(objects),
    slot: cells(objects * contentKeys.length),
    slotsShown: cells(objects),
    content: cells(objects),
    frozen: cells(objects),
    hooked: cells(objects),
    pending: cells(1),
  };
}

function fillDescriptors(observation: Observation, process: ProcessSight, names: SightNames): void {
  for (const { fd, object } of process.descriptors) {
    if (fd >= names.shape.descriptors) continue;
    observation.descriptor[process.pid * names.shape.descriptors + fd] = names.object(object);
  }
}

function fillPaths(observation: Observation, process: ProcessSight, names: SightNames): void {
  for (const { path, kind, instance, object } of process.paths) {
    const place = names.paths.get(path);
    if (place === undefined) continue;
    const cell = process.pid * names.shape.paths + place;
    observation.seenKind[cell] = seen[kind];
    observation.seenInstance[cell] = instance;
    observation.seenOrigin[cell] = names.origin(instance);
    observation.seenObject[cell] = kind === 'directory' ? 0 : names.object(object);
  }
}

function fillObject(observation: Observation, number: number, object: ObjectSight): void {
  observation.alive[number] = 1;
  observation.kind[number] = objectKinds[object.kind];
  observation.refcnt[number] = object.refcnt ?? 0;
  observation.usercnt[number] = object.usercnt ?? 0;
  observation.descriptions[number] = object.holders?.descriptions ?? 0;
  observation.inodes[number] = object.holders?.inodes ?? 0;
  observation.programs[number] = object.holders?.programs ?? 0;
  observation.links[number] = object.holders?.links ?? 0;
  observation.slots[number] = object.holders?.slots ?? 0;
  observation.attachments[number] = object.holders?.attachments ?? 0;
  observation.frozen[number] = object.frozen ?? 0;
  observation.content[number] = object.content === undefined ? -1 : contentDigest(object.content);
  for (const place of contentKeys.keys()) {
    observation.slot[number * contentKeys.length + place] = -1;
  }
}

function fillSlots(
  observation: SeenObservation,
  number: number,
  slots: readonly number[],
  names: SightNames,
): void {
  observation.slotsShown[number] = 1;
  for (const place of contentKeys.keys()) {
    const theirs = slots[place] ?? 0;
    observation.slot[number * contentKeys.length + place] = theirs === 0 ? 0 : names.object(theirs);
  }
}
