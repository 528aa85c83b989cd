/** Runs with two cgroups, and what tests of attachments have in common. */
import { createReference } from './adapter.ts';
import type { KernelName } from './releases.ts';
import { startScenario } from './scenario.test-data.ts';
import type { Caller, Scenario } from './scenario.test-data.ts';

export const socketFilter = 'BPF_PROG_TYPE_SOCKET_FILTER';
export const schedCls = 'BPF_PROG_TYPE_SCHED_CLS';
export const cgroupSkb = 'BPF_PROG_TYPE_CGROUP_SKB';
export const multi = 'BPF_F_ALLOW_MULTI';
export const defunct = { kind: 'link', state: 'defunct' } as const;
export const attached = { kind: 'link', state: 'attached' } as const;

export const withCgroups = {
  host: ['/a/', '/f', '/cgroup/', '/cgroup/a/', '/cgroup/b/'],
  watch: ['/a', '/a/m', '/cgroup', '/cgroup/a'],
  descriptors: 12,
};

export interface CgroupRun {
  readonly run: Scenario;
  readonly caller: Caller;
}

/** The directory of the cgroup a behind 3, a program for cgroups behind 4. */
export function startWithCgroup(kernel: KernelName = 'linux-6.18'): CgroupRun {
  const run = startScenario(createReference(kernel), withCgroups);
  const caller = run.by(1);
  caller.open('/cgroup/a', 'O_DIRECTORY');
  caller.loadOf(cgroupSkb);
  return { run, caller };
}

/** The same, with the program linked to the cgroup, the link behind 5. */
export function startLinked(kernel: KernelName = 'linux-6.18'): CgroupRun {
  const { run, caller } = startWithCgroup(kernel);
  caller.link(4, 3);
  return { run, caller };
}
