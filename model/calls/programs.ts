/** Programs that are loaded, and that run: bpf(2); kernel/bpf/syscall.c, bpf_prog_load. */
import { kinds } from '../state/codes.ts';
import { descriptorRows, isUnusable, newDescriptor, noFd } from './new-descriptor.ts';
import { isMap, newObjectRows, progTypeCode } from './objects.ts';
import type { Parts } from './parts.types.ts';
import { bpfClosed, ifPermissions } from './permission-rows.ts';
import { isAtLimit, limitRow } from './reference-limit.ts';
import { bound, clause, find, ofArguments, unknownCommand, type CallTable } from './row.ts';

const skb = progTypeCode('BPF_PROG_TYPE_CGROUP_SKB');

/** MAX_TAIL_CALL_CNT; the running kernel lets so many calls pass. */
const mostTailCalls = 33;

export function progLoad(parts: Parts): CallTable {
  const { w, is, objects, descriptors, may } = parts;
  const { object } = w;
  const R = newDescriptor();
  const source = 'kernel/bpf/verifier.c and __bpf_map_get; measured on 6.18.44';
  const typeSource = 'kernel/bpf/syscall.c, find_prog_type; since 4.10';
  const isOfOthers = (array: number, type: number): boolean =>
    object.kind(array) === kinds.programArray &&
    object.type(array) !== 0 &&
    object.type(array) !== type + 1;
  /** Where the failure shows: by the ids of what is left, or by the type that an array has taken. */
  const leavesTrace = (map: number): boolean =>
    is.ids === 'built-in' ||
    (w.bounds.programTypes === 1 &&
      object.kind(map) === kinds.programArray &&
      object.type(map) === 0);
  const isForAll = (type: number): boolean =>
    type === 0 || (is.cgroups === 'built-in' && type === skb);
  const mapOf = (p: number, fd: number): number => descriptors.objectAt(p, fd);
  return {
    call: 'BPF_PROG_LOAD',
    short: 'load',
    sorts: ['maybe-fd', 'prog-type'],
    rows: [
      ...(['no-creation', 'no-creation-after-checks'] as const).flatMap((at) =>
        bpfClosed(parts, 'load', at),
      ),
      ...ifPermissions(
        parts,
        clause(
          'load.type-for-capable',
          'EPERM',
          (p, _fd, type) => !may.isPrivileged(p) && !isForAll(type),
          'kernel/bpf/syscall.c, bpf_prog_load: socket filters; since 4.10 CGROUP_SKB as well',
        ),
      ),
      ...(is.cgroups === 'none'
        ? [
            ofArguments(
              clause('load.unknown-type', 'EINVAL', (_p, _fd, type) => type === skb, typeSource),
            ),
          ]
        : []),
      clause(
        'load.map-fd-closed',
        'EBADF',
        (p, fd) => fd !== noFd && isUnusable(parts, p, fd),
        source,
      ),
      clause('load.not-a-map', 'EINVAL', (p, fd) => fd !== noFd && !isMap(w, mapOf(p, fd)), source),
      ...limitRow(parts, 'load', (p, fd) => fd !== noFd && isAtLimit(parts, mapOf(p, fd))),
      clause(
        'load.other-type',
        'EINVAL',
        (p, fd, type) => fd !== noFd && isOfOthers(mapOf(p, fd), type),
        'kernel/bpf/core.c, bpf_check_tail_call; measured on 6.18.44',
      ),
      bound(
        'bound.failed-load',
        (p, fd) => fd !== noFd && descriptors.lowest(p) === 0 && leavesTrace(mapOf(p, fd)),
        'measured on 6.18.44: the program that got no descriptor keeps its map for a while',
      ),
      ...descriptorRows(parts, 'load', R),
      ofArguments(
        bound('bound.program-types', (_p, _fd, type) => type !== 0 && !w.bounds.programTypes),
      ),
      ...newObjectRows(w, R),
    ],
    effect(p, fd, type) {
      objects.create(R.object, kinds.program, 0);
      objects.setType(R.object, type);
      if (fd !== noFd) {
        objects.use(R.object, mapOf(p, fd));
        objects.admit(mapOf(p, fd), type);
      }
      descriptors.open(p, R.fd, R.description, R.object);
      return R.fd;
    },
  };
}

export function progRun(parts: Parts): CallTable {
  const { w, is, objects, descriptors } = parts;
  const { object, slot } = w;
  const R = { program: 0 };
  const source = 'kernel/bpf/syscall.c, bpf_prog_test_run; since 4.12';
  /** What a program answers: 0, or 1 where its tail call leads nowhere, or too far. */
  const run = (program: number): number => {
    let current = program;
    for (let calls = 0; object.kind(object.uses(current)) === kinds.programArray; calls++) {
      const next = slot.target(objects.findSlot(object.uses(current), 0));
      if (next === 0 || calls === mostTailCalls) return 1;
      current = next;
    }
    return 0;
  };
  return {
    call: 'BPF_PROG_TEST_RUN',
    short: 'run',
    sorts: ['fd'],
    rows: [
      ...unknownCommand(is.testRun, 'run', source),
      clause('run.fd-closed', 'EBADF', (p, fd) => isUnusable(parts, p, fd), source),
      find((p, fd) => {
        R.program = descriptors.objectAt(p, fd);
      }),
      clause('run.not-a-program', 'EINVAL', () => object.kind(R.program) !== kinds.program, source),
      ...limitRow(parts, 'run', () => isAtLimit(parts, R.program)),
    ],
    effect: () => run(R.program),
  };
}
