/** Remembers what was found out of kernels, for all that would come to the same. */
import { notedSwitches } from '../../model/index.ts';
import type { NotedSwitches, Switches } from '../../model/index.ts';

/**
 * What `make` finds out of a kernel, or of two, under a key. It is taken for known where kernels agree
 * in all switches that were read to find it out, so `make` must read what it reads before it returns.
 */
export type KernelMemory<Value> = (
  key: string,
  make: (kernel: Switches, other: Switches) => Value,
  kernel: Switches,
  other?: Switches,
) => Value;

interface Known<Value> {
  readonly value: Value;
  readonly kernel: NotedSwitches;
  readonly other: NotedSwitches;
}

export function createKernelMemory<Value>(): KernelMemory<Value> {
  const known = new Map<string, readonly Known<Value>[]>();
  return (key, make, kernel, other = kernel) => {
    const before = known.get(key) ?? [];
    const same = before.find((one) => one.kernel.answer(kernel) && one.other.answer(other));
    if (same !== undefined) return same.value;
    const noted = { kernel: notedSwitches(kernel), other: notedSwitches(other) };
    const value = make(noted.kernel.switches, noted.other.switches);
    known.set(key, [...before, { ...noted, value }]);
    return value;
  };
}
