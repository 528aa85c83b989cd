/** open. */
import type { Open } from '../../../model/vocabulary/index.ts';
import { isDirectory } from '../dcache.ts';
import { installFile, unusedDescriptor } from '../fdtable.ts';
import { fileAt, plainFile } from '../file.ts';
import { copyPath } from '../path-name.ts';
import { walk } from '../path-walk.ts';
import { MAY, permits } from '../permission.ts';
import type { PlainFile } from '../structures.types.ts';
import type { Kernel, Location, OrError, Task } from '../structures.types.ts';

/** The null device is there for everybody and no part of the tree that paths are walked in. */
const nullDevice = '/dev/null';

export function open(kernel: Kernel, task: Task, call: Open): OrError<number> {
  const name = copyPath(call.path);
  if (typeof name === 'string') return name;
  // The descriptor is reserved before the walk.
  const fd = unusedDescriptor(kernel, task);
  if (typeof fd === 'string') return fd;
  const at = call.path === nullDevice ? null : walk(kernel, task, name);
  if (typeof at === 'string') return at;
  const file = at === null ? openDevice(call) : openAt(kernel, task, at, call);
  if (typeof file === 'string') return file;
  installFile(task, fd, file, 'stays');
  return fd;
}

const masks = {
  O_RDONLY: MAY.read,
  O_RDWR: MAY.read | MAY.write,
  'O_WRONLY|O_TRUNC': MAY.write,
} as const;

function openDevice({ flag }: Open): OrError<PlainFile> {
  switch (flag) {
    case 'O_RDWR':
    case 'O_RDONLY':
    case 'O_WRONLY|O_TRUNC':
      return plainFile();
    case 'O_DIRECTORY':
      return 'ENOTDIR';
    case 'O_PATH':
      return { ...plainFile(), kind: 'place' };
  }
}

function openAt({ release }: Kernel, task: Task, at: Location, { flag }: Open): OrError<PlainFile> {
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
      if (flag !== 'O_RDONLY' && isDirectory(at.dentry)) return 'EISDIR';
      if (isRefused(masks[flag])) return 'EACCES';
      // A pin has no contents that could be read or written.
      return at.dentry.inode.content.kind === 'pin' ? release.openedPin : fileAt('plain', at);
  }
}
