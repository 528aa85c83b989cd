/** What a named scope is: a question that a search can answer to the end. */
import type { Bounds, OddArguments } from '../model/index.ts';
import type { CallName, MapType, ProgType, Umount } from '../model/vocabulary/index.ts';
import type { GoalId, PropertyId } from './catalogue.ts';

/** A world as data, the calls that are enabled in it, what is claimed and what must be reached. */
export interface Scope {
  readonly name: string;
  readonly title: string;
  readonly bounds: Bounds;
  /** Absolute paths, parents first: directories end in "/", the others are empty regular files. */
  readonly host: readonly string[];
  /** The domain of every path argument, and the watched paths. */
  readonly paths: readonly string[];
  /** What symbolic links lead to; nothing if absent. */
  readonly targets?: readonly string[];
  readonly calls: readonly CallName[];
  /** The types of maps that are created, of one entry each; an array if absent. */
  readonly maps?: readonly MapType[];
  /** The types of programs that are loaded; socket filters if absent. */
  readonly programs?: readonly ProgType[];
  /** What BPF_MAP_UPDATE_ELEM writes: descriptors where maps hold objects; 1 if absent. */
  readonly values?: readonly number[];
  /** What files are chmod'ed to, and the umasks that processes take; none if absent. */
  readonly modes?: readonly number[];
  readonly masks?: readonly number[];
  /** Options of fresh mounts, and the flags of umount2; no options, and MNT_DETACH or nothing, if absent. */
  readonly mountData?: readonly string[];
  readonly umounts?: readonly Umount['flag'][];
  /** Whether bind mounts take along what is mounted below. */
  readonly recursive?: 'binds';
  /** Arguments that are wrong, whatever the state or nearly so. */
  readonly odd?: Partial<OddArguments>;
  readonly properties: readonly PropertyId[];
  readonly goals: readonly GoalId[];
}
