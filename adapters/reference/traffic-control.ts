/** The filters of the network device: a clsact qdisc, with a program for each direction at most. */
import type { Direction } from '../../model/vocabulary/index.ts';
import { releaseFilter } from './filter.ts';
import { getProg } from './object.ts';
import type { BpfProg, Kernel, Qdisc } from './structures.types.ts';

/** Makes a program the filter of a direction, in the place of an earlier one. */
export function setFilter(
  kernel: Kernel,
  { filters }: Qdisc,
  direction: Direction,
  prog: BpfProg,
): void {
  getProg(prog);
  const old = filters.get(direction);
  filters.set(direction, prog);
  if (old !== undefined) releaseFilter(kernel, old);
}

/** Deletes the qdisc, if it is still there, with its filters. */
export function deleteQdisc(kernel: Kernel): void {
  const { qdisc } = kernel;
  kernel.qdisc = null;
  for (const prog of qdisc?.filters.values() ?? []) releaseFilter(kernel, prog);
}
