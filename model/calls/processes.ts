/** Calls that make and end processes: fork(2), clone(2), execve(2), _exit(2), kill(2). */
import { freeRow } from '../state/tables.ts';
import type { Parts } from './parts.types.ts';
import { ifPermissions } from './permission-rows.ts';
import { bound, clause, find, ofArguments, type CallTable } from './row.ts';

/** A new process in its parent's namespace; `inherit` says how it comes by its descriptors. */
function child(
  { w, namespaces }: Parts,
  call: 'fork' | 'clone',
  inherit: (parent: number, child: number) => void,
): CallTable {
  const { process, moves } = w;
  const R = { child: 0 };
  return {
    call,
    short: call,
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
      process.cwdMount.cells[R.child] = process.cwdMount(p);
      process.cwd.cells[R.child] = process.cwd(p);
      process.user.cells[R.child] = process.user(p);
      process.umask.cells[R.child] = process.umask(p);
      process.userNamespace.cells[R.child] = process.userNamespace(p);
      process.powerless.cells[R.child] = process.powerless(p);
      namespaces.enter(process.namespace(p));
      inherit(p, R.child);
      return R.child;
    },
  };
}

export function fork(parts: Parts): CallTable {
  return child(parts, 'fork', parts.descriptors.inherit);
}

export function clone(parts: Parts): CallTable {
  const { w, descriptors } = parts;
  const table = child(parts, 'clone', descriptors.share);
  const shared = bound('bound.shared-tables', () => (w.bounds.sharedTables ?? 0) === 0);
  return { ...table, rows: [ofArguments(shared), ...table.rows] };
}

/** Who is not root of its user namespace, and without a map nobody is, has no capability after an exec. */
export function execve({ w, descriptors, may }: Parts): CallTable {
  return {
    call: 'execve',
    short: 'exec',
    sorts: [],
    rows: [],
    effect(p) {
      descriptors.exec(p);
      if (may.isUnmapped(p)) w.process.powerless.cells[p] = 1;
      return 0;
    },
  };
}

/** A process ends: its descriptors close, it leaves its namespace, its parent reaps it. */
function end({ w, descriptors, mounts, namespaces }: Parts, p: number): void {
  const { process, moves } = w;
  const n = process.namespace(p);
  moves.process.exit(p);
  descriptors.leave(p);
  mounts.moveTo(p, 0, 0);
  process.namespace.cells[p] = 0;
  process.user.cells[p] = 0;
  process.umask.cells[p] = 0;
  process.userNamespace.cells[p] = 0;
  process.powerless.cells[p] = 0;
  namespaces.leave(n);
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
  const { w, may } = parts;
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
      ...ifPermissions(
        parts,
        clause(
          'kill.other-user',
          'EPERM',
          (p, pid) => !may.isPrivileged(p) && process.user(p) !== process.user(pid),
          'kernel/signal.c, kill_ok_by_cred; measured on 6.18.44',
        ),
      ),
    ],
    effect(_p, pid) {
      end(parts, pid);
      return 0;
    },
  };
}
