/** open. */
import type { Open } from '../../../model/vocabulary/index.ts';
import { instantiate, isDirectory } from '../dcache.ts';
import { installFile, unusedDescriptor } from '../fdtable.ts';
import { fileAt, plainFile } from '../file.ts';
import { copyPath } from '../path-name.ts';
import { walk, walkToOpen } from '../path-walk.ts';
import { MAY, mayCreate, newInodeOf, permits } from '../permission.ts';
import { refusesMask, refusesWriting } from '../read-only.ts';
import { namespaceFile } from '../namespace.ts';
import type { NamespaceFile, PlainFile } from '../structures.types.ts';
import type { Kernel, Location, OrError, PathName, Task } from '../structures.types.ts';

/** The null device is there for everybody and no part of the tree that paths are walked in. */
const nullDevice = '/dev/null';

export function open(kernel: Kernel, task: Task, call: Open): OrError<number> {
  const name = copyPath(call.path, call.dirFd);
  if (typeof name === 'string') return name;
  // The descriptor is reserved before the walk.
  const fd = unusedDescriptor(kernel, task);
  if (typeof fd === 'string') return fd;
  const at = call.path === nullDevice ? null : placeToOpen(kernel, task, name, call);
  if (typeof at === 'string') return at;
  const file = at === null ? openDevice(call) : openAt(kernel, task, at, call);
  if (typeof file === 'string') return file;
  installFile(task, fd, file, 'stays');
  return fd;
}

/** Where what is to be opened is: there already, or made. */
function placeToOpen(kernel: Kernel, task: Task, name: PathName, call: Open): OrError<Location> {
  if (call.flag !== 'O_RDWR|O_CREAT' && call.flag !== 'O_RDWR|O_CREAT|O_EXCL') {
    return walk(kernel, task, name);
  }
  const exclusive = call.flag === 'O_RDWR|O_CREAT|O_EXCL';
  const opened = walkToOpen(kernel, task, name, exclusive ? 'stay' : 'follow');
  if (typeof opened === 'string') return opened;
  if (opened.kind === 'found') {
    if (!exclusive) return opened.at;
    return opened.by === 'name' ? 'EEXIST' : kernel.release.exclusiveDots;
  }
  const { negative } = opened;
  if (refusesWriting(opened.mount) !== null) return 'EROFS';
  // Only a tmpfs has a way to create files.
  if (negative.parent.inode.superblock.type !== 'tmpfs') return 'EACCES';
  if (!mayCreate(task, negative.parent)) return 'EACCES';
  const dentry = instantiate(negative, { kind: 'file' }, newInodeOf(task, 0o600));
  return { mount: opened.mount, dentry };
}

const masks = {
  O_RDONLY: MAY.read,
  O_RDWR: MAY.read | MAY.write,
  'O_WRONLY|O_TRUNC': MAY.write,
  'O_RDWR|O_CREAT': MAY.read | MAY.write,
  'O_RDWR|O_CREAT|O_EXCL': MAY.read | MAY.write,
} as const;

function openDevice({ flag }: Open): OrError<PlainFile> {
  switch (flag) {
    case 'O_RDWR':
    case 'O_RDONLY':
    case 'O_WRONLY|O_TRUNC':
    case 'O_RDWR|O_CREAT':
      return plainFile();
    case 'O_RDWR|O_CREAT|O_EXCL':
      return 'EEXIST';
    case 'O_DIRECTORY':
      return 'ENOTDIR';
    case 'O_PATH':
      return { ...plainFile(), kind: 'place' };
  }
}

function openAt(
  { release }: Kernel,
  task: Task,
  at: Location,
  { flag }: Open,
): OrError<PlainFile | NamespaceFile> {
  const { file } = at.mount;
  if (file !== null && flag === 'O_RDONLY') return namespaceFile(file, at.mount);
  const isRefused = (mask: number): boolean => !permits(task, at.dentry.inode, mask);
  switch (flag) {
    case 'O_PATH':
      return fileAt('place', at);
    case 'O_DIRECTORY':
      if (!isDirectory(at.dentry)) return 'ENOTDIR';
      return isRefused(MAY.read) ? 'EACCES' : fileAt('plain', at);
    case 'O_RDONLY':
    case 'O_RDWR':
    case 'O_WRONLY|O_TRUNC':
    case 'O_RDWR|O_CREAT':
    case 'O_RDWR|O_CREAT|O_EXCL':
      if (flag !== 'O_RDONLY' && isDirectory(at.dentry)) return 'EISDIR';
      if (flag === 'O_WRONLY|O_TRUNC' && refusesWriting(at.mount) !== null) return 'EROFS';
      if (refusesMask(at.dentry.inode, masks[flag]) !== null) return 'EROFS';
      if (isRefused(masks[flag])) return 'EACCES';
      if (flag !== 'O_RDONLY' && refusesWriting(at.mount) !== null) return 'EROFS';
      // A pin has no contents that could be read or written.
      return at.dentry.inode.content.kind === 'pin' ? release.openedPin : fileAt('plain', at);
  }
}
