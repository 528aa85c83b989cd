/** Booting and shutting down: a kernel lives for one run. */
import type { Setup } from '../contract/index.ts';
import { mountHostTree } from './host-tree.ts';
import { makeNamespace } from './namespace.ts';
import { liveObjects } from './object.ts';
import type { Release } from './release.types.ts';
import type { Kernel, Operations } from './structures.types.ts';
import { startTask } from './task.ts';
import { deleteQdisc } from './traffic-control.ts';
import { runDeferred } from './workqueue.ts';

/** What a kernel is made of. */
export interface Build {
  readonly release: Release;
  readonly operations: Operations;
}

/** Starts a kernel with one task; it numbers its things from `firstId` on. */
export function boot({ release, operations }: Build, setup: Setup, firstId: number): Kernel {
  const kernel: Kernel = {
    release,
    operations,
    unprivilegedBpf: setup.unprivilegedBpf ?? 'disabled',
    descriptorLimit: setup.descriptors,
    tasks: new Map(),
    namespaces: new Set(),
    addresses: { free: [], last: 0 },
    superblocks: new Map(),
    maps: new Map(),
    progs: new Map(),
    links: new Map(),
    ids: { objects: new Map(), last: 0 },
    sockets: new Set(),
    inFlight: new Set(),
    cgroups: new Set(),
    qdisc: { filters: new Map() },
    work: [],
    lastId: firstId - 1,
    lastPid: 0,
  };
  const root = mountHostTree(kernel, setup.host);
  const mounts = new Set([root, ...root.children]);
  startTask(kernel, makeNamespace(kernel, { parent: null }, root, mounts));
  return kernel;
}

/**
 * Ends all tasks, takes away the cgroups and the network device, and waits for the deferred work; the
 * objects that are then still there leaked.
 */
export function shutDown(kernel: Kernel): readonly number[] {
  for (const task of [...kernel.tasks.values()]) kernel.operations.exitTask(kernel, task);
  for (const cgroup of [...kernel.cgroups]) kernel.operations.releaseCgroup(kernel, cgroup);
  deleteQdisc(kernel);
  runDeferred(kernel);
  return liveObjects(kernel).map((object) => object.id);
}
