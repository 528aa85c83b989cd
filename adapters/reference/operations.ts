/** The operations as they are without a fault. */
import { addName, discardName, evictInode, holdPinned, moveName, removeName } from './dcache.ts';
import { releaseCgroup } from './cgroup.ts';
import { copyDescriptors } from './fdtable.ts';
import { useMap } from './prog.ts';
import type { Operations } from './structures.types.ts';
import { findInstance, killSuperblock } from './superblock.ts';
import { objectById } from './ids.ts';
import { freeLink, holdLinked } from './link.ts';
import { isWritable } from './map.ts';
import { describe } from './syscalls/info.ts';
import { pinnedObject } from './syscalls/pins.ts';
import { exitTask } from './task.ts';

export const soundOperations: Operations = {
  holdPinned,
  pinnedObject,
  discardName,
  removeName,
  addName,
  moveName,
  evictInode,
  killSuperblock,
  findInstance,
  copyDescriptors,
  exitTask,
  useMap,
  holdLinked,
  freeLink,
  releaseCgroup,
  describe,
  isWritable,
  objectById,
};
