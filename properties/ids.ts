/** Objects that are opened by id. An id is the number of an object in the run. */
import type { Observation } from '../model/index.ts';
import type { GetById } from '../model/vocabulary/index.ts';
import { cell, isOpen, isSeen, openedBy } from './cells.ts';
import { objectKinds } from '../model/index.ts';
import type { StepGoal, StepProperty } from './property.types.ts';

const kinds = {
  BPF_MAP_GET_FD_BY_ID: objectKinds.map,
  BPF_PROG_GET_FD_BY_ID: objectKinds.program,
  BPF_LINK_GET_FD_BY_ID: objectKinds.link,
} as const satisfies Record<GetById['call'], number>;

const kindOf = ({ call }: GetById): number => kinds[call];

const isById = (call: { readonly call: string }): call is GetById =>
  Object.hasOwn(kinds, call.call);

const livesAs = (o: Observation, object: number, kind: number): boolean =>
  cell(o.alive, object) === 1 && cell(o.kind, object) === kind;

export const idOpensItsObject = {
  kind: 'step',
  id: 'id-opens-its-object',
  title: 'An id opens the very object that has it, as long as that lives, and nothing else.',
  needs: ['descriptors', 'alive'],
  source: 'kernel/bpf/syscall.c, bpf_map_get_fd_by_id, bpf_prog_get_fd_by_id',
  failing: 'skipped',
  holds: (before, { pid, call, outcome }, after): boolean =>
    !outcome.ok ||
    !isById(call) ||
    (livesAs(before, call.id, kindOf(call)) && openedBy(after, pid, outcome.value) === call.id),
} as const satisfies StepProperty;

export const mapOpenedById = {
  kind: 'sometimes-step',
  id: 'map-opened-by-id',
  title: 'A map that no descriptor and no pin leads to is opened by its id.',
  needs: ['descriptors', 'paths'],
  under: { ids: 'built-in' },
  source: 'kernel/bpf/syscall.c, bpf_map_get_fd_by_id',
  reachedBy: (before, { pid, call, outcome }, after): boolean =>
    outcome.ok &&
    call.call === 'BPF_MAP_GET_FD_BY_ID' &&
    openedBy(after, pid, outcome.value) === call.id &&
    !isOpen(before, call.id) &&
    !isSeen(before, call.id),
} as const satisfies StepGoal;
