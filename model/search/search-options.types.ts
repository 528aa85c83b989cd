import type { CallRows } from '../calls/row.ts';
import type { Charts } from '../charts/index.ts';
import type { Switches } from '../profiles/index.ts';
import type {
  Bpf,
  CallName,
  Fd,
  MapCreate,
  MapType,
  Open,
  Path,
  ProgType,
  Umount,
  UpdateFlag,
} from '../vocabulary/index.ts';
import type { Bounds } from '../world.types.ts';

/** What a search enumerates. */
export interface SearchOptions {
  readonly switches: Switches;
  readonly bounds: Bounds;
  readonly host: readonly string[];
  /** Every path argument ranges over these; observations report on them too. */
  readonly paths: readonly string[];
  /** What symbolic links lead to. Nothing if absent. */
  readonly targets?: readonly string[];
  /** The calls that processes make. */
  readonly calls: readonly CallName[];
  /** The types of the maps that are created, of one entry each. An array if absent. */
  readonly maps?: readonly MapType[];
  /** The types of the programs that are loaded. Socket filters if absent. */
  readonly programs?: readonly ProgType[];
  /** Values that BPF_MAP_UPDATE_ELEM writes, under key 0: descriptors where maps hold objects. */
  readonly values?: readonly number[];
  /** What files are chmod'ed to, and what umasks processes take. None if absent. */
  readonly modes?: readonly number[];
  readonly masks?: readonly number[];
  /** Options of fresh mounts, besides none. None if absent. */
  readonly mountData?: readonly string[];
  /** Flags of umount2; none and MNT_DETACH if absent. */
  readonly umounts?: readonly Umount['flag'][];
  /** Whether bind mounts are made with MS_REC, too. */
  readonly recursive?: 'binds';
  /** Arguments that are wrong in most states, tried besides the others. None if absent. */
  readonly odd?: Partial<OddArguments>;
  /** Other charts and rows than the specification's own. */
  readonly charts?: Charts;
  readonly rows?: (own: readonly CallRows[]) => readonly CallRows[];
}

export interface OddArguments {
  readonly paths: readonly Path[];
  /** Paths that start in the directory that is open as `fd`. */
  readonly starts: readonly { readonly fd: Fd; readonly path: Path }[];
  /** Descriptors, also where one is to be copied to. */
  readonly fds: readonly Fd[];
  /** Keys, and values of updates; null for a NULL pointer. */
  readonly words: readonly (number | null)[];
  readonly flags: readonly UpdateFlag[];
  readonly shapes: readonly OddShape[];
  /** Of these, the ones that fail whatever the state. */
  readonly raws: readonly Bpf[];
  /** Flags of open, in the place of the usual ones. */
  readonly opens: readonly Open['flag'][];
}

export type OddShape = Pick<MapCreate, 'type' | 'keySize' | 'valueSize' | 'maxEntries'>;
