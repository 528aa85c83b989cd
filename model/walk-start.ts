/**
 * Where a walk starts: at the root of the caller's namespace, in its working directory, or in a directory
 * that it has open (fs/namei.c, path_init).
 */
import { firstFd, type DescriptorEdges } from './edges/descriptors.ts';
import type { Names } from './names.ts';
import { fault, type Place } from './place.ts';
import { fileKinds } from './state/codes.ts';
import type { Tables } from './state/tables.ts';

export interface WalkStart {
  /** To the root of the namespace of process `p`. */
  readonly toRoot: (place: Place, p: number) => void;
  /** To a dentry seen through a mount. */
  readonly inMount: (place: Place, m: number, e: number) => void;
  /** To what a descriptor has open, or to a fault. */
  readonly atDescriptor: (place: Place, p: number, fd: number) => void;
  /** To where a path starts. */
  readonly start: (place: Place, p: number, path: number) => void;
}

/** Whether a path ends with the open file that it starts at. */
type Fits = 'whole' | 'part';

export function createWalkStart(
  { process, description, mount, bounds }: Tables,
  names: Names,
  descriptors: DescriptorEdges,
  isDirectory: (dentry: number) => boolean,
): WalkStart {
  const hostRoot = bounds.dentries + 1;

  function toRoot(place: Place, p: number): void {
    place.mount = 0;
    place.dentry = hostRoot;
    place.namespace = process.namespace(p);
  }

  function inMount(place: Place, m: number, e: number): void {
    place.mount = m;
    place.dentry = e;
    if (m !== 0) place.namespace = mount.namespace(m);
  }

  function atDescriptor(place: Place, p: number, fd: number): void {
    const d = descriptors.descriptionAt(p, fd);
    const kind = description.kind(d);
    const isPlaced = kind === fileKinds.directory || kind === fileKinds.place;
    if (d === 0 && (fd < 0 || fd >= firstFd)) place.fault = fault.badDescriptor;
    else if (!isPlaced) place.fault = fault.notDirectory;
    else if (description.dentry(d) === 0 || description.cgroup(d) !== 0)
      place.fault = fault.outside;
    else {
      const m = description.mount(d);
      const isElsewhere = m === 0 && description.namespace(d) !== process.namespace(p);
      if (isElsewhere) place.fault = fault.outside;
      inMount(place, m, description.dentry(d));
    }
  }

  /** A file that is in no tree can be no directory on the way. */
  function atOpenFile(place: Place, p: number, fd: number, isEnd: Fits): void {
    const d = descriptors.descriptionAt(p, fd);
    const isStandard = fd < firstFd;
    atDescriptor(place, p, fd);
    if (bounds.directories !== 1) place.fault = fault.outside;
    else if (d === 0 && !isStandard) place.fault = fault.missing;
    else if (place.fault === fault.notDirectory && isEnd === 'whole') place.fault = fault.nowhere;
  }

  function start(place: Place, p: number, path: number): void {
    place.fault = fault.none;
    place.links = 0;
    toRoot(place, p);
    const from = names.path(path);
    if (from.start === 'here' && process.cwd(p) !== 0) {
      inMount(place, process.cwdMount(p), process.cwd(p));
    } else if (from.start === 'open-file') {
      const isEnd = from.names.length === 0 && from.trailing === 0 ? 'whole' : 'part';
      atOpenFile(place, p, from.openFd, isEnd);
    } else if (from.start === 'fd') {
      atDescriptor(place, p, from.fd ?? 0);
      if (place.fault === fault.none && !isDirectory(place.dentry))
        place.fault = fault.notDirectory;
    }
  }

  return { toRoot, inMount, atDescriptor, start };
}
