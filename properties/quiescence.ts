/** What is left when everything has ended. */
import type { Observation } from '../model/index.ts';
import { cell, nobodyRuns, outstanding } from './cells.ts';
import type { QuiescenceProperty } from './property.types.ts';

/**
 * Whether a quiescence property is to be judged here: no process runs and nothing is outstanding.
 * False where `pending` is not observed; there the judge must know that the system has settled.
 */
export function isQuiescent(o: Observation): boolean {
  return nobodyRuns(o) && outstanding(o) === 0;
}

/**
 * The last process takes its namespace with it, the mounts go with that, and the pins with them. Cgroups
 * and the network device stay.
 */
export const quiescenceLeavesNothing = {
  kind: 'quiescence',
  id: 'quiescence-leaves-nothing',
  title:
    'When the last process has ended and all has settled, what no cgroup or device holds is gone.',
  needs: ['alive'],
  source: 'fs/namespace.c, put_mnt_ns; kernel/bpf/inode.c, bpf_evict_inode',
  holds: (o): boolean => {
    for (let object = 1; object <= o.shape.objects; object += 1) {
      if (cell(o.alive, object) !== 0 && cell(o.hooked, object) === 0) {
        return false;
      }
    }
    return true;
  },
} as const satisfies QuiescenceProperty;
