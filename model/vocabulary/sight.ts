/**
 * A sight: what can be seen of a system from outside at one moment. Adapters report it; identities
 * (objects, instances, namespaces) are the adapter's own numbers, above 0, compared for equality
 * only, and stay the same for as long as the run lasts.
 */
import type { Fd, Pid } from './calls.types.ts';

/** What an adapter can show. A property that needs a field the adapter lacks is not observable. */
export const sightFields = [
  'descriptors', // which object stands behind each descriptor
  'paths', //       what each watched path shows to each process
  'instances', //   which file system instance a path belongs to
  'namespaces', //  which mount namespace a process is in
  'alive', //       which objects exist
  'content', //     what a map that somebody can reach contains
  'slots', //       which objects such a map holds
  'frozen', //      which maps were frozen
  'counts', //      refcnt and usercnt, as the implementation stores them
  'holders', //     who holds an object, as found by looking for holders
  'pending', //     whether a deferred effect is still outstanding
] as const;

export type SightField = (typeof sightFields)[number];

/** A descriptor with an object of ours behind it; others are not listed. */
export interface DescriptorSight {
  readonly fd: Fd;
  readonly object: number;
}

/** A watched path that leads into a bpffs; paths that lead nowhere, or elsewhere, are not listed. */
export interface PathSight {
  readonly path: string;
  readonly kind: 'directory' | 'map' | 'program' | 'link';
  readonly instance: number;
  /** The pinned object; 0 for a directory. */
  readonly object: number;
}

/** A running process. */
export interface ProcessSight {
  readonly pid: Pid;
  readonly namespace: number;
  readonly descriptors: readonly DescriptorSight[];
  readonly paths: readonly PathSight[];
}

/** An object that is alive. */
export interface ObjectSight {
  readonly id: number;
  readonly kind: 'map' | 'program' | 'link';
  readonly refcnt?: number;
  /** Maps only. */
  readonly usercnt?: number;
  readonly holders?: {
    /** Open file descriptions, those in flight included. */
    readonly descriptions: number;
    /** Inodes of any bpffs, reachable by a path or not. */
    readonly inodes: number;
    /** Programs that use this map. */
    readonly programs: number;
    /** Slots of maps that hold it. */
    readonly slots: number;
    /** What it is attached to: sockets, cgroups, directions of a device. */
    readonly attachments: number;
    /** Links that hold this program. */
    readonly links: number;
  };
  /** Maps only: 1 if it was frozen. */
  readonly frozen?: 0 | 1;
  /** Value by key, for the keys of `contentKeys`; null where the map has no such element. */
  readonly content?: readonly (number | null)[];
  /** Maps that hold objects: the object by key, for the keys of `contentKeys`; 0 for none. */
  readonly slots?: readonly number[];
}

export interface Sight {
  readonly processes: readonly ProcessSight[];
  readonly objects: readonly ObjectSight[];
  /** Deferred effects that are outstanding; absent where the adapter cannot tell. */
  readonly pending?: number;
}

/** The keys whose values make up the content of a map in a sight. */
export const contentKeys = [0, 1] as const;

/**
 * One number for the content of a map: equal for equal values of `contentKeys`, and, for the small
 * values that runs use, different for different ones.
 */
export function contentDigest(values: readonly (number | null)[]): number {
  return values.reduce<number>(
    (digest, value) => (Math.imul(digest, 65_599) + (value === null ? 0 : value + 1)) & 0x7fffffff,
    0,
  );
}
