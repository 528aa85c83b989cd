/** Recounts cgroups and the qdisc: what is attached to one that is gone. */
import { count, lifecycle, type Counting } from './counting.ts';

/** Whether a cgroup with nothing attached was removed is nothing that can be counted. */
export function cgroups(counting: Counting): void {
  const { cgroup, object, attachment, bounds, charts } = counting.w;
  for (let c = 1; c < cgroup.state.cells.length; c++) {
    const attached =
      count(bounds.attachments ?? 0, (a) => attachment.cgroup(a) === c) +
      count(bounds.objects, (o) => object.cgroup(o) === c);
    if (attached > 0 && cgroup.state(c) === 0) lifecycle(counting, charts.cgroup, c, 0, 'online');
  }
}

export function qdiscs(counting: Counting): void {
  const { qdisc, attachment, bounds, charts } = counting.w;
  const filters = count(bounds.attachments ?? 0, (a) => attachment.chain(a) !== 0);
  if (filters > 0 && qdisc.state(1) === 0) lifecycle(counting, charts.qdisc, 1, 0, 'present');
}
