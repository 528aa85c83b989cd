/** What outlives the process that made it. */
import type { Observation } from '../model/index.ts';
import type { Call, Pid } from '../model/vocabulary/index.ts';
import { allAlive, cell, sameContents, sameDescriptors, samePaths } from './cells.ts';
import type { StepProperty } from './property.types.ts';

/** The process that a successful call ends, or 0. */
export function endedBy(call: Call, pid: Pid): Pid {
  if (call.call === 'kill') {
    return call.pid;
  }
  return call.call === 'exit_group' ? pid : 0;
}

function othersGoOn(before: Observation, victim: Pid, after: Observation): boolean {
  for (let pid = 1; pid <= before.shape.processes; pid += 1) {
    if (pid === victim) {
      continue;
    }
    if (
      before.running[pid] !== after.running[pid] ||
      !samePaths(before, after, pid) ||
      !sameDescriptors(before, pid, after, pid)
    ) {
      return false;
    }
  }
  return true;
}

/** A pin belongs to its instance, never to a process. */
export const survivalAfterExit = {
  kind: 'step',
  id: 'survival-after-exit',
  title:
    'The end of a process takes no pin from those who still run and kills nothing they can reach.',
  needs: ['descriptors', 'paths', 'alive'],
  source: 'kernel/bpf/inode.c, bpf_obj_do_pin: the inode takes a reference of its own',
  failing: 'skipped',
  holds: (before, step, after): boolean => {
    const victim = step.outcome.ok ? endedBy(step.call, step.pid) : 0;
    if (victim === 0) {
      return true;
    }
    return (
      cell(after.running, victim) === 0 &&
      othersGoOn(before, victim, after) &&
      allAlive(after, after.descriptor) &&
      allAlive(after, after.seenObject) &&
      sameContents(before, after)
    );
  },
} as const satisfies StepProperty;
