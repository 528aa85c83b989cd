import type { Outcome, Pid, Step } from '../model/vocabulary/index.ts';

/**
 * Which processes use one table of descriptors. No sight shows it, but every call that changes it
 * is a step of the run.
 */
export interface SharedTables {
  reset(): void;
  note(step: Step, outcome: Outcome): void;
  /** The table of a process, a number that is not 0 and compared for equality only. */
  of(pid: Pid): number;
}

export function createSharedTables(): SharedTables {
  const tables = new Map<Pid, number>();
  // The number of a process is that of its first table; tables that come later lie below 0.
  let later = 0;
  const of = (pid: Pid): number => tables.get(pid) ?? pid;
  return {
    reset() {
      tables.clear();
      later = 0;
    },
    note({ pid, call }, outcome) {
      if (!outcome.ok) return;
      if (call.call === 'clone') tables.set(outcome.value, of(pid));
      else if (call.call === 'execve') tables.set(pid, --later);
    },
    of,
  };
}
