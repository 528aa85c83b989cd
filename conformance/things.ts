import type { Thing } from './prospects.ts';

export type Things = ReadonlySet<Thing>;

export const plainMaps: Things = new Set(['map']);
export const programArrays: Things = new Set(['program-array']);
export const mapsOfObjects: Things = new Set(['program-array', 'map-of-maps']);
export const maps: Things = new Set(['map', 'program-array', 'map-of-maps']);
/** Programs that call what is in an array. */
export const callers: Things = new Set(['caller']);
export const programs: Things = new Set(['program', 'caller']);
/** Programs of other types, whatever they call. */
export const classifiers: Things = new Set(['classifier']);
export const cgroupPrograms: Things = new Set(['cgroup-program']);
export const anyPrograms: Things = new Set([...programs, ...classifiers, ...cgroupPrograms]);
export const links: Things = new Set(['link']);
export const cgroups: Things = new Set(['cgroup']);
/** What can be pinned. */
export const objects: Things = new Set([...maps, ...anyPrograms, ...links]);
/** Directories. */
export const places: Things = new Set(['place']);
/** Pins that O_PATH opened. */
export const openPins: Things = new Set(['open-pin']);
export const namespaces: Things = new Set(['namespace']);
export const sockets: Things = new Set(['socket']);
/** Neither a program nor an array of them. */
export const otherThings: Things = new Set([
  'map',
  'map-of-maps',
  'plain',
  'place',
  'open-pin',
  'namespace',
  'socket',
  'cgroup',
  'link',
]);
