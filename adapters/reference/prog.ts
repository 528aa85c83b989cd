/** Programs: creation, the count, and the map that is put after a program is gone. */
import { getMap, putMap } from './map.ts';
import type { BpfMap, BpfProg, Kernel } from './structures.types.ts';

/** Who dropped a reference to a program. */
export type ProgHolder = 'file' | 'inode' | 'failed-load';

/** A new program, held once by the file that is about to be made for it. */
export function allocateProg(kernel: Kernel, map: BpfMap | null): BpfProg {
  kernel.lastId += 1;
  const prog: BpfProg = { kind: 'program', id: kernel.lastId, refcnt: 1, usedMap: null };
  if (map !== null) kernel.operations.useMap(prog, map);
  kernel.progs.set(prog.id, prog);
  return prog;
}

export function useMap(prog: BpfProg, map: BpfMap): void {
  prog.usedMap = map;
  getMap(map);
}

export function getProg(prog: BpfProg): void {
  prog.refcnt += 1;
}

export function putProg(kernel: Kernel, prog: BpfProg, holder: ProgHolder): void {
  prog.refcnt -= 1;
  if (prog.refcnt !== 0) return;
  kernel.progs.delete(prog.id);
  if (prog.usedMap === null) return;
  if (isDeferred(kernel, holder)) kernel.deferred.push(prog);
  else putUsedMap(kernel, prog);
}

function isDeferred(kernel: Kernel, holder: ProgHolder): boolean {
  switch (holder) {
    case 'file':
      return true;
    case 'inode':
      return kernel.release.usedMaps === 'deferred';
    case 'failed-load':
      // Nobody could run a program that never had a descriptor: there is nothing to wait for.
      return false;
  }
}

/** Lets the deferred work happen, all of it. */
export function runDeferred(kernel: Kernel): void {
  for (const prog of kernel.deferred.splice(0)) putUsedMap(kernel, prog);
}

function putUsedMap(kernel: Kernel, prog: BpfProg): void {
  if (prog.usedMap !== null) putMap(kernel, prog.usedMap);
  prog.usedMap = null;
}
