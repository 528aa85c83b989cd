/** Cgroups, and the programs that are attached to them by themselves. */
import { detachLink } from './link.ts';
import { getProg, putProg } from './object.ts';
import type { AttachMode, BpfProg, Cgroup, Kernel, OrError } from './structures.types.ts';

/** A new cgroup, with nothing attached. */
export function makeCgroup(kernel: Kernel): Cgroup {
  const cgroup: Cgroup = { state: 'online', attached: new Set(), mode: 'single' };
  kernel.cgroups.add(cgroup);
  return cgroup;
}

/** Whether something can be attached in that mode: only what is there already stands against it. */
export function takesMode({ attached, mode }: Cgroup, wanted: AttachMode): boolean {
  return attached.size === 0 || mode === wanted;
}

/** Programs and links together. */
const mostAttached = 64;

export const isFull = ({ attached }: Cgroup): boolean => attached.size >= mostAttached;

/** @returns EPERM for the other mode, E2BIG for one too many, EINVAL for a program that is there beside others already. */
export function attachProg(
  kernel: Kernel,
  cgroup: Cgroup,
  prog: BpfProg,
  mode: AttachMode,
): OrError<number> {
  if (!takesMode(cgroup, mode)) return 'EPERM';
  if (isFull(cgroup)) return 'E2BIG';
  if (mode === 'multi' && cgroup.attached.has(prog)) return 'EINVAL';
  getProg(prog);
  if (mode === 'single') detachProgs(kernel, cgroup);
  cgroup.attached.add(prog);
  cgroup.mode = mode;
  return 0;
}

/** @param prog null if the caller named none; then only a single one can be meant */
export function detachProg(kernel: Kernel, cgroup: Cgroup, prog: BpfProg | null): OrError<number> {
  if (cgroup.attached.size === 0) return 'ENOENT';
  if (cgroup.mode === 'single') {
    detachProgs(kernel, cgroup);
    return 0;
  }
  if (prog === null) return 'EINVAL';
  if (!cgroup.attached.delete(prog)) return 'ENOENT';
  putProg(kernel, prog, 'cgroup');
  return 0;
}

function detachProgs(kernel: Kernel, { attached }: Cgroup): void {
  for (const each of [...attached]) {
    if (each.kind !== 'program') continue;
    attached.delete(each);
    putProg(kernel, each, 'cgroup');
  }
}

/** Its directory was removed. A worker lets go of what is attached. */
export function takeOffline(kernel: Kernel, cgroup: Cgroup): void {
  cgroup.state = 'removed';
  if (cgroup.attached.size > 0) kernel.work.push({ kind: 'release-cgroup', cgroup });
  else kernel.cgroups.delete(cgroup);
}

/** Lets go of the programs; links stay, attached to nothing. */
export function releaseCgroup(kernel: Kernel, cgroup: Cgroup): void {
  detachProgs(kernel, cgroup);
  for (const each of [...cgroup.attached]) if (each.kind === 'link') detachLink(each);
  kernel.cgroups.delete(cgroup);
}
