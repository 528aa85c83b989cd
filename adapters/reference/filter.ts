/** Programs that were filters: they are let go some time after. */
import { putProg } from './object.ts';
import type { BpfProg, Kernel } from './structures.types.ts';

/** A packet may be just passing the filter. */
export function releaseFilter(kernel: Kernel, prog: BpfProg): void {
  kernel.work.push({ kind: 'put-filter', prog });
}

export function putFilter(kernel: Kernel, prog: BpfProg): void {
  putProg(kernel, prog, 'filter');
}
