import type { Call, Open, Path, Pid } from '../model/vocabulary/index.ts';

/** The namespaces of a run, as far as the calls' own answers tell. */
export interface NamespaceProspects {
  /** Takes a call that succeeded. */
  note(pid: Pid, call: Call, value: number): void;
  /** Processes in namespaces that began after that of a process, whose files it may mount. */
  younger(pid: Pid, running: readonly Pid[]): readonly Pid[];
  /** Paths at which the file of a namespace was mounted and not unmounted since. */
  readonly shown: () => readonly string[];
  /** Whether an open is one of such a file. */
  shows(call: Open): boolean;
}

export function createNamespaceProspects(): NamespaceProspects {
  const ages = new Map<Pid, number>();
  const shown = new Set<string>();
  let last = 0;
  const ageOf = (pid: Pid): number => ages.get(pid) ?? 0;
  const put = (path: Path): void => {
    if (path !== null) shown.add(path);
  };
  return {
    note(pid, call, value) {
      if (call.call === 'fork' || call.call === 'clone') ages.set(value, ageOf(pid));
      else if (call.call === 'unshare' || call.call === 'unshare-user') ages.set(pid, ++last);
      else if (call.call === 'bind-namespace') put(call.target);
      else if (call.call === 'umount2') shown.delete(call.target ?? '');
    },
    younger: (pid, running) => running.filter((other) => ageOf(other) > ageOf(pid)),
    shown: () => [...shown],
    shows: ({ path, flag }) => flag === 'O_RDONLY' && path !== null && shown.has(path),
  };
}
