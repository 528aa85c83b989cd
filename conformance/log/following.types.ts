/** What the parts that follow a log have in common. */
import type { LogResult } from '../../traces/index.ts';
import type { LogPlace, MountLife } from './explanation.types.ts';
import type { Judging } from './judging.ts';
import type { Lives } from './lives.ts';
import type { LogProcess, LogSlot } from './log-processes.ts';
import type { Places } from './places.ts';

/** The process that is none of the log's: it holds what is on its way from one to another. */
export const background = 1;

/** A call that has returned, and whose it is. */
export interface Moment {
  readonly process: LogProcess;
  readonly place: LogPlace;
  readonly text: string;
  readonly result: LogResult;
}

export interface Following {
  readonly judging: Judging;
  readonly places: Places;
  readonly lives: Lives;
  readonly processes: Map<number, LogProcess>;
  /** The directories of the host tree that the model knows. */
  readonly host: ReadonlySet<string>;
  /** Where the log mounts a bpffs at some time. */
  readonly targets: ReadonlySet<string>;
  readonly mounts: (MountLife & { readonly superblock: number })[];
  assume(line: number, text: string): void;
  remark(line: number, text: string): void;
  /** Puts something behind a descriptor, in the place of what the log did not show to be closed. */
  put(process: LogProcess, fd: number, slot: LogSlot): void;
  /** Takes away what is behind a descriptor. */
  drop(process: LogProcess, fd: number): void;
  /** The descriptor of an object, which is revealed if nothing is known of it; null if it is none. */
  objectAt(
    moment: Moment,
    fd: { readonly fd: number; readonly shown: string | null },
  ): LogSlot | null;
  /** The object behind a descriptor of the model's. */
  readonly objectOf: (pid: number, fd: number) => number;
}
