/** What the model offers to those who step it call by call: the oracle, replay, the page. */
import type { Holds } from './holds.types.ts';
import type { InternalAction } from './internal-action.ts';
import type { Observation } from './observation-shape.ts';
import type { Call, Outcome, Pid } from './vocabulary/index.ts';

/** How many rows each table has, besides the null row. */
export interface Bounds {
  readonly processes: number;
  /** Descriptors of each process: its limit is 3 + descriptors. */
  readonly descriptors: number;
  readonly descriptions: number;
  readonly objects: number;
  readonly elements: number;
  /** Instances of bpffs. */
  readonly superblocks: number;
  readonly inodes: number;
  readonly dentries: number;
  readonly mounts: number;
  readonly namespaces: number;
  /** Slots of program arrays and of maps of maps that are filled. None if absent, as all below. */
  readonly slots?: number;
  readonly sockets?: number;
  readonly messages?: number;
  /** Programs that are attached, filters that are being released included. */
  readonly attachments?: number;
  /** 1 if the network device has a qdisc. */
  readonly qdiscs?: 0 | 1;
  /** 1 if programs may be others than socket filters. */
  readonly programTypes?: 0 | 1;
  /** Open files that are neither objects nor sockets: 1 if there are any, up to `descriptions`. */
  readonly plainFiles?: 0 | 1;
  /** 1 if processes may share a table of descriptors. */
  readonly sharedTables?: 0 | 1;
  /** 1 if there may be symbolic links. */
  readonly symlinks?: 0 | 1;
  /**
   * 1 if processes may have a working directory, and hold what they opened: directories, and places
   * (with `plainFiles`).
   */
  readonly directories?: 0 | 1;
  /** 1 if maps may be frozen. */
  readonly freezing?: 0 | 1;
  /** 1 if descriptors of maps may be restricted to reading or to writing. */
  readonly restricting?: 0 | 1;
  /** 1 if files have modes and owners, and processes a user: if absent, nobody is refused anything. */
  readonly permissions?: 0 | 1;
  /** 1 if mounts and instances may be read-only. */
  readonly readOnly?: 0 | 1;
  /** 1 if namespaces may be open as files. */
  readonly namespaceFiles?: 0 | 1;
  /** Groups of mounts that pass on to each other what is mounted in them. */
  readonly peerGroups?: number;
  /**
   * 1 if mounts may be marked to expire (MNT_EXPIRE). Of no use to a search: the call that marks one fails, and a
   * search takes calls that succeed.
   */
  readonly expiry?: 0 | 1;
  /** 1 if processes may leave the initial user namespace (with `permissions`). */
  readonly userNamespaces?: 0 | 1;
  /** 1 if who has no capability may create maps and programs (kernel.unprivileged_bpf_disabled is 0). */
  readonly unprivilegedBpf?: 0 | 1;
}

/**
 * What one step did. `row`: the id of the clause that failed the call, or of the bound that was
 * reached; `call.ok` (for instance `pin.ok`) if it succeeded.
 */
export type StepResult =
  | { readonly kind: 'outcome'; readonly outcome: Outcome; readonly row: string }
  | { readonly kind: 'bound'; readonly row: string };

/** A saved state: opaque bytes, equal for equal states. */
export type Snapshot = Uint8Array | Uint16Array;

/** One world: a profile, bounds, a host tree, and one current state that `step` changes in place. */
export interface World {
  readonly bounds: Bounds;
  readonly host: readonly string[];
  /** Makes the initial state current (docs/world.md). */
  reset(): void;
  /**
   * Applies a call to the current state. One that meets a bound leaves it as it was, and so does a failing one,
   * but for the marks of MNT_EXPIRE (docs/decisions/0018).
   */
  step(pid: Pid, call: Call): StepResult;
  /** The internal actions enabled in the current state, in a fixed order. */
  pending(): readonly InternalAction[];
  /** What may take place now or never, in a fixed order. */
  choices(): readonly InternalAction[];
  /** Takes an internal action that `pending` or `choices` lists. */
  settle(action: InternalAction): void;
  save(): Snapshot;
  load(snapshot: Snapshot): void;
  /**
   * An observation of the current state, a new one unless one of the same paths is given, to be filled again;
   * `watch`: the paths it reports on.
   */
  observe(watch: readonly string[], into?: Observation): Observation;
  /** A line for each thing that exists, for people. */
  describe(): readonly string[];
  /** Who holds which object, and what is mounted where. */
  holds(): Holds;
  /** Whether an object is there, and not on its way out. */
  isAlive(object: number): boolean;
  /** The object behind a descriptor of a process; 0 if there is none. */
  objectBehind(pid: Pid, fd: number): number;
  /** How many names and paths it was ever told, of which a state can tell no more than 65,535 apart. */
  interned(): number;
  /** Frees the numbers of processes and objects that are gone, so that they are given again. */
  forget(): void;
}

/** A clause or a bound of a call, as documentation and reports name it. */
export interface RowInfo {
  readonly id: string;
  readonly kind: 'clause' | 'bound';
  /** The error a clause answers with; absent for a bound. */
  readonly errno?: string;
  /** Where the kernel does this, or which document says so. */
  readonly source: string;
}
