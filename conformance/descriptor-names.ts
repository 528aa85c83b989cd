import type { Call, Dup2, Dup3, Fd, Pid } from '../model/vocabulary/index.ts';
import { descriptorsMade, withDescriptors } from './call-facts.ts';
import type { ValueKind } from './call-facts.ts';
import { createDescriptorTables } from './descriptor-tables.ts';

/**
 * The descriptors of an adapter that numbers them as it likes: for each process, which of its
 * numbers is which of the model's.
 */
export interface DescriptorNames {
  reset(): void;
  /** The call with the model's descriptors replaced by the adapter's. */
  toTheirs(pid: Pid, call: Call, value?: ValueKind): Call;
  /** The model's number for a descriptor of the adapter, or undefined if none is open there. */
  toOurs(pid: Pid, theirs: Fd): Fd | undefined;
  /**
   * Takes note of a call that succeeded in both with these values; `taken`: the adapter gave a
   * number that is open already, or another one than it was told to give.
   */
  note(pid: Pid, call: Call, ours: number, theirs: number): 'noted' | 'taken';
}

// Standard input, output and error have their numbers everywhere.
const scenery = 3;
// A descriptor that is not open in the model has no name over there: any number that no
// implementation would give out stands for it.
const neverOpen = 1_000_000;

/** True for a call that says which number it makes. */
function isCopyTo(call: Call): call is Dup2 | Dup3 {
  return call.call === 'dup2' || call.call === 'dup3';
}

export function createDescriptorNames(): DescriptorNames {
  const tables = createDescriptorTables<Fd>();
  const theirsOf = (pid: Pid, fd: Fd): Fd | undefined => tables.open(pid).get(fd)?.kept;
  const opened = (pid: Pid): readonly Fd[] => [...tables.open(pid).values()].map((d) => d.kept);

  /**
   * What dup2 is told to copy to. A number that is open in the model has its name. Any other is a
   * wish of the caller's: the same number, or the lowest that the adapter has not given out.
   */
  function target(pid: Pid, to: Fd): Fd {
    const known = theirsOf(pid, to);
    if (known !== undefined) return known;
    const taken = opened(pid);
    if (!taken.includes(to)) return to;
    let free = scenery;
    while (taken.includes(free)) free++;
    return free;
  }

  return {
    reset() {
      tables.reset();
    },
    toTheirs(pid, call, value = 'word') {
      return withDescriptors(call, value, (fd, at) => {
        if (fd < scenery) return fd;
        // A copy onto itself stays one, also of what is not open.
        const isTarget = isCopyTo(call) && at === 1 && call.fd !== call.to;
        return isTarget ? target(pid, fd) : (theirsOf(pid, fd) ?? neverOpen + fd);
      });
    },
    toOurs(pid, theirs) {
      if (theirs < scenery) return theirs;
      for (const [ours, { kept }] of tables.open(pid)) if (kept === theirs) return ours;
      return undefined;
    },
    note(pid, call, ours, theirs) {
      const given = descriptorsMade(call, theirs);
      const before = opened(pid);
      const isTaken = isCopyTo(call)
        ? theirs !== target(pid, call.to)
        : given.some((fd, at) => fd < scenery || before.includes(fd) || given.indexOf(fd) !== at);
      tables.note({ pid, call }, ours, (fd, at) => given[at] ?? neverOpen + fd);
      return isTaken ? 'taken' : 'noted';
    },
  };
}
