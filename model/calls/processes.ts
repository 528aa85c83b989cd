/** Calls on descriptors and processes: close(2), dup(2), fork(2), _exit(2), kill(2). */
import { firstFd } from '../edges/descriptors.ts';
import { freeRow } from '../state/tables.ts';
import { isClosed } from './objects.ts';
import type { Parts } from './parts.types.ts';
import { bound, clause, find, ofArguments, type CallTable } from './row.ts';

const scenery = 'docs/world.md: descriptors 0, 1 and 2 are scenery';

export function close(parts: Parts): CallTable {
  return {
    call: 'close',
    short: 'close',
    sorts: ['fd'],
    rows: [
      clause('close.closed', 'EBADF', (p, fd) => isClosed(parts, p, fd), 'close(2)'),
      ofArguments(bound('bound.stdio', (_p, fd) => fd < firstFd, scenery)),
    ],
    effect(p, fd) {
      parts.descriptors.close(p, fd);
      return 0;
    },
  };
}

export function dup(parts: Parts): CallTable {
  const { w, descriptors } = parts;
  const R = { fd: 0 };
  return {
    call: 'dup',
    short: 'dup',
    sorts: ['fd'],
    rows: [
      clause('dup.closed', 'EBADF', (p, fd) => isClosed(parts, p, fd), 'dup(2)'),
      find((p) => {
        R.fd = descriptors.lowest(p);
      }),
      clause('dup.no-descriptor', 'EMFILE', () => R.fd === 0, 'dup(2); fs/file.c, alloc_fd'),
      ofArguments(bound('bound.stdio', (_p, fd) => fd < firstFd, scenery)),
    ],
    effect(p, fd) {
      descriptors.duplicate(p, R.fd, w.descriptor.description(descriptors.at(p, fd)));
      return R.fd;
    },
  };
}

export function fork({ w, descriptors, mounts }: Parts): CallTable {
  const { process, moves } = w;
  const R = { child: 0 };
  return {
    call: 'fork',
    short: 'fork',
    sorts: [],
    rows: [
      find(() => {
        R.child = freeRow(process.state, w.bounds.processes);
      }),
      bound('bound.processes', () => R.child === 0),
    ],
    effect(p) {
      moves.process.fork(R.child);
      process.namespace.cells[R.child] = process.namespace(p);
      mounts.enter(process.namespace(p));
      descriptors.inherit(p, R.child);
      return R.child;
    },
  };
}

/** A process ends: its descriptors close, it leaves its namespace, its parent reaps it. */
function end({ w, descriptors, mounts }: Parts, p: number): void {
  const { process, moves } = w;
  const n = process.namespace(p);
  moves.process.exit(p);
  descriptors.closeAll(p);
  process.namespace.cells[p] = 0;
  mounts.leave(n);
  moves.process.reap(p);
}

export function exitGroup(parts: Parts): CallTable {
  return {
    call: 'exit_group',
    short: 'exit',
    twin: 'kill',
    sorts: [],
    rows: [],
    effect(p) {
      end(parts, p);
      return 0;
    },
  };
}

export function kill(parts: Parts): CallTable {
  const { w } = parts;
  const { process } = w;
  const { running } = w.charts.process.states;
  return {
    call: 'kill',
    short: 'kill',
    sorts: ['pid'],
    caller: 'any',
    rows: [
      ofArguments(
        bound('bound.process-group', (_p, pid) => pid < 1, 'kill(2): 0 and below name groups'),
      ),
      clause(
        'kill.no-process',
        'ESRCH',
        (_p, pid) => pid > w.bounds.processes || process.state(pid) !== running,
        'kill(2)',
      ),
    ],
    effect(_p, pid) {
      end(parts, pid);
      return 0;
    },
  };
}
