/** Goals about holders that are no descriptors: messages in flight, filters, and tables left by exec. */
import { objectKinds } from '../model/index.ts';
import type { Observation } from '../model/index.ts';
import {
  cell,
  heldOnlyBy,
  isOpen,
  openedBy,
  outstanding,
  sameDescriptors,
  someAlive,
} from './cells.ts';
import type { StateGoal, StepGoal } from './property.types.ts';

export const objectInFlightOnly = {
  kind: 'sometimes',
  id: 'object-in-flight-only',
  title: 'An object lives by nothing but a message that nobody has received yet.',
  needs: ['descriptors', 'alive', 'holders'],
  source: 'unix(7), SCM_RIGHTS; net/core/scm.c, scm_fp_copy',
  reached: (o): boolean => {
    for (let object = 1; object <= o.shape.objects; object += 1) {
      if (heldOnlyBy(o, object, 'descriptions') && !isOpen(o, object)) {
        return true;
      }
    }
    return false;
  },
} as const satisfies StateGoal;

export const objectReceived = {
  kind: 'sometimes-step',
  id: 'object-received',
  title: 'A process receives a descriptor of an object that nobody had open any more.',
  needs: ['descriptors'],
  source: 'unix(7), SCM_RIGHTS; net/core/scm.c, scm_detach_fds',
  reachedBy: (before, { call, outcome }, after): boolean => {
    if (call.call !== 'recvmsg' || !outcome.ok) {
      return false;
    }
    for (let object = 1; object <= after.shape.objects; object += 1) {
      if (isOpen(after, object) && !isOpen(before, object)) {
        return true;
      }
    }
    return false;
  },
} as const satisfies StepGoal;

/** Whether an object is attached, and that to a socket: no cgroup and no device leads to it. */
const isFilter =
  (o: Observation) =>
  (object: number): boolean =>
    heldOnlyBy(o, object, 'attachments') && cell(o.hooked, object) === 0;

export const filterHoldsProgram = {
  kind: 'sometimes',
  id: 'program-held-by-filter-only',
  title: 'A program lives by nothing but the socket whose filter it is.',
  needs: ['alive', 'holders', 'pending'],
  source: 'net/core/filter.c, sk_attach_bpf',
  reached: (o): boolean => {
    return outstanding(o) === 0 && someAlive(o, objectKinds.program, isFilter(o));
  },
} as const satisfies StateGoal;

export const streamEnds = {
  kind: 'sometimes-step',
  id: 'stream-ends',
  title: 'A process reads the end of a stream, which brings no descriptor.',
  needs: ['descriptors'],
  source: 'unix(7); net/unix/af_unix.c, unix_release_sock',
  reachedBy: (before, { pid, call, outcome }, after): boolean => {
    const ends = call.call === 'recvmsg' && outcome.ok && outcome.value === 0;
    return ends && sameDescriptors(before, pid, after, pid);
  },
} as const satisfies StepGoal;

export const filterDetached = {
  kind: 'sometimes-step',
  id: 'filter-detached',
  title: 'A filter is detached from its socket, and its program is still held for a while.',
  needs: ['alive', 'holders', 'pending'],
  source: 'socket(7), SO_DETACH_FILTER; net/core/filter.c, sk_detach_filter',
  reachedBy: (before, { call, outcome }, after): boolean => {
    const detaches = call.call === 'SO_DETACH_FILTER' && outcome.ok;
    const outstandingMore = (outstanding(after) ?? 0) > (outstanding(before) ?? 0);
    return detaches && outstandingMore && someAlive(after, objectKinds.program, isFilter(after));
  },
} as const satisfies StepGoal;

export const execCloses = {
  kind: 'sometimes-step',
  id: 'exec-closes',
  title: 'An execve closes the last descriptor of an object, and the object dies.',
  needs: ['descriptors', 'alive'],
  source: 'execve(2); fs/file.c, do_close_on_exec',
  reachedBy: (before, { call, outcome }, after): boolean => {
    if (call.call !== 'execve' || !outcome.ok) {
      return false;
    }
    for (let object = 1; object <= before.shape.objects; object += 1) {
      if (isOpen(before, object) && cell(after.alive, object) === 0) {
        return true;
      }
    }
    return false;
  },
} as const satisfies StepGoal;

export const execKeeps = {
  kind: 'sometimes-step',
  id: 'exec-keeps',
  title: 'A descriptor of an object that does not close on exec is open after an execve.',
  needs: ['descriptors'],
  source: 'execve(2); dup(2): the duplicate does not close on exec',
  reachedBy: (before, { pid, call, outcome }, after): boolean => {
    if (call.call !== 'execve' || !outcome.ok) {
      return false;
    }
    for (let fd = 0; fd < before.shape.descriptors; fd += 1) {
      if (openedBy(after, pid, fd) !== 0 && openedBy(before, pid, fd) !== 0) {
        return true;
      }
    }
    return false;
  },
} as const satisfies StepGoal;

export const execSparesSharers = {
  kind: 'sometimes-step',
  id: 'exec-spares-sharers',
  title: 'An execve closes descriptors in its own copy of a table that others go on to use.',
  needs: ['descriptors'],
  source: 'execve(2), clone(2): CLONE_FILES; fs/exec.c, unshare_files',
  reachedBy: (before, { pid, call, outcome }, after): boolean => {
    if (call.call !== 'execve' || !outcome.ok) {
      return false;
    }
    for (let other = 1; other <= before.shape.processes; other += 1) {
      const shared = other !== pid && before.files[other] === before.files[pid];
      if (shared && before.running[other] === 1 && differ(after, pid, other)) {
        return true;
      }
    }
    return false;
  },
} as const satisfies StepGoal;

function differ(o: Observation, pid: number, other: number): boolean {
  const { descriptors } = o.shape;
  for (let fd = 0; fd < descriptors; fd += 1) {
    if (o.descriptor[pid * descriptors + fd] !== o.descriptor[other * descriptors + fd]) {
      return true;
    }
  }
  return false;
}
