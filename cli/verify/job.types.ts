/** What a process that searches is asked and what it answers. */
import type { Progress } from '../../checker/index.ts';
import type { ScopeReport } from '../../report/index.ts';
import type { ChosenProfile } from '../selection.ts';

/** One scope under one profile. */
export interface SearchJob {
  readonly scope: string;
  readonly profile: ChosenProfile;
  /** The only property to be judged; null: those of the scope. */
  readonly property: string | null;
  /** How transitions are enumerated; both find the same. */
  readonly engine: 'drivers' | 'loop';
  /** Whether states that differ in numbers only are searched as one. */
  readonly symmetry: 'on' | 'off';
  /** `off`: every state is known by itself; `on`: by 5 bytes, so that some may be left out. */
  readonly lossy: 'on' | 'off';
  /** Whether what the search runs of the model is told, too. */
  readonly coverage: 'on' | 'off';
  readonly maxStates: number;
  /** In bytes. */
  readonly maxMemory: number;
  /** When to give up, in milliseconds since the epoch; null: never. */
  readonly deadline: number | null;
  /** A folder for traces that take every transition; none are written if absent. */
  readonly tracesTo?: string;
}

/**
 * What a process is told: to search; or to make the worlds of jobs and hold them. What the machine
 * compiled for one world serves all that are made alike, but only while one of them is there; and what
 * it compiles while there are several it need not compile again for the next.
 */
export type SearchOrder =
  | { readonly kind: 'search'; readonly job: SearchJob }
  | { readonly kind: 'hold'; readonly jobs: readonly SearchJob[] };

export interface SearchProgress {
  readonly kind: 'progress';
  readonly progress: Progress;
  /** Since the search began. */
  readonly milliseconds: number;
}

export interface SearchDone {
  readonly kind: 'done';
  readonly report: ScopeReport;
  readonly milliseconds: number;
}

/** `text`: one line; `stack`: where it happened. */
export interface SearchBroke {
  readonly kind: 'broke';
  readonly text: string;
  readonly stack: string;
}

export type SearchMessage = SearchProgress | SearchDone | SearchBroke;
