/** What is left when everything has ended. */
import type { Observation } from '../model/index.ts';
import { cell, nobodyRuns, outstanding } from './cells.ts';
import type { LeadsToProperty, QuiescenceProperty } from './property.types.ts';

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

/** The end of a process may put off what it held, the end of an object what that held, and so may a put. */
const weights = { process: 1_000_000, object: 1000, reference: 10 } as const;

const sum = (cells: Observation['alive']): number => cells.reduce((total, one) => total + one, 0);

/**
 * Every process can end, each end lowers the number of those that run, and each effect that was put off
 * ends something or is one less to come. So nothing is put off for ever, and nothing goes round.
 */
export const leadsToQuiescence = {
  kind: 'leads-to',
  id: 'leads-to-quiescence',
  title: 'However far it went: when all processes end, what was put off comes to an end, too.',
  needs: ['alive', 'counts', 'pending'],
  source: 'kernel/bpf/syscall.c, bpf_map_put and bpf_prog_put: every put is followed by its free',
  arrived: isQuiescent,
  rank: (o) =>
    weights.process * sum(o.running) +
    weights.object * sum(o.alive) +
    weights.reference * (sum(o.refcnt) + sum(o.usercnt)) +
    (outstanding(o) ?? 0),
  helps: (call) => call === 'exit_group' || call === 'kill',
} as const satisfies LeadsToProperty;
