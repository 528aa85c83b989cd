/** What the types of maps implement, each in its way (struct bpf_map_ops). */
import type { BpfMap, Kernel, OrError, Task } from './structures.types.ts';

export interface Update {
  readonly key: number;
  readonly value: number;
  readonly flags: bigint;
}

export interface MapOperations {
  readonly lookUp: (kernel: Kernel, map: BpfMap, key: number) => OrError<number>;
  /** The task is the one whose descriptors a value may name. */
  readonly update: (kernel: Kernel, task: Task, map: BpfMap, update: Update) => OrError<number>;
  readonly remove: (kernel: Kernel, map: BpfMap, key: number) => OrError<number>;
  /** The key behind another; null stands for no key. */
  readonly nextKey: (map: BpfMap, key: number | null) => OrError<number>;
}
