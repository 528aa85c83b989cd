/** Open file descriptions, and what stands behind descriptors. */
import type { Fd, ProgType } from '../../model/vocabulary/index.ts';
import { getDentry, putDentry } from './dcache.ts';
import { getMount, putMount } from './mount.ts';
import { clearSlots, isHeldTooOften, putObject } from './object.ts';
import type {
  BpfLink,
  BpfMap,
  BpfObject,
  BpfProg,
  Cgroup,
  File,
  FileMode,
  Kernel,
  Location,
  ObjectFile,
  OrError,
  PlainFile,
  Socket,
  Task,
} from './structures.types.ts';

export function getFile(file: File): File {
  file.count += 1;
  return file;
}

export function putFile(kernel: Kernel, file: File): void {
  file.count -= 1;
  if (file.count === 0) file.release(kernel);
}

/** A file of an object; it takes over the caller's reference to it. */
export function objectFile(object: BpfObject, mode: FileMode): ObjectFile {
  return {
    kind: 'object',
    object,
    mode,
    count: 0,
    release: (kernel) => {
      releaseObject(kernel, object);
    },
  };
}

function releaseObject(kernel: Kernel, object: BpfObject): void {
  // Before a map knew its users, every file of an array took the array for its own.
  const isOfSlots = object.kind === 'map' && object.type === 'BPF_MAP_TYPE_PROG_ARRAY';
  if (isOfSlots && kernel.release.arrayClear === 'every-release') clearSlots(kernel, object);
  putObject(kernel, object, 'file');
}

/** A device, or an end of a pipe: nothing depends on what it does. */
export function plainFile(): PlainFile {
  return { kind: 'plain', object: null, location: null, count: 0, release() {} };
}

/** A file of what was found at a place, which stays in use as long as it is open. */
export function fileAt(kind: PlainFile['kind'], location: Location): PlainFile {
  getLocation(location);
  function release(kernel: Kernel): void {
    putLocation(kernel, location);
  }
  return { kind, object: null, location, count: 0, release };
}

export function getLocation(location: Location): Location {
  getMount(location.mount);
  getDentry(location.dentry);
  return location;
}

export function putLocation(kernel: Kernel, { mount, dentry }: Location): void {
  putDentry(kernel, dentry);
  putMount(kernel, mount);
}

/** What is open, for calls that do something with it; a mere place counts as closed. */
export function fileBehind(task: Task, fd: Fd): OrError<File> {
  const file = task.descriptors.get(fd);
  return file === undefined || file.kind === 'place' ? 'EBADF' : file;
}

/** The map behind a descriptor; the descriptor keeps holding it. */
export function mapBehind(task: Task, fd: Fd): OrError<BpfMap> {
  const file = mapFileBehind(task, fd);
  return typeof file === 'string' ? file : file.map;
}

/** The map, and what its file lets user space do with it. */
export function mapFileBehind(
  task: Task,
  fd: Fd,
): OrError<{ readonly map: BpfMap; readonly mode: FileMode }> {
  const file = fileBehind(task, fd);
  if (typeof file === 'string') return file;
  if (file.kind !== 'object' || file.object.kind !== 'map') return 'EINVAL';
  return { map: file.object, mode: file.mode };
}

/** The program behind a descriptor, if it can be held once more; the descriptor keeps holding it. */
export function progBehind(kernel: Kernel, task: Task, fd: Fd): OrError<BpfProg> {
  const file = fileBehind(task, fd);
  if (typeof file === 'string') return file;
  if (file.object?.kind !== 'program') return 'EINVAL';
  return isHeldTooOften(kernel, file.object) ? 'EBUSY' : file.object;
}

/** The same, for what takes programs of one type only. */
export function progOfType(kernel: Kernel, task: Task, fd: Fd, type: ProgType): OrError<BpfProg> {
  const prog = progBehind(kernel, task, fd);
  return typeof prog === 'string' || prog.type === type ? prog : 'EINVAL';
}

/** The link behind a descriptor; the descriptor keeps holding it. */
export function linkBehind(task: Task, fd: Fd): OrError<BpfLink> {
  const file = fileBehind(task, fd);
  if (typeof file === 'string') return file;
  return file.object?.kind === 'link' ? file.object : 'EINVAL';
}

/** The cgroup whose directory is behind a descriptor; a mere place will do. */
export function cgroupBehind(task: Task, fd: Fd): OrError<Cgroup> {
  const file = task.descriptors.get(fd);
  const location = file === undefined ? null : locationOf(file);
  const content = location?.dentry.inode.content;
  if (content?.kind !== 'cgroup') return 'EBADF';
  return content.cgroup.state === 'online' ? content.cgroup : 'ENOENT';
}

/** Where a file was opened, if it was by a path. */
export function locationOf(file: File): Location | null {
  return file.kind === 'plain' || file.kind === 'place' ? file.location : null;
}

/**
 * Where what a descriptor refers to was opened, for calls that a mere place will do for; null if that
 * was nowhere. Descriptors 0, 1 and 2 are not in the table: a device.
 */
export function locationBehind(task: Task, fd: Fd): OrError<Location | null> {
  const file = task.descriptors.get(fd);
  if (file !== undefined) return locationOf(file);
  return fd >= 0 && fd < firstDescriptor ? null : 'EBADF';
}

const firstDescriptor = 3;

/** The socket behind a descriptor; the descriptor keeps holding it. */
export function socketBehind(task: Task, fd: Fd): OrError<Socket> {
  const file = fileBehind(task, fd);
  if (typeof file === 'string') return file;
  return file.kind === 'socket' ? file.socket : 'ENOTSOCK';
}
