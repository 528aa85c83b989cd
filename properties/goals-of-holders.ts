/** Goals about holders that are no descriptors: messages in flight, filters, and tables left by exec. */
import { objectKinds } from '../model/index.ts';
import { cell, isOpen, isSeen, openedBy, outstanding } from './cells.ts';
import type { StateGoal, StepGoal } from './property.types.ts';

export const objectInFlightOnly = {
  kind: 'sometimes',
  id: 'object-in-flight-only',
  title: 'An object lives by nothing but a message that nobody has received yet.',
  needs: ['descriptors', 'paths', 'alive', 'holders'],
  source: 'unix(7), SCM_RIGHTS; net/core/scm.c, scm_fp_copy',
  reached: (o): boolean => {
    for (let object = 1; object <= o.shape.objects; object += 1) {
      const held = cell(o.descriptions, object) > 0;
      if (held && !isOpen(o, object) && !isSeen(o, object)) {
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

export const filterHoldsProgram = {
  kind: 'sometimes',
  id: 'program-held-by-filter-only',
  title: 'A program lives by nothing but the socket whose filter it is.',
  needs: ['alive', 'holders'],
  source: 'net/core/filter.c, sk_attach_bpf',
  reached: (o): boolean => {
    for (let object = 1; object <= o.shape.objects; object += 1) {
      const others = cell(o.descriptions, object) + cell(o.inodes, object) + cell(o.slots, object);
      const program = cell(o.kind, object) === objectKinds.program;
      if (program && others === 0 && cell(o.attachments, object) > 0 && outstanding(o) === 0) {
        return true;
      }
    }
    return false;
  },
} as const satisfies StateGoal;

export const streamEnds = {
  kind: 'sometimes-step',
  id: 'stream-ends',
  title: 'A process reads the end of a stream: the peer was closed, and had read everything.',
  needs: ['descriptors'],
  source: 'unix(7); net/unix/af_unix.c, unix_release_sock',
  reachedBy: (_before, { pid, call, outcome }, after): boolean => {
    const reads = call.call === 'recvmsg' && cell(after.running, pid) === 1;
    return reads && outcome.ok && outcome.value === 0;
  },
} as const satisfies StepGoal;

export const filterDetached = {
  kind: 'sometimes-step',
  id: 'filter-detached',
  title: 'A filter is detached from its socket.',
  needs: ['descriptors'],
  source: 'socket(7), SO_DETACH_FILTER; net/core/filter.c, sk_detach_filter',
  reachedBy: (_before, { pid, call, outcome }, after): boolean => {
    return call.call === 'SO_DETACH_FILTER' && outcome.ok && cell(after.running, pid) === 1;
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

function differ(o: Parameters<StepGoal['reachedBy']>[2], pid: number, other: number): boolean {
  const { descriptors } = o.shape;
  for (let fd = 0; fd < descriptors; fd += 1) {
    if (o.descriptor[pid * descriptors + fd] !== o.descriptor[other * descriptors + fd]) {
      return true;
    }
  }
  return false;
}
