/** The descriptors of directories in which the paths of calls start. */
import type {
  Fd,
  Link,
  Linkat,
  Mkdir,
  Mknod,
  ObjGet,
  ObjPin,
  Open,
  Rename,
  Renameat2,
  Rmdir,
  Stat,
  Symlink,
  Unlink,
} from '../model/vocabulary/index.ts';

/** A call whose paths may start in a directory that is open. */
export type PathCall =
  | (ObjPin | ObjGet | Open | Mkdir | Rmdir | Unlink | Symlink | Mknod | Stat)
  | (Link | Linkat | Rename | Renameat2);

/** The same call with each of its descriptors replaced; `at`: which of them it is. */
export function withPathDescriptors(
  call: PathCall,
  replaced: (fd: Fd, at: number) => Fd,
): PathCall {
  switch (call.call) {
    case 'BPF_OBJ_PIN': {
      const fd = replaced(call.fd, 0);
      return {
        ...call,
        fd,
        ...(call.pathFd === undefined ? {} : { pathFd: replaced(call.pathFd, 1) }),
      };
    }
    case 'BPF_OBJ_GET':
      return call.pathFd === undefined ? call : { ...call, pathFd: replaced(call.pathFd, 0) };
    case 'linkat': {
      const fd = replaced(call.fd, 0);
      return { ...call, fd, ...(call.toFd === undefined ? {} : { toFd: replaced(call.toFd, 1) }) };
    }
    case 'link':
    case 'rename':
    case 'renameat2': {
      const { fromFd, toFd } = call;
      const from = fromFd === undefined ? {} : { fromFd: replaced(fromFd, 0) };
      const to = toFd === undefined ? {} : { toFd: replaced(toFd, fromFd === undefined ? 0 : 1) };
      return { ...call, ...from, ...to };
    }
    case 'open':
    case 'mkdir':
    case 'rmdir':
    case 'unlink':
    case 'symlink':
    case 'mknod':
    case 'stat':
      return call.dirFd === undefined ? call : { ...call, dirFd: replaced(call.dirFd, 0) };
  }
}

/** The same call with paths that start in the working directory, if they are relative. */
export function withoutStart(call: PathCall): PathCall {
  switch (call.call) {
    case 'BPF_OBJ_PIN':
    case 'BPF_OBJ_GET': {
      const { pathFd, ...rest } = call;
      return rest;
    }
    case 'linkat': {
      const { toFd, ...rest } = call;
      return rest;
    }
    case 'link':
    case 'rename':
    case 'renameat2': {
      const { fromFd, toFd, ...rest } = call;
      return rest;
    }
    case 'open':
    case 'mkdir':
    case 'rmdir':
    case 'unlink':
    case 'symlink':
    case 'mknod':
    case 'stat': {
      const { dirFd, ...rest } = call;
      return rest;
    }
  }
}
