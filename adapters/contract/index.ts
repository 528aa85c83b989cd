/**
 * The adapter contract: what the suite asks of an implementation under test. Imports the vocabulary
 * only. In-process adapters may answer synchronously.
 */
import type {
  AccessFlag,
  CallName,
  MapType,
  Outcome,
  Sight,
  SightField,
  Step,
} from '../../model/vocabulary/index.ts';

/** A value now, or later. */
export type Awaitable<T> = T | Promise<T>;

/** By calls that cannot be made, the reasons. */
export type Lacks = Readonly<Partial<Record<CallName, string>>>;

/** What this machine keeps from being seen, and why: a sentence that names the mend. */
export interface Hidden {
  readonly fields: readonly SightField[];
  readonly reason: string;
}

/** `allowed`: kernel.unprivileged_bpf_disabled is 0. */
export type UnprivilegedBpf = 'allowed' | 'disabled';

/** What an adapter says of itself before the first run. What it declares it must then do. */
export interface Hello {
  /** The implementation's name and version, as reports print them. */
  readonly name: string;
  readonly version: string;
  readonly calls: readonly CallName[];
  /** Why this machine keeps some of the others from being made: a sentence that names the mend. */
  readonly lacks?: Lacks;
  /** The types of maps that BPF_MAP_CREATE makes besides hashes and arrays. */
  readonly maps?: readonly MapType[];
  /** What BPF_MAP_CREATE and BPF_OBJ_GET restrict new descriptors to. */
  readonly flags?: readonly AccessFlag[];
  /**
   * Whether the machine lets who has no capability create maps and programs, where a setup cannot
   * choose: kernel.unprivileged_bpf_disabled. Runs that want it otherwise keep their capabilities.
   */
  readonly unprivilegedBpf?: UnprivilegedBpf;
  readonly observes: readonly SightField[];
  /** Of what it does not observe here, what it would elsewhere. */
  readonly hides?: readonly Hidden[];
  /**
   * Present where objects have no ids, so that what is known is known by cookies that maps hold: sights
   * then show, at descriptors and paths unless it hides these, those objects that answers named, and
   * no others.
   */
  readonly identities?: 'cookies';
  /** `lowest`: a new descriptor gets the lowest free number, as POSIX asks. */
  readonly descriptors: 'lowest' | 'opaque';
}

/**
 * The world in which a run starts: one process (pid 1) with descriptors 0, 1 and 2 open on
 * /dev/null, in a mount namespace of its own whose root is a file system that is no bpffs and holds
 * the `host` tree; nothing else is mounted; no propagation; umask 022; all privileges.
 */
export interface Setup {
  /** Absolute paths, parents first: directories end in "/", the others are empty regular files. */
  readonly host: readonly string[];
  /** Absolute paths that every sight reports on. */
  readonly watch: readonly string[];
  /** RLIMIT_NOFILE: a new descriptor's number stays below it. */
  readonly descriptors: number;
  /** Present where kernel.unprivileged_bpf_disabled is to be 0: 2 if absent. */
  readonly unprivilegedBpf?: UnprivilegedBpf;
}

/** The answer to one step. */
export interface Answer {
  readonly outcome: Outcome;
  /** For a call that returned a descriptor of an object: the object's identity. */
  readonly object?: number;
  /** The objects of this run that were alive when the call had returned, ascending. */
  readonly alive?: readonly number[];
  /** When the call had returned, in microseconds from some moment on; measured, and never judged. */
  readonly returnedAt?: number;
  readonly sight?: Sight;
}

/** After which steps a sight is taken. */
export type Sights = 'each' | 'last' | 'none';

/** A run from its reset on. */
export interface RunToPlay {
  readonly steps: readonly Step[];
  readonly sights: Sights;
}

/** The answers to each run up to one that could not be played to its end, and what befell that one. */
export interface RunsPlayed {
  readonly answers: readonly (readonly Answer[])[];
  readonly failure?: AdapterFailure;
}

/** Something under test. Calls do not overlap; after `close` nothing it made is left behind. */
export interface Adapter {
  readonly hello: Hello;
  /** Ends the current run (all its processes die) and starts a new one. */
  reset(setup: Setup): Awaitable<void>;
  /**
   * Plays steps of the current run in order; may be called again to go on with it. A step by a
   * process that does not run is answered by ESRCH.
   */
  play(steps: readonly Step[], sights: Sights): Awaitable<readonly Answer[]>;
  /**
   * Plays whole runs in order, each as `reset` and `play` do. Present where this takes less time than to ask for
   * each run by itself.
   */
  playRuns?(setup: Setup, runs: readonly RunToPlay[]): Awaitable<RunsPlayed>;
  /**
   * The current sight, once no deferred effect is outstanding or a generous deadline has passed.
   * @param leaving if given, it may be taken as soon as none of these is there, by their numbers in the order in
   * which the run made its objects, from 1 on.
   */
  settle(leaving?: readonly number[]): Awaitable<Sight>;
  /** Of these objects, of this run or an earlier one, those still alive right now (no waiting). */
  alive(ids: readonly number[]): Awaitable<readonly number[]>;
  /**
   * When each of these objects was seen to be gone, by the clock of `returnedAt`; null for what was not, or
   * too long ago. Absent where nobody looks at a clock.
   */
  readonly goneAt?: (ids: readonly number[]) => Awaitable<readonly (number | null)[]>;
  /** Throws an AdapterFailure if something that it made is left behind. */
  close(): Awaitable<void>;
}

/**
 * An adapter that cannot go on. `implementation`: what is under test died, hung or answered
 * garbage, which is a deviation; `harness`: it could not be started, or our own side failed.
 */
export class AdapterFailure extends Error {
  readonly blame: 'implementation' | 'harness';

  constructor(blame: 'implementation' | 'harness', message: string) {
    super(message);
    this.name = 'AdapterFailure';
    this.blame = blame;
  }
}
