/** One small operation of the reference at a time, done wrong. */
import {
  closeDescriptor,
  instantiatePin,
  liveObjects,
  soundOperations,
} from '../reference/index.ts';
import type { BpfObject, Dentry, Kernel, Operations, Task } from '../reference/index.ts';

/** A pin puts a reference when it goes that it never took. */
export const pinTakesNoReference: Partial<Operations> = { holdPinned() {} };

/** The pins of what a process had open go with it. */
export const exitDropsPins: Partial<Operations> = {
  exitTask(kernel, task) {
    const objects = openObjects(task);
    for (const root of [...kernel.superblocks.values()]) dropPins(kernel, root, objects);
    soundOperations.exitTask(kernel, task);
  },
};

function openObjects(task: Task): ReadonlySet<BpfObject> {
  const objects = new Set<BpfObject>();
  for (const { object } of task.descriptors.values()) if (object !== null) objects.add(object);
  return objects;
}

function dropPins(kernel: Kernel, dentry: Dentry, objects: ReadonlySet<BpfObject>): void {
  for (const child of [...dentry.children.values()]) dropPins(kernel, child, objects);
  const { content } = dentry.inode;
  if (content.kind === 'pin' && objects.has(content.object)) {
    soundOperations.removeName(kernel, dentry);
  }
}

/** A namespace never finds the instance that it has. */
export const mountFindsNoInstance: Partial<Operations> = { findInstance: () => null };

/** A fresh mount shows whatever instance there is, of any namespace. */
export const mountFindsAnyInstance: Partial<Operations> = {
  findInstance(kernel) {
    const superblocks = [...kernel.superblocks.keys()];
    return superblocks.find(({ type }) => type === 'bpf') ?? null;
  },
};

/** Descriptors go with the name their object had. */
export const unlinkClosesDescriptors: Partial<Operations> = {
  removeName(kernel, dentry) {
    soundOperations.removeName(kernel, dentry);
    const { content } = dentry.inode;
    if (content.kind !== 'pin') return;
    for (const task of kernel.tasks.values()) closeAll(kernel, task, content.object);
  },
};

function closeAll(kernel: Kernel, task: Task, object: BpfObject): void {
  for (const [fd, file] of [...task.descriptors]) {
    if (file.object === object) closeDescriptor(kernel, task, fd);
  }
}

/** An inode that goes forgets the object it holds. */
export const evictionKeepsReference: Partial<Operations> = {
  evictInode(_kernel, inode) {
    inode.superblock.inodes.delete(inode);
  },
};

/** A pin leads to the oldest object that is not the one pinned. */
export const getFindsOtherObject: Partial<Operations> = {
  pinnedObject(kernel, pinned) {
    return liveObjects(kernel).find((object) => object !== pinned) ?? pinned;
  },
};

/** A pin that is refused after its name was looked up stays all the same. */
export const refusedPinStays: Partial<Operations> = {
  discardName(kernel, name, creation) {
    if (creation.kind !== 'pin' || name.parent.inode.superblock.type !== 'bpf') return;
    instantiatePin(kernel, name, creation.object, { uid: 0, mode: 0o600 });
  },
};

/** The tree of a superblock is forgotten, not dropped. */
export const superblockKeepsTree: Partial<Operations> = {
  killSuperblock(kernel, superblock) {
    kernel.superblocks.delete(superblock);
  },
};

/** A child's descriptors are not counted. */
export const forkCountsNothing: Partial<Operations> = {
  copyDescriptors: (parent) => new Map(parent.descriptors),
};

/** A child has its parent's table itself. */
export const forkSharesTable: Partial<Operations> = {
  copyDescriptors: (parent) => parent.descriptors,
};

/** A program uses its map without holding it. */
export const programTakesNoReference: Partial<Operations> = {
  useMap(prog, map) {
    prog.usedMap = map;
  },
};

/** A pin of a map is not counted as a user. */
export const pinIsNoUser: Partial<Operations> = {
  holdPinned(object) {
    object.refcnt += 1;
  },
};

/** Who is told of an object gets a reference to it, and nobody puts it. */
export const infoKeepsReference: Partial<Operations> = {
  describe(object) {
    object.refcnt += 1;
    return soundOperations.describe(object);
  },
};

/** Freezing a map keeps nobody from writing it. */
export const frozenMapIsWritten: Partial<Operations> = { isWritable: () => true };

/** An id leads to the oldest object of its kind. */
export const idFindsOldest: Partial<Operations> = {
  objectById(kernel, kind, id) {
    const found = soundOperations.objectById(kernel, kind, id);
    const oldest = liveObjects(kernel).find((object) => object.kind === kind);
    return typeof found === 'string' ? found : (oldest ?? found);
  },
};

/** A link attaches a program without holding it. */
export const linkTakesNoReference: Partial<Operations> = { holdLinked() {} };

/** The last hold of a link goes, and nothing comes of it. */
export const linkIsNeverFreed: Partial<Operations> = { freeLink() {} };

/** A cgroup that is no more lets go of nothing. */
export const removedCgroupKeepsPrograms: Partial<Operations> = { releaseCgroup() {} };

/** A further name replaces the one beside it. */
export const linkMovesTheName: Partial<Operations> = {
  addName(at, inode) {
    const { children } = at.parent;
    for (const [name, sibling] of children) if (sibling.inode === inode) children.delete(name);
    return soundOperations.addName(at, inode);
  },
};

/** What moves is found under its old name as well. */
export const movedNameStays: Partial<Operations> = {
  moveName(dentry, to) {
    const { name, parent } = dentry;
    soundOperations.moveName(dentry, to);
    parent?.children.set(name, dentry);
  },
};
