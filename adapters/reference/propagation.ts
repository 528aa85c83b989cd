/** Mounts and their ends are passed on among peers. */
import { isAtOrBelow } from './dcache.ts';
import {
  copyFlags,
  followMounts,
  isIn,
  makeMount,
  mountOn,
  moveMount,
  treeOf,
  unmountTree,
} from './mount.ts';
import { heardBy, makePeer, makeShared, ringOf, setMaster } from './peers.ts';
import type { Kernel, Location, Mount, Namespace, Task } from './structures.types.ts';

/** A mount that is to hear of what is mounted somewhere, and its namespace. */
export interface Listener {
  readonly mount: Mount;
  readonly namespace: Namespace;
}

/** A mount of a tree: where it is, by the place of what it lies in. */
interface Twig {
  readonly original: Mount;
  readonly parent: number;
}

export const namespaceOf = (kernel: Kernel, mount: Mount): Namespace | undefined =>
  [...kernel.namespaces].find((namespace) => isIn(namespace, mount));

/** Who gets a copy of what is mounted there; to be asked before it is. */
export function listenersAt(kernel: Kernel, { mount, dentry }: Location): readonly Listener[] {
  return [...heardBy(mount)].flatMap((each) => {
    const namespace = namespaceOf(kernel, each);
    const sees = isAtOrBelow(dentry, each.root);
    return namespace !== undefined && sees ? [{ mount: each, namespace }] : [];
  });
}

/** What can be copied of a tree. */
function twigsOf(root: Mount): readonly Twig[] {
  const twigs: Twig[] = [{ original: root, parent: -1 }];
  for (const [at, { original }] of twigs.entries()) {
    // What shows a namespace is not copied to where that may be older.
    const children = [...original.children].filter(({ file }) => file === null);
    twigs.push(...children.map((child) => ({ original: child, parent: at })));
  }
  return twigs;
}

/** Attaches copies of a tree that was just attached at a place to all who hear of it. */
export function propagate(
  task: Task,
  at: Location,
  root: Mount,
  listeners: readonly Listener[],
): void {
  if (at.mount.ring === null) return;
  const twigs = twigsOf(root);
  for (const mount of treeOf(root)) makeShared(mount);
  const copies = new Map<Mount, readonly Mount[]>([
    [at.mount, twigs.map(({ original }) => original)],
  ]);
  for (const { mount, namespace } of listeners) {
    const copy = copyFor(mount, copies);
    copies.set(mount, copy);
    const covering = mountOn({ mount, dentry: at.dentry });
    copy.forEach((each, k) => {
      const twig = twigs[k];
      const below = copy[twig?.parent ?? -1];
      const mountpoint = twig?.original.attachment?.mountpoint;
      namespace.mounts.add(each);
      if (below === undefined) moveMount(each, { mount, dentry: at.dentry });
      else if (mountpoint !== undefined) moveMount(each, { mount: below, dentry: mountpoint });
    });
    const [outermost] = copy;
    if (namespace.userNamespace !== task.namespace.userNamespace) {
      for (const each of copy) each.lockedReadOnly ||= each.readOnly;
    }
    if (covering !== null && outermost !== undefined) {
      moveMount(covering, followMounts({ mount: outermost, dentry: outermost.root }));
    }
  }
}

/** Peers of the copies in its ring; where there are none, slaves of the nearest above that have some. */
function copyFor(listener: Mount, copies: ReadonlyMap<Mount, readonly Mount[]>): readonly Mount[] {
  const among = (mount: Mount): readonly Mount[] | undefined =>
    [...ringOf(mount)].map((peer) => copies.get(peer)).find((found) => found !== undefined);
  const peers = among(listener);
  if (peers !== undefined) return peers.map((original) => copyOf(original, makePeer));
  let above = listener.master;
  while (above !== null && among(above) === undefined) above = masterOfRing(above);
  const masters = above === null ? [] : (among(above) ?? []);
  return masters.map((master) => {
    const copy = copyOf(master, setMaster);
    if (listener.ring !== null) makeShared(copy);
    return copy;
  });
}

const masterOfRing = (mount: Mount): Mount | null =>
  [...ringOf(mount)].find(({ master }) => master !== null)?.master ?? null;

function copyOf(original: Mount, relate: (copy: Mount, original: Mount) => void): Mount {
  const copy = makeMount(original.root, null);
  copyFlags(original, copy);
  relate(copy, original);
  return copy;
}

const covers = (mount: Mount): boolean =>
  mount.attachment?.mountpoint === mount.attachment?.parent.root;

/** The mounts that are where this one is, in those who hear of its end. */
function counterparts({ attachment }: Mount): readonly Mount[] {
  if (attachment === null) return [];
  const { parent, mountpoint } = attachment;
  return [...heardBy(parent)]
    .map((mount) => mountOn({ mount, dentry: mountpoint }))
    .filter((mount) => mount !== null);
}

/** Whether somebody is in a counterpart that would have to go, too. */
export function isCounterpartInUse({ release }: Kernel, mount: Mount): boolean {
  return counterparts(mount).some(({ children, count }) => {
    const [first, ...more] = children;
    const slides = release.coveredCopies === 'slide' && more.length === 0;
    const goes = first === undefined || (slides && covers(first));
    return goes && count > 1;
  });
}

/** Unmounts a tree, and what can go of its counterparts. */
export function unmountEverywhere(kernel: Kernel, namespace: Namespace, root: Mount): void {
  // What may be seen below it in one place may be seen in all.
  for (const other of counterparts(root)) other.locked = false;
  const own = new Set(treeOf(root));
  const going = new Set(own);
  for (const mount of going) for (const other of counterparts(mount)) going.add(other);
  const isLeft = (mount: Mount): boolean =>
    !going.has(mount) || [...mount.children].some((child) => covers(child) && isLeft(child));
  const isNeeded = (mount: Mount): boolean =>
    [...mount.children].some(
      (child) => isLeft(child) && (!covers(child) || kernel.release.coveredCopies === 'stay'),
    );
  for (let changed = true; changed;) {
    const needed = [...going].filter(
      (mount) => !own.has(mount) && (isNeeded(mount) || isFixed(mount, going)),
    );
    for (const mount of needed) going.delete(mount);
    changed = needed.length > 0;
  }
  for (const mount of going) {
    for (const child of [...mount.children]) if (!going.has(child)) slide(child, going);
  }
  for (const mount of going) {
    const whose = own.has(mount) ? namespace : namespaceOf(kernel, mount);
    if (whose !== undefined && mount !== root && !own.has(mount)) {
      for (const child of [...mount.children]) detachFrom(child);
      unmountTree(kernel, whose, mount);
    }
  }
  unmountTree(kernel, namespace, root);
}

/** What is locked goes with what it lies in, or not at all. */
function isFixed({ locked, attachment }: Mount, going: ReadonlySet<Mount>): boolean {
  return locked && attachment !== null && !going.has(attachment.parent);
}

/** What goes by itself is not to go with what it lies in. */
function detachFrom(child: Mount): void {
  child.attachment?.parent.children.delete(child);
}

/** To where the undermost of those was that lie below it and go. */
function slide(mount: Mount, going: ReadonlySet<Mount>): void {
  let under = mount.attachment;
  for (let below = under?.parent; under !== null && below !== undefined && going.has(below);) {
    under = below.attachment;
    below = under?.parent;
  }
  if (under !== null) moveMount(mount, { mount: under.parent, dentry: under.mountpoint });
}
