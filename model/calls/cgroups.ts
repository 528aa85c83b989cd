/** Programs on cgroups, by themselves or by links: bpf(2); kernel/bpf/cgroup.c, kernel/bpf/syscall.c. */
import { attachModes, kinds } from '../state/codes.ts';
import {
  descriptorRows,
  freeRowRows,
  isClosed,
  isUnusable,
  newDescriptor,
} from './new-descriptor.ts';
import { isProgramOf, newObjectRows } from './objects.ts';
import type { Parts } from './parts.types.ts';
import { capableRows } from './permission-rows.ts';
import { isAtLimit, programLimitRow } from './reference-limit.ts';
import { clause, unknownCommand, type CallTable, type Condition, type Row } from './row.ts';

/** The argument codes of the flag of BPF_PROG_ATTACH. */
export const attachFlags = { none: 0, BPF_F_ALLOW_MULTI: 1 } as const;

const source = 'kernel/bpf/cgroup.c; measured on 6.18.44';

const checking = 'kernel/bpf/syscall.c, bpf_prog_attach_check_attach_type; measured on 6.18.44';

const modeOf = (flag: number): number =>
  flag === attachFlags.none ? attachModes.single : attachModes.multi;

/** True for a descriptor of a program that cgroups take. */
function isForCgroups({ w, descriptors }: Parts): (p: number, fd: number) => boolean {
  const holds = isProgramOf(w, 'BPF_PROG_TYPE_CGROUP_SKB');
  return (p, fd) => holds(descriptors.objectAt(p, fd));
}

/** Where a call's two descriptors stand among its arguments. */
interface Operands {
  readonly program: (a: number, b: number) => number;
  readonly target: (a: number, b: number) => number;
}

const targetFirst: Operands = { target: (a) => a, program: (_a, b) => b };
const programFirst: Operands = { program: (a) => a, target: (_a, b) => b };

function programRows(parts: Parts, call: string, at: Operands): readonly Row[] {
  const closed: Condition = (p, a, b) => isUnusable(parts, p, at.program(a, b));
  const fits = isForCgroups(parts);
  const other: Condition = (p, a, b) => !fits(p, at.program(a, b));
  return [
    clause(`${call}.program-closed`, 'EBADF', closed, source),
    ...programLimitRow(parts, call, at.program),
    clause(`${call}.not-for-cgroups`, 'EINVAL', other, source),
    // BPF_PROG_ATTACH makes one error of whatever that function says.
    ...capableRows(parts, call, checking, at === targetFirst ? 'EINVAL' : 'EPERM'),
  ];
}

/** A cgroup can be told by a mere place (O_PATH), too. */
function targetRows(parts: Parts, call: string, at: Operands): readonly Row[] {
  const { hooks, descriptors } = parts;
  const cgroup = (p: number, a: number, b: number): number =>
    descriptors.cgroupAt(p, at.target(a, b));
  const closed: Condition = (p, a, b) => isClosed(parts, p, at.target(a, b));
  const other: Condition = (p, a, b) => cgroup(p, a, b) === 0;
  const removed: Condition = (p, a, b) => !hooks.isOnline(cgroup(p, a, b));
  return [
    clause(`${call}.target-closed`, 'EBADF', closed, source),
    clause(`${call}.no-cgroup`, 'EBADF', other, source),
    clause(`${call}.removed-cgroup`, 'ENOENT', removed, source),
  ];
}

