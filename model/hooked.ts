/**
 * What cgroups that are online and the network device hold, directly or not: it may outlive every
 * process.
 */
import { hookedBy, type Cells } from './observation-shape.ts';
import type { Tables } from './state/tables.ts';

/** Writes for each object what leads to it: the sum of `hookedBy`, 0 if nothing does. */
export function createHooked(w: Tables): (into: Cells) => void {
  const { object, slot, attachment, cgroup, bounds } = w;
  const { online } = w.charts.cgroup.states;
  const { attachments = 0, slots = 0 } = bounds;
  const hasHooks = attachments > 0 && (w.cgroupRoot > 0 || (bounds.qdiscs ?? 0) > 0);

  function mark(into: Cells, o: number, by: number): void {
    const marked = into[o] ?? 0;
    if (o === 0 || (marked & by) !== 0) return;
    into[o] = marked | by;
    mark(into, object.uses(o), by);
    for (let s = 1; s <= slots; s++) if (slot.object(s) === o) mark(into, slot.target(s), by);
  }

  return (into) => {
    if (!hasHooks) return;
    into.fill(0);
    for (let a = 1; a <= attachments; a++) {
      const isOnCgroup = cgroup.state(attachment.cgroup(a)) === online;
      if (isOnCgroup) mark(into, attachment.program(a), hookedBy.cgroup);
      if (attachment.chain(a) !== 0) mark(into, attachment.program(a), hookedBy.device);
    }
  };
}
