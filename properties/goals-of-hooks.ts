/** Goals about what programs hang on: links, cgroups, a network device. */
import { hookedBy, infoOf, objectKinds } from '../model/index.ts';
import type { Observation } from '../model/index.ts';
import { cell, heldOnlyBy, nobodyRuns, openedBy, outstanding, someAlive } from './cells.ts';
import type { StateGoal, StepGoal } from './property.types.ts';

/** Whether a program is there when nobody runs, and this (`hookedBy`) leads to it. */
const outlivesEverybody = (o: Observation, by: number): boolean =>
  nobodyRuns(o) &&
  outstanding(o) === 0 &&
  someAlive(o, objectKinds.program, (object) => (cell(o.hooked, object) & by) !== 0);

export const programInLinkOnly = {
  kind: 'sometimes',
  id: 'program-held-by-link-only',
  title: 'A program lives by nothing but a link.',
  needs: ['alive', 'holders', 'pending'],
  under: { links: 'built-in' },
  source: 'kernel/bpf/syscall.c, bpf_link_free',
  reached: (o): boolean =>
    outstanding(o) === 0 &&
    someAlive(o, objectKinds.program, (object) => heldOnlyBy(o, object, 'links')),
} as const satisfies StateGoal;

export const linkByPinOnly = {
  kind: 'sometimes',
  id: 'link-held-by-pin-only',
  title: 'A link, with what it attached, lives by nothing but its pin.',
  needs: ['alive', 'holders', 'pending'],
  under: { links: 'built-in' },
  source: 'kernel/bpf/inode.c, bpf_any_get',
  reached: (o): boolean =>
    outstanding(o) === 0 &&
    someAlive(o, objectKinds.link, (object) => heldOnlyBy(o, object, 'inodes')),
} as const satisfies StateGoal;

export const linkDefunct = {
  kind: 'sometimes-step',
  id: 'link-defunct',
  title: 'A link is told to be attached to nothing any more.',
  needs: ['descriptors', 'alive'],
  under: { links: 'built-in' },
  source: 'kernel/bpf/cgroup.c, bpf_cgroup_link_auto_detach',
  reachedBy: (_before, { pid, call, outcome }, after): boolean => {
    if (call.call !== 'BPF_OBJ_GET_INFO_BY_FD' || !outcome.ok) {
      return false;
    }
    const info = infoOf(outcome.value);
    const isAlive = cell(after.alive, openedBy(after, pid, call.fd)) === 1;
    return info.kind === 'link' && info.state === 'defunct' && isAlive;
  },
} as const satisfies StepGoal;

export const programKeptByCgroup = {
  kind: 'sometimes',
  id: 'program-kept-by-cgroup',
  title: 'A program outlives every process, by the cgroup that it is attached to.',
  needs: ['alive', 'pending'],
  under: { cgroups: 'built-in' },
  source: 'kernel/bpf/cgroup.c, __cgroup_bpf_attach',
  reached: (o): boolean => outlivesEverybody(o, hookedBy.cgroup),
} as const satisfies StateGoal;

export const programOutlivesEverybody = {
  kind: 'sometimes',
  id: 'program-outlives-everybody',
  title: 'A program outlives every process, by the device whose filter it is.',
  needs: ['alive', 'pending'],
  source: 'net/sched/cls_bpf.c, __cls_bpf_delete',
  reached: (o): boolean => outlivesEverybody(o, hookedBy.device),
} as const satisfies StateGoal;
