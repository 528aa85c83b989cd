/**
 * What cgroups that are online and the network device hold, directly or not: it may outlive every
 * process.
 */
import type { Cells } from './observation-shape.ts';
import type { Tables } from './state/tables.ts';

/** Writes 1 for each object that a cgroup or the qdisc leads to, 0 for the others. */
export function createHooked(w: Tables): (into: Cells) => void {
  const { object, slot, attachment, cgroup, bounds } = w;
  const { online } = w.charts.cgroup.states;
  const { attachments = 0, slots = 0 } = bounds;
  const hasHooks = attachments > 0 && (w.cgroupRoot > 0 || (bounds.qdiscs ?? 0) > 0);

  function mark(into: Cells, o: number): void {
    if (o === 0 || into[o] === 1) return;
    into[o] = 1;
    mark(into, object.uses(o));
    for (let s = 1; s <= slots; s++) if (slot.object(s) === o) mark(into, slot.target(s));
  }

  return (into) => {
    if (!hasHooks) return;
    into.fill(0);
    for (let a = 1; a <= attachments; a++) {
      const hangs = cgroup.state(attachment.cgroup(a)) === online || attachment.chain(a) !== 0;
      if (hangs) mark(into, attachment.program(a));
    }
  };
}
