/** Mount namespaces. */
import { copyFlags, makeMount, putMount, putNamespace } from './mount.ts';
import { makePeer, setMaster } from './peers.ts';
import type {
  Attachment,
  Kernel,
  Mount,
  Namespace,
  NamespaceFile,
  UserNamespace,
} from './structures.types.ts';

export { putNamespace } from './mount.ts';

/** Makes a namespace of the given mounts, without members yet. */
export function makeNamespace(
  kernel: Kernel,
  userNamespace: UserNamespace,
  root: Mount,
  mounts: Set<Mount>,
): Namespace {
  kernel.lastId += 1;
  const address = allocateAddress(kernel);
  const namespace = { id: kernel.lastId, userNamespace, address, root, mounts, members: 0 };
  kernel.namespaces.add(namespace);
  return namespace;
}

/** As a slab does, the one that became free last; or one that nothing ever had. */
function allocateAddress({ addresses, release }: Kernel): number {
  const again = release.namespaceAddresses === 'reused' ? addresses.free.pop() : undefined;
  if (again !== undefined) return again;
  addresses.last += 1;
  return addresses.last;
}

/** A copy of a namespace, and of each of its mounts the copy. */
interface NamespaceCopy {
  readonly namespace: Namespace;
  readonly copies: ReadonlyMap<Mount, Mount>;
}

/**
 * Copies a namespace for a user namespace: each mount gets a copy that shows the same tree of the same
 * superblock. In another user namespace than the original's, the copies stay as they are.
 */
export function copyNamespace(
  kernel: Kernel,
  original: Namespace,
  userNamespace: UserNamespace,
): NamespaceCopy {
  const copies = new Map<Mount, Mount>();
  const isForeign = userNamespace !== original.userNamespace;
  const root = copyTree(original.root, null, copies, isForeign ? makeHearer : makePeer);
  const mounts = new Set(copies.values());
  if (isForeign) lockTree(root);
  return { namespace: makeNamespace(kernel, userNamespace, root, mounts), copies };
}

/** What another user namespace mounts is not told to what is shared (CL_SHARED_TO_SLAVE). */
function makeHearer(copy: Mount, original: Mount): void {
  if (original.ring === null) makePeer(copy, original);
  else setMaster(copy, original);
}

/** lock_mnt_tree: the root itself is attached nowhere. */
function lockTree(root: Mount): void {
  for (const mount of root.children) {
    mount.locked = true;
    mount.lockedReadOnly ||= mount.readOnly;
    lockTree(mount);
  }
}

function copyTree(
  original: Mount,
  attachment: Attachment | null,
  into: Map<Mount, Mount>,
  relate: (copy: Mount, original: Mount) => void,
): Mount {
  const copy = makeMount(original.root, attachment);
  copyFlags(original, copy);
  relate(copy, original);
  into.set(original, copy);
  for (const child of original.children) {
    // What shows a namespace would come along to one that is younger than that.
    if (child.attachment === null || child.file !== null) continue;
    copyTree(child, { parent: copy, mountpoint: child.attachment.mountpoint }, into, relate);
  }
  return copy;
}

export function getNamespace(namespace: Namespace): Namespace {
  namespace.members += 1;
  return namespace;
}

/** An open file of a namespace counts as a member; `mount`: what it was opened through. */
export function namespaceFile(namespace: Namespace, mount: Mount | null = null): NamespaceFile {
  getNamespace(namespace);
  if (mount !== null) mount.count += 1;
  return {
    kind: 'namespace',
    object: null,
    namespace,
    count: 0,
    release: (kernel) => {
      if (mount !== null) putMount(kernel, mount);
      putNamespace(kernel, namespace);
    },
  };
}
