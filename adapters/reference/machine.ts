/** Booting and shutting down: a kernel lives for one run. */
import type { Setup } from '../contract/index.ts';
import { instantiate } from './dcache.ts';
import { makeMount } from './mount.ts';
import { makeNamespace } from './namespace.ts';
import { liveObjects } from './object.ts';
import type { Release } from './release.types.ts';
import type { Dentry, Kernel, Operations } from './structures.types.ts';
import { makeSuperblock } from './superblock.ts';
import { startTask } from './task.ts';
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
    descriptorLimit: setup.descriptors,
    tasks: new Map(),
    namespaces: new Set(),
    superblocks: new Map(),
    maps: new Map(),
    progs: new Map(),
    ids: { objects: new Map(), last: 0 },
    sockets: new Set(),
    inFlight: new Set(),
    work: [],
    lastId: firstId - 1,
    lastPid: 0,
  };
  const { root } = makeSuperblock(kernel, 'tmpfs', null);
  for (const path of setup.host) addHostPath(root, path);
  const mount = makeMount(root, null);
  startTask(kernel, makeNamespace(kernel, mount, new Set([mount])));
  return kernel;
}

/** Adds a path of the host tree; directories that lead to it are made where they are missing. */
function addHostPath(root: Dentry, path: string): void {
  const components = path.split('/').filter((component) => component !== '');
  let parent = root;
  for (const [index, name] of components.entries()) {
    const isFile = index === components.length - 1 && !path.endsWith('/');
    const kind = isFile ? 'file' : 'directory';
    parent = parent.children.get(name) ?? instantiate({ parent, name }, { kind });
  }
}

/** Ends all tasks and waits for the deferred work; the objects that are then still there leaked. */
export function shutDown(kernel: Kernel): readonly number[] {
  for (const task of [...kernel.tasks.values()]) kernel.operations.exitTask(kernel, task);
  runDeferred(kernel);
  return liveObjects(kernel).map((object) => object.id);
}
