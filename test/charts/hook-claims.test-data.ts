/** Claims about cgroups and the qdisc, which nothing but the next call to them tells. */
import type { CheckedProperty } from '../../checker/index.ts';
import type { CurrentState } from '../../cli/verify/current-state.ts';
import type { SearchedTables } from './tables-of-search.test-data.ts';

/**
 * A cgroup goes from online to removed if something is attached to it, else it is gone; a removed one
 * stays so until it is gone with all that was attached; the qdisc goes once. A deferred effect is no
 * longer outstanding once it took place, so that it changes something.
 */
export function hookClaim({ parts, follow }: SearchedTables, state: CurrentState): CheckedProperty {
  const { w, hooks } = parts;
  const { cgroup, qdisc } = w;
  const { online, removed } = w.charts.cgroup.states;
  const was = { cells: w.cells.slice(), cgroup: 0, mode: 0, qdisc: 0 };

  function cgroupMovedRight(rmdir: 'rmdir' | 'other'): boolean {
    const is = cgroup.state(1);
    if (was.cgroup === online) {
      if (rmdir === 'other') return is === online;
      return was.mode === 0 ? is === 0 : is === removed;
    }
    if (is === was.cgroup) return true;
    return was.cgroup === removed && is === 0 && hooks.modeOf(1) === 0;
  }

  return {
    kind: 'step',
    id: 'hooks',
    failing: 'skipped',
    before() {
      follow();
      was.cells.set(w.cells);
      was.cgroup = cgroup.state(1);
      was.mode = hooks.modeOf(1);
      was.qdisc = qdisc.state(1);
    },
    holds() {
      follow();
      const step = state.step();
      if (step === null && w.cells.every((cell, at) => cell === was.cells[at])) return false;
      if (step !== null && !step.outcome.ok) return true;
      const name = step?.call.call;
      const deleted = name === 'RTM_DELQDISC' ? 0 : was.qdisc;
      return cgroupMovedRight(name === 'rmdir' ? 'rmdir' : 'other') && qdisc.state(1) === deleted;
    },
  };
}
