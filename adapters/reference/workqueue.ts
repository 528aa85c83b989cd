/** Work that was put off, and when it is done at last. */
import { putFilter } from './filter.ts';
import { collectGarbage, findGarbage } from './garbage.ts';
import { clearSlots, putMap, putObject, putUsedMap } from './object.ts';
import type { Kernel, Work } from './structures.types.ts';

/** Lets the deferred work happen, all of it, with what it causes in turn. */
export function runDeferred(kernel: Kernel): void {
  runWork(kernel);
  while (findGarbage(kernel).length > 0) {
    collectGarbage(kernel);
    runWork(kernel);
  }
}

function runWork(kernel: Kernel): void {
  for (let work = kernel.work.shift(); work !== undefined; work = kernel.work.shift()) {
    run(kernel, work);
  }
}

function run(kernel: Kernel, work: Work): void {
  switch (work.kind) {
    case 'put-used-map':
      putUsedMap(kernel, work.prog);
      break;
    case 'free-map':
      clearSlots(kernel, work.map);
      break;
    case 'clear-array':
      clearSlots(kernel, work.map);
      putMap(kernel, work.map);
      break;
    case 'put-filter':
      putFilter(kernel, work.prog);
      break;
    case 'put-pinned':
      putObject(kernel, work.object, 'inode');
      break;
    case 'free-link':
      kernel.operations.freeLink(kernel, work.link);
      break;
    case 'release-cgroup':
      kernel.operations.releaseCgroup(kernel, work.cgroup);
      break;
  }
}

/** How much is outstanding; a collection of sockets is one thing. */
export function outstanding(kernel: Kernel): number {
  return kernel.work.length + (findGarbage(kernel).length > 0 ? 1 : 0);
}
