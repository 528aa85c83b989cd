/** Follows processes: where they come from, what they hand down, how they end. */
import type { ForkFlags } from '../../traces/index.ts';
import { closeOnExec, releaseFile } from './follow-descriptors.ts';
import { background } from './following.types.ts';
import type { Following, Moment } from './following.types.ts';
import { copyTable } from './log-processes.ts';
import type { LogProcess } from './log-processes.ts';

/** A fork that has begun, and whose child has not been seen. */
interface Forking {
  readonly parent: number;
  readonly flags: ForkFlags;
}

export interface ProcessFollower {
  /** The process of a number, which is new if the log has not told of it. */
  known(pid: number, line: number): LogProcess | null;
  forking(pid: number, flags: ForkFlags, line: number): void;
  fork(moment: Moment, flags: ForkFlags): void;
  exec(moment: Moment, path: string | null): void;
  end(process: LogProcess, who: 'process' | 'thread'): void;
}

/** More forks than that do not wait for their children. */
const mostForking = 1000;

export function createProcessFollower(following: Following): ProcessFollower {
  const { judging, processes } = following;
  const waiting: Forking[] = [];
  let isFirst: 'yes' | 'no' = 'yes';

  function child(parent: LogProcess, pid: number, flags: ForkFlags): LogProcess | null {
    const call = flags.files === 'shared' ? 'clone' : 'fork';
    const model = judging.make(parent.model, { call });
    if (model === null) return null;
    if (flags.mounts === 'own') judging.make(model, { call: 'unshare' });
    if (flags.files === 'shared') parent.table.users++;
    const made: LogProcess = {
      pid,
      model,
      group: flags.group === 'shared' ? parent.group : pid,
      table: flags.files === 'shared' ? parent.table : copyTable(parent.table),
      name: parent.name,
      cwd: parent.cwd,
      cwdIn: parent.cwdIn,
    };
    processes.set(pid, made);
    return made;
  }

  function stranger(pid: number, line: number): LogProcess | null {
    const model = judging.make(background, { call: 'fork' });
    if (model === null) return null;
    if (isFirst === 'no') {
      following.assume(line, `process ${pid} was there before`);
      const reason = `who made process ${pid}, and in which mount namespace, is not shown`;
      if (new Set(judging.holds().namespaces.values()).size > 1) judging.lose(line, reason);
    }
    isFirst = 'no';
    const table = { fds: new Map(), users: 1 };
    const made: LogProcess = { pid, model, group: pid, table, name: '', cwd: null, cwdIn: 'host' };
    processes.set(pid, made);
    return made;
  }

  function endOne(process: LogProcess): void {
    processes.delete(process.pid);
    judging.make(process.model, { call: 'exit_group' });
    const { table } = process;
    table.users--;
    if (table.users > 0) return;
    for (const { file } of table.fds.values()) if (file !== null) releaseFile(following, file);
  }

  return {
    known(pid, line) {
      const known = processes.get(pid);
      if (known !== undefined) return known;
      // A child may run before its parent's fork returns.
      const at = waiting.findLastIndex(({ parent }) => processes.has(parent));
      const forking = waiting[at];
      const parent = forking === undefined ? undefined : processes.get(forking.parent);
      if (forking === undefined || parent === undefined) return stranger(pid, line);
      waiting.splice(at, 1);
      if (waiting.length > 0) {
        judging.lose(line, `which of several forks made process ${pid} was not to be seen`);
      }
      return child(parent, pid, forking.flags);
    },
    forking(pid, flags, line) {
      if (this.known(pid, line) !== null && waiting.length < mostForking) {
        waiting.push({ parent: pid, flags });
      }
    },
    fork({ process, result }, flags) {
      const at = waiting.findIndex(({ parent }) => parent === process.pid);
      const asked = waiting[at]?.flags ?? flags;
      if (!result.ok || result.value === 0) {
        if (at >= 0) waiting.splice(at, 1);
        return;
      }
      if (processes.has(result.value)) return;
      if (at >= 0) waiting.splice(at, 1);
      child(process, result.value, asked);
    },
    exec({ process, result }, path) {
      if (!result.ok) return;
      if (path !== null) process.name = path.slice(path.lastIndexOf('/') + 1);
      for (const other of processes.values()) {
        if (other.group === process.group && other !== process) endOne(other);
      }
      // A table that is shared is left for a copy of it.
      if (process.table.users > 1) {
        process.table.users--;
        process.table = copyTable(process.table);
      }
      judging.make(process.model, { call: 'execve' });
      closeOnExec(following, process);
    },
    end(process, who) {
      if (who === 'thread') {
        endOne(process);
        return;
      }
      for (const other of [...processes.values()]) {
        if (other.group === process.group) endOne(other);
      }
    },
  };
}
