import type { Call, Fd, Pid } from '../model/vocabulary/index.ts';
import { descriptorOf, resultKind, withDescriptor } from './call-facts.ts';

/**
 * The descriptors of an adapter that numbers them as it likes: for each process, which of its
 * numbers is which of the model's.
 */
export interface DescriptorNames {
  reset(): void;
  /** The call with the model's descriptor replaced by the adapter's. */
  toTheirs(pid: Pid, call: Call): Call;
  /** The model's number for a descriptor of the adapter, or undefined if none is open there. */
  toOurs(pid: Pid, theirs: Fd): Fd | undefined;
  /**
   * Takes note of a call that succeeded in both with these values; `taken`: the adapter gave a
   * number that is open already.
   */
  note(pid: Pid, call: Call, ours: number, theirs: number): 'noted' | 'taken';
}

// Standard input, output and error have their numbers everywhere.
const scenery = 3;
// A descriptor that is not open in the model has no name over there: any number that no
// implementation would give out stands for it.
const neverOpen = 1_000_000;

export function createDescriptorNames(): DescriptorNames {
  const tables = new Map<Pid, Map<Fd, Fd>>();
  const table = (pid: Pid): Map<Fd, Fd> => tables.get(pid) ?? new Map<Fd, Fd>();
  return {
    reset() {
      tables.clear();
    },
    toTheirs(pid, call) {
      const fd = descriptorOf(call);
      if (fd === null || fd < scenery) return call;
      return withDescriptor(call, table(pid).get(fd) ?? neverOpen + fd);
    },
    toOurs(pid, theirs) {
      if (theirs < scenery) return theirs;
      for (const [ours, name] of table(pid)) if (name === theirs) return ours;
      return undefined;
    },
    note(pid, call, ours, theirs) {
      const own = table(pid);
      tables.set(pid, own);
      if (call.call === 'fork') tables.set(ours, new Map(own));
      if (call.call === 'close') own.delete(call.fd);
      if (resultKind(call.call) !== 'descriptor') return 'noted';
      const taken = theirs < scenery || [...own.values()].includes(theirs);
      own.set(ours, theirs);
      return taken ? 'taken' : 'noted';
    },
  };
}
