/** Programs: creation, the map they use, and what they do when they run. */
import type { ProgType } from '../../model/vocabulary/index.ts';
import { getMap } from './object.ts';
import type { BpfMap, BpfProg, Kernel } from './structures.types.ts';

/** MAX_TAIL_CALL_CNT. */
const mostTailCalls = 33;

/** A new program, held once by the file that is about to be made for it. */
export function allocateProg(kernel: Kernel, type: ProgType, map: BpfMap | null): BpfProg {
  kernel.lastId += 1;
  const prog: BpfProg = {
    kind: 'program',
    id: kernel.lastId,
    type,
    listedAs: 0,
    refcnt: 1,
    usedMap: null,
  };
  if (map !== null) kernel.operations.useMap(prog, map);
  kernel.progs.set(prog.id, prog);
  return prog;
}

export function useMap(prog: BpfProg, map: BpfMap): void {
  prog.usedMap = map;
  getMap(map);
}

/** Interprets a program, and those that it calls: what the last of them returns. */
export function runProg(prog: BpfProg): number {
  let running = prog;
  for (let tailCalls = 0; ; tailCalls += 1) {
    const map = running.usedMap;
    if (map?.type !== 'BPF_MAP_TYPE_PROG_ARRAY') return 0;
    const target = map.slots.get(0);
    if (target?.kind !== 'program' || tailCalls === mostTailCalls) return 1;
    running = target;
  }
}