export function progAttach(parts: Parts): CallTable {
  const { w, is, hooks, descriptors } = parts;
  const R = { row: 0 };
  const cgroup = (p: number, fd: number): number => descriptors.cgroupAt(p, fd);
  const program = (p: number, fd: number): number => descriptors.objectAt(p, fd);
  const old = (p: number, target: number, flag: number, fd: number): number =>
    hooks.attachmentOf(cgroup(p, target), flag === attachFlags.none ? 0 : program(p, fd));
  return {
    call: 'BPF_PROG_ATTACH',
    short: 'prog-attach',
    sorts: ['fd', 'fd', 'flag'],
    rows: [
      ...unknownCommand(is.cgroups, 'prog-attach', 'since 4.10'),
      ...programRows(parts, 'prog-attach', targetFirst),
      ...targetRows(parts, 'prog-attach', targetFirst),
      clause(
        'prog-attach.other-mode',
        'EPERM',
        (p, target, _fd, flag) => {
          const mode = hooks.modeOf(cgroup(p, target));
          return mode !== 0 && mode !== modeOf(flag);
        },
        source,
      ),
      clause(
        'prog-attach.too-many',
        'E2BIG',
        (p, target) => hooks.isFull(cgroup(p, target)),
        source,
      ),
      clause(
        'prog-attach.attached-already',
        'EINVAL',
        (p, target, fd, flag) => flag !== attachFlags.none && old(p, target, flag, fd) !== 0,
        source,
      ),
      ...freeRowRows(w, 'attachment', R),
    ],
    effect(p, target, fd, flag) {
      const replaced = old(p, target, flag, fd);
      hooks.attach(R.row, cgroup(p, target), program(p, fd), modeOf(flag));
      if (replaced !== 0) hooks.letGo(replaced);
      return 0;
    },
  };
}

export function progDetach(parts: Parts): CallTable {
  const { is, hooks, descriptors } = parts;
  const fits = isForCgroups(parts);
  const mode = (p: number, target: number): number => hooks.modeOf(descriptors.cgroupAt(p, target));
  const found = (p: number, target: number, fd: number): number =>
    hooks.attachmentOf(
      descriptors.cgroupAt(p, target),
      mode(p, target) === attachModes.single ? 0 : descriptors.objectAt(p, fd),
    );
  return {
    call: 'BPF_PROG_DETACH',
    short: 'prog-detach',
    sorts: ['fd', 'fd'],
    rows: [
      ...unknownCommand(is.cgroups, 'prog-detach', 'since 4.10'),
      ...targetRows(parts, 'prog-detach', targetFirst),
      clause('prog-detach.nothing', 'ENOENT', (p, target) => mode(p, target) === 0, source),
      clause(
        'prog-detach.no-program',
        'EINVAL',
        (p, target, fd) =>
          mode(p, target) === attachModes.multi &&
          (!fits(p, fd) || isAtLimit(parts, descriptors.objectAt(p, fd))),
        source,
      ),
      clause(
        'prog-detach.not-attached',
        'ENOENT',
        (p, target, fd) => found(p, target, fd) === 0,
        source,
      ),
    ],
    effect(p, target, fd) {
      hooks.letGo(found(p, target, fd));
      return 0;
    },
  };
}

export function linkCreate(parts: Parts): CallTable {
  const { w, is, hooks, objects, descriptors } = parts;
  const R = newDescriptor();
  return {
    call: 'BPF_LINK_CREATE',
    short: 'link',
    sorts: ['fd', 'fd'],
    rows: [
      ...unknownCommand(is.links, 'link', 'since 5.7'),
      ...programRows(parts, 'link', programFirst),
      ...targetRows(parts, 'link', programFirst),
      ...descriptorRows(parts, 'link', R),
      clause(
        'link.single-mode',
        'EPERM',
        (p, _fd, target) => hooks.modeOf(descriptors.cgroupAt(p, target)) === attachModes.single,
        source,
      ),
      clause(
        'link.too-many',
        'E2BIG',
        (p, _fd, target) => hooks.isFull(descriptors.cgroupAt(p, target)),
        source,
      ),
      ...newObjectRows(w, R),
    ],
    effect(p, fd, target) {
      objects.create(R.object, kinds.link, 0);
      objects.link(R.object, descriptors.objectAt(p, fd), descriptors.cgroupAt(p, target));
      descriptors.open(p, R.fd, R.description, R.object);
      return R.fd;
    },
  };
}

export function linkDetach(parts: Parts): CallTable {
  const { w, is, objects, descriptors } = parts;
  return {
    call: 'BPF_LINK_DETACH',
    short: 'link-detach',
    sorts: ['fd'],
    rows: [
      ...unknownCommand(is.links, 'link-detach', 'since 5.9'),
      clause('link-detach.fd-closed', 'EBADF', (p, fd) => isUnusable(parts, p, fd), source),
      clause(
        'link-detach.not-a-link',
        'EINVAL',
        (p, fd) => w.object.kind(descriptors.objectAt(p, fd)) !== kinds.link,
        source,
      ),
    ],
    effect(p, fd) {
      objects.detachLink(descriptors.objectAt(p, fd));
      return 0;
    },
  };
}
