/** BPF_OBJ_PIN and BPF_OBJ_GET. */
import type { Fd, ObjGet, ObjPin } from '../../../model/vocabulary/index.ts';
import { layoutOf } from '../attributes/layouts.ts';
import { instantiatePin } from '../dcache.ts';
import { openObject } from '../fdtable.ts';
import { fileMode } from '../file-mode.ts';
import { fileBehind } from '../file.ts';
import { getObject, isHeldTooOften, putObject } from '../object.ts';
import { copyPath } from '../path-name.ts';
import { MAY, mayCreate, newInodeOf, permits } from '../permission.ts';
import { refusesMask } from '../read-only.ts';
import { walkToNewName } from '../new-name.ts';
import { checkName, walk } from '../path-walk.ts';
import type {
  BpfObject,
  Creation,
  FileMode,
  Kernel,
  NegativeDentry,
  OrError,
  PathName,
  Task,
} from '../structures.types.ts';

/** Releases without a field for it want zeros there. */
const isUnknownStart = ({ release }: Kernel, { pathFd }: Pick<ObjPin, 'pathFd'>): boolean =>
  pathFd !== undefined && layoutOf(release.attributes).pathFd === 'unknown';

export function objPin(kernel: Kernel, task: Task, call: Omit<ObjPin, 'call'>): OrError<number> {
  if (isUnknownStart(kernel, call)) return 'EINVAL';
  switch (kernel.release.pinReads) {
    case 'path-first': {
      const name = copyPath(call.path, call.pathFd);
      if (typeof name === 'string') return name;
      const object = probe(kernel, task, call.fd);
      return typeof object === 'string' ? object : pinAt(kernel, task, name, object);
    }
    case 'descriptor-first': {
      const object = probe(kernel, task, call.fd);
      if (typeof object === 'string') return object;
      const name = copyPath(call.path, call.pathFd);
      return typeof name === 'string' ? name : pinAt(kernel, task, name, object);
    }
  }
}

/**
 * The object behind a descriptor, tried as a map and then as a program: whatever is wrong with a map
 * is hidden by that; and where links are tried as well, whatever is wrong.
 */
function probe(kernel: Kernel, task: Task, fd: Fd): OrError<BpfObject> {
  const file = fileBehind(task, fd);
  const hides = kernel.release.pinProbe === 'asks-for-objects';
  if (typeof file === 'string') return hides ? 'EINVAL' : file;
  const { object } = file;
  if (object === null) return 'EINVAL';
  if (!isHeldTooOften(kernel, object)) return object;
  return object.kind === 'map' || hides ? 'EINVAL' : 'EBUSY';
}

function pinAt(kernel: Kernel, task: Task, name: PathName, object: BpfObject): OrError<number> {
  const creation: Creation = { kind: 'pin', object };
  const found = walkToNewName(kernel, task, name, creation);
  if (typeof found === 'string') return found;
  const { negative } = found;
  const refused = refusesPin(kernel, task, negative);
  if (refused !== null) {
    kernel.operations.discardName(kernel, negative, creation);
    return refused;
  }
  instantiatePin(kernel, negative, object, newInodeOf(task, 0o600));
  return 0;
}

function refusesPin(
  kernel: Kernel,
  task: Task,
  { parent, name }: NegativeDentry,
): 'EPERM' | 'EACCES' | null {
  if (parent.inode.superblock.type !== 'bpf') return 'EPERM';
  return mayCreate(task, parent) ? checkName(kernel, parent, name) : 'EACCES';
}

const masks: Readonly<Record<FileMode, number>> = {
  'read-write': MAY.read | MAY.write,
  'read-only': MAY.read,
  'write-only': MAY.write,
};

export function objGet(kernel: Kernel, task: Task, call: Omit<ObjGet, 'call'>): OrError<number> {
  const mode = fileMode(kernel, call);
  if (mode === 'EINVAL' || isUnknownStart(kernel, call)) return 'EINVAL';
  const name = copyPath(call.path, call.pathFd);
  if (typeof name === 'string') return name;
  const at = walk(kernel, task, name);
  if (typeof at === 'string') return at;
  const { content } = at.dentry.inode;
  const asked = kernel.release.getChecks === 'write' ? MAY.write : masks[mode];
  const refused = refusesMask(at.dentry.inode, asked);
  if (refused !== null) return refused;
  if (!permits(task, at.dentry.inode, asked) || content.kind !== 'pin') return 'EACCES';
  const object = kernel.operations.pinnedObject(kernel, content.object);
  if (object.kind === 'link' && mode !== 'read-write') return 'EINVAL';
  if (isHeldTooOften(kernel, object)) return 'EBUSY';
  getObject(object);
  // A program cannot be changed: bpf_prog_new_fd does not ask for a mode.
  const fd = openObject(kernel, task, object, object.kind === 'map' ? mode : 'read-write');
  if (typeof fd === 'string') putObject(kernel, object, 'file');
  return fd;
}

export function pinnedObject(_kernel: Kernel, pinned: BpfObject): BpfObject {
  return pinned;
}
