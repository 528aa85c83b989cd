import type { Fd, Outcome, Pid, Step } from '../model/vocabulary/index.ts';
import { resultKind } from './call-facts.ts';

/**
 * What a run has made so far, as far as the calls' own answers tell: the things worth naming in the
 * next call. It is a hint for generation and no judge of anything.
 */
export interface Prospects {
  note(step: Step, outcome: Outcome): void;
  running(): readonly Pid[];
  /** Open descriptors of a process, in the order in which they were opened. */
  open(pid: Pid): readonly Fd[];
  /** Paths at which something was mounted or bound and not unmounted since. */
  mounted(): readonly string[];
  /** Paths at which a directory was made and not removed since. */
  directories(): readonly string[];
  /** Paths at which an object was pinned and not unlinked since. */
  pins(): readonly string[];
}

export function createProspects(): Prospects {
  let running: Pid[] = [1];
  const open = new Map<Pid, Fd[]>();
  let mounted: string[] = [];
  let directories: string[] = [];
  let pins: string[] = [];

  const opened = (pid: Pid): Fd[] => open.get(pid) ?? [];
  const ended = (pid: Pid): void => {
    running = running.filter((other) => other !== pid);
    open.delete(pid);
  };

  return {
    note({ pid, call }, outcome) {
      if (!outcome.ok) return;
      if (resultKind(call.call) === 'descriptor') open.set(pid, [...opened(pid), outcome.value]);
      // The other calls change no list.
      if (call.call === 'close') {
        const closed = call.fd;
        open.set(
          pid,
          opened(pid).filter((fd) => fd !== closed),
        );
      } else if (call.call === 'fork') {
        running.push(outcome.value);
        open.set(outcome.value, [...opened(pid)]);
      } else if (call.call === 'exit_group') ended(pid);
      else if (call.call === 'kill') ended(call.pid);
      else if (call.call === 'mkdir') directories = added(directories, call.path);
      else if (call.call === 'rmdir') directories = removed(directories, call.path);
      else if (call.call === 'BPF_OBJ_PIN') pins = added(pins, call.path);
      else if (call.call === 'unlink') pins = removed(pins, call.path);
      else if (call.call === 'mount' || call.call === 'bind') mounted = added(mounted, call.target);
      else if (call.call === 'umount2') mounted = removed(mounted, call.target);
    },
    running: () => running,
    open: opened,
    mounted: () => mounted,
    directories: () => directories,
    pins: () => pins,
  };
}

function added(paths: readonly string[], path: string | null): string[] {
  return path === null ? [...paths] : [...paths.filter((other) => other !== path), path];
}

function removed(paths: readonly string[], path: string | null): string[] {
  return paths.filter((other) => other !== path);
}
