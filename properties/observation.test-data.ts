/** For tests: observations written by hand. */
import { heard, hookedBy, newObservation, objectKinds, seen } from '../model/index.ts';
import type { Observation } from '../model/index.ts';
import { contentKeys, fail, sightFields, succeed } from '../model/vocabulary/index.ts';
import type { Call, Pid, SightField } from '../model/vocabulary/index.ts';
import type { StepView, Watch } from './property.types.ts';
import { watchPaths } from './watch.ts';

/** What a path shows: a directory, or a pin of an object, of an instance. */
export interface Shown {
  readonly kind: 'directory' | 'map' | 'program' | 'link';
  readonly instance: number;
  readonly object?: number;
  readonly origin?: number;
  /** Whether a symbolic link is on the way. */
  readonly way?: 'along-a-link';
}

/** A running process. */
export interface ProcessScene {
  readonly namespace?: number;
  /** Whose mounts may appear in its namespace besides where they are made. */
  readonly hears?: keyof typeof heard;
  /** Its table of descriptors; one of its own if absent. */
  readonly files?: number;
  /** Object by descriptor number. */
  readonly fds?: Readonly<Record<number, number>>;
  /** By watched path. */
  readonly sees?: Readonly<Record<string, Shown>>;
}

/** A live object. Its stored counts are its holders' number unless they are given. */
export interface ObjectScene {
  readonly kind?: keyof typeof objectKinds;
  readonly descriptions?: number;
  readonly inodes?: number;
  readonly programs?: number;
  readonly links?: number;
  readonly slots?: number;
  readonly attachments?: number;
  /** What leads to it, so that it may outlive every process. */
  readonly hookedBy?: keyof typeof hookedBy;
  /** The objects in its slots. */
  readonly holds?: readonly number[];
  readonly refcnt?: number;
  readonly usercnt?: number;
  readonly content?: number;
  readonly frozen?: 0 | 1;
  /** False for one that is gone, whatever else it says. */
  readonly alive?: boolean;
}

/** Processes and objects by number; what is left out does not run or is not there. */
export interface Scene {
  readonly processes?: Readonly<Record<number, ProcessScene>>;
  readonly objects?: Readonly<Record<number, ObjectScene>>;
  readonly pending?: number;
  /** Fields that are not observed. */
  readonly without?: readonly SightField[];
}

const shape = { processes: 3, objects: 3, descriptors: 6, paths: 5 } as const;

/** The watched paths of every scene. */
export const watch: Watch = watchPaths(['/a', '/a/x', '/a/y', '/b', '/b/x']);

export const directory = (instance: number, origin = 0): Shown => ({
  kind: 'directory',
  instance,
  origin,
});

export const pinned = (object: number, instance: number): Shown => ({
  kind: 'map',
  instance,
  object,
});

function placeProcess(o: Observation, pid: number, scene: ProcessScene): void {
  o.running[pid] = 1;
  o.namespace[pid] = scene.namespace ?? 1;
  o.hears[pid] = heard[scene.hears ?? 'nothing'];
  o.files[pid] = scene.files ?? pid;
  for (const [fd, object] of Object.entries(scene.fds ?? {})) {
    o.descriptor[pid * shape.descriptors + Number(fd)] = object;
  }
  for (const [path, shown] of Object.entries(scene.sees ?? {})) {
    const at = pid * shape.paths + watch.paths.indexOf(path);
    o.seenKind[at] = seen[shown.kind];
    o.seenInstance[at] = shown.instance;
    o.seenOrigin[at] = shown.origin ?? 0;
    o.seenByLink[at] = shown.way === 'along-a-link' ? 1 : 0;
    o.seenObject[at] = shown.object ?? 0;
  }
}

function placeObject(o: Observation, object: number, scene: ObjectScene): void {
  const { descriptions = 0, inodes = 0, programs = 0, content = 0 } = scene;
  const { links = 0, slots = 0, attachments = 0, holds = [] } = scene;
  const kind = scene.kind ?? 'map';
  const users = descriptions + inodes;
  o.alive[object] = scene.alive === false ? 0 : 1;
  o.kind[object] = objectKinds[kind];
  o.descriptions[object] = descriptions;
  o.inodes[object] = inodes;
  o.programs[object] = programs;
  o.links[object] = links;
  o.slots[object] = slots;
  o.attachments[object] = attachments;
  holds.forEach((held, key) => {
    o.slot[object * contentKeys.length + key] = held;
  });
  o.content[object] = content;
  o.frozen[object] = scene.frozen ?? 0;
  o.hooked[object] = scene.hookedBy === undefined ? 0 : hookedBy[scene.hookedBy];
  o.refcnt[object] = scene.refcnt ?? users + programs + links + slots + attachments;
  o.usercnt[object] = scene.usercnt ?? (kind === 'map' ? users : 0);
}

/** The observation of a scene: 3 processes, 3 objects, descriptors 0..5, the paths of `watch`. */
export function observe(scene: Scene): Observation {
  const without = scene.without ?? [];
  const o = newObservation(shape, new Set(sightFields.filter((field) => !without.includes(field))));
  for (const [pid, process] of Object.entries(scene.processes ?? {})) {
    placeProcess(o, Number(pid), process);
  }
  for (const [object, one] of Object.entries(scene.objects ?? {})) {
    placeObject(o, Number(object), one);
  }
  o.pending[0] = scene.pending ?? 0;
  return o;
}

/** A call that succeeded. */
export function done(pid: Pid, call: Call, value = 0): StepView {
  return { pid, call, outcome: succeed(value), watch };
}

/** A call that failed; which error does not matter to any property. */
export function refused(pid: Pid, call: Call): StepView {
  return { pid, call, outcome: fail('EINVAL'), watch };
}
