/** Links: a program that is attached to a cgroup for as long as somebody has the link. */
import { freeId } from './ids.ts';
import { getProg, putProg } from './object.ts';
import type { BpfLink, BpfProg, Cgroup, Kernel } from './structures.types.ts';

/** A new link, attached, and held once by the file that is about to be made for it. */
export function allocateLink(kernel: Kernel, cgroup: Cgroup, prog: BpfProg): BpfLink {
  kernel.lastId += 1;
  const link: BpfLink = { kind: 'link', id: kernel.lastId, listedAs: 0, refcnt: 1, prog, cgroup };
  kernel.operations.holdLinked(prog);
  kernel.links.set(link.id, link);
  cgroup.attached.add(link);
  cgroup.mode = 'multi';
  return link;
}

export const holdLinked = getProg;

/** A link that is detached already stays so. */
export function detachLink(link: BpfLink): void {
  link.cgroup?.attached.delete(link);
  link.cgroup = null;
}

export function freeLink(kernel: Kernel, link: BpfLink): void {
  freeId(kernel, link);
  kernel.links.delete(link.id);
  detachLink(link);
  putProg(kernel, link.prog, 'link');
}
