/** Calls on descriptors: close(2), dup(2), fcntl(2). */
import { firstFd } from '../edges/descriptors.ts';
import { accessModes, kinds } from '../state/codes.ts';
import { isClosed, isStdio } from './new-descriptor.ts';
import type { Parts } from './parts.types.ts';
import { bound, clause, find, ofArguments, reading, type CallTable } from './row.ts';

const scenery = 'docs/world.md: descriptors 0, 1 and 2 are scenery';

/** The argument codes of fcntl's command, and of the flag of pipe2 and dup3. */
export const fcntlCommands = {
  F_DUPFD: 0,
  F_DUPFD_CLOEXEC: 1,
  F_GETFD: 2,
  F_SETFD: 3,
  F_GETFL: 4,
} as const;
/** O_ACCMODE of an open file, by `accessModes`. */
const accessNumbers = [2, 0, 1] as const;

export const onExecFlags = { none: 0, O_CLOEXEC: 1 } as const;

export const onExec = (flag: number): 'closes' | 'stays' =>
  flag === onExecFlags.O_CLOEXEC ? 'closes' : 'stays';

const ofStdio = ofArguments(bound('bound.stdio', (_p, fd) => isStdio(fd), scenery));

export function close(parts: Parts): CallTable {
  return {
    call: 'close',
    short: 'close',
    sorts: ['fd'],
    rows: [clause('close.closed', 'EBADF', (p, fd) => isClosed(parts, p, fd), 'close(2)'), ofStdio],
    effect(p, fd) {
      parts.descriptors.close(p, fd);
      return 0;
    },
  };
}

export function dup(parts: Parts): CallTable {
  const { descriptors } = parts;
  const R = { fd: 0 };
  const taken = reading(
    [],
    find((p) => {
      R.fd = descriptors.lowest(p);
    }),
  );
  return {
    call: 'dup',
    short: 'dup',
    sorts: ['fd'],
    rows: [
      clause('dup.closed', 'EBADF', (p, fd) => isClosed(parts, p, fd), 'dup(2)'),
      taken,
      reading(
        [taken],
        clause('dup.no-descriptor', 'EMFILE', () => R.fd === 0, 'dup(2); fs/file.c, alloc_fd'),
      ),
      ofStdio,
    ],
    effect(p, fd) {
      descriptors.install(p, R.fd, descriptors.descriptionAt(p, fd), 'stays');
      return R.fd;
    },
  };
}

/** Puts a description in the place of what is open at `to` (fs/file.c, do_dup2). */
function replace({ w, descriptors }: Parts, p: number, fd: number, to: number, flag: number): void {
  const d = descriptors.descriptionAt(p, fd);
  const open = w.descriptor.state(descriptors.at(p, to)) !== 0;
  if (open && descriptors.descriptionAt(p, to) === d) {
    descriptors.setOnExec(p, to, onExec(flag));
    return;
  }
  if (open) descriptors.close(p, to);
  descriptors.install(p, to, d, onExec(flag));
}

const outOfTable = ({ w }: Parts, to: number): boolean =>
  to < 0 || to >= firstFd + w.bounds.descriptors;

const ofStdioTarget = ofArguments(
  bound('bound.stdio', (_p, fd, to) => isStdio(fd) || to < firstFd, scenery),
);

export function dup2(parts: Parts): CallTable {
  return {
    call: 'dup2',
    short: 'dup2',
    sorts: ['fd', 'fd'],
    rows: [
      clause('dup2.closed', 'EBADF', (p, fd) => isClosed(parts, p, fd), 'dup2(2)'),
      ofArguments(
        clause('dup2.out-of-table', 'EBADF', (_p, _fd, to) => outOfTable(parts, to), 'dup2(2)'),
      ),
      ofStdioTarget,
    ],
    effect(p, fd, to) {
      if (fd !== to) replace(parts, p, fd, to, onExecFlags.none);
      return to;
    },
  };
}

export function dup3(parts: Parts): CallTable {
  return {
    call: 'dup3',
    short: 'dup3',
    sorts: ['fd', 'fd', 'flag'],
    rows: [
      ofArguments(clause('dup3.same', 'EINVAL', (_p, fd, to) => fd === to, 'dup3(2)')),
      ofArguments(
        clause('dup3.out-of-table', 'EBADF', (_p, _fd, to) => outOfTable(parts, to), 'dup3(2)'),
      ),
      clause('dup3.closed', 'EBADF', (p, fd) => isClosed(parts, p, fd), 'dup3(2)'),
      ofStdioTarget,
    ],
    effect(p, fd, to, flag) {
      replace(parts, p, fd, to, flag);
      return to;
    },
  };
}

export function fcntl(parts: Parts): CallTable {
  const { w, descriptors } = parts;
  const R = { fd: 0 };
  const duplicates = (command: number): boolean =>
    command === fcntlCommands.F_DUPFD || command === fcntlCommands.F_DUPFD_CLOEXEC;
  const end = firstFd + w.bounds.descriptors;
  const isPlain = (p: number, fd: number): boolean =>
    descriptors.objectAt(p, fd) === 0 && descriptors.socketAt(p, fd) === 0;
  /** Links are opened for neither, which is the number of O_RDONLY (bpf_link_prime). */
  const accessOf = (p: number, fd: number): number =>
    w.object.kind(descriptors.objectAt(p, fd)) === kinds.link
      ? accessNumbers[accessModes.readOnly]
      : (accessNumbers[descriptors.modeAt(p, fd)] ?? 0);
  return {
    call: 'fcntl',
    short: 'fcntl',
    sorts: ['fd', 'fcntl-command', 'fcntl-argument'],
    rows: [
      clause('fcntl.closed', 'EBADF', (p, fd) => isClosed(parts, p, fd), 'fcntl(2)'),
      ofArguments(
        clause(
          'fcntl.out-of-table',
          'EINVAL',
          (_p, _fd, command, from) => duplicates(command) && (from < 0 || from >= end),
          'fcntl(2), F_DUPFD',
        ),
      ),
      find((p, _fd, command, from) => {
        R.fd = duplicates(command) ? descriptors.lowest(p, Math.max(from, firstFd)) : 0;
      }),
      clause(
        'fcntl.no-descriptor',
        'EMFILE',
        (_p, _fd, command) => duplicates(command) && R.fd === 0,
        'fcntl(2), F_DUPFD',
      ),
      ofStdio,
      bound(
        'bound.file-flags',
        (p, fd, command) => command === fcntlCommands.F_GETFL && isPlain(p, fd),
        'docs/world.md: of other files the flags depend on the machine',
      ),
    ],
    effect(p, fd, command, argument) {
      if (duplicates(command)) {
        const closes = command === fcntlCommands.F_DUPFD_CLOEXEC;
        const d = descriptors.descriptionAt(p, fd);
        descriptors.install(p, R.fd, d, closes ? 'closes' : 'stays');
        return R.fd;
      }
      if (command === fcntlCommands.F_GETFD) return descriptors.closesOnExec(p, fd) ? 1 : 0;
      if (command === fcntlCommands.F_GETFL) return accessOf(p, fd);
      descriptors.setOnExec(p, fd, (argument & 1) === 1 ? 'closes' : 'stays');
      return 0;
    },
  };
}
