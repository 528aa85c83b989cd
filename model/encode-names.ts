/** Calls on names as numbers, as `encode.ts` does it for all calls. */
import { keyOf, type Args } from './argument-names.ts';
import { renameFlags } from './calls/rename-denials.ts';
import { fileTypes } from './calls/special-files.ts';
import { attributeNames } from './calls/touching.ts';
import type { Names } from './names.ts';
import type { NameCall } from './vocabulary/index.ts';

/** A call's arguments as numbers; interns its strings. */
export function encodeNameCall(call: NameCall, names: Names): Args {
  switch (call.call) {
    case 'mkdir':
    case 'rmdir':
    case 'unlink':
    case 'stat':
      return [names.pathId(call.path, call.dirFd), 0, 0, 0];
    case 'chdir':
    case 'utimensat':
    case 'readdir':
      return [names.pathId(call.path), 0, 0, 0];
    case 'fchdir':
      return [call.fd, 0, 0, 0];
    case 'linkat':
      return [call.fd, names.pathId(call.to, call.toFd), 0, 0];
    case 'link':
    case 'rename':
    case 'renameat2': {
      const flag = call.call === 'renameat2' ? renameFlags[call.flag] : 0;
      return [names.pathId(call.from, call.fromFd), names.pathId(call.to, call.toFd), flag, 0];
    }
    case 'symlink':
      return [names.pathId(call.target), names.pathId(call.path, call.dirFd), 0, 0];
    case 'mknod':
      return [names.pathId(call.path, call.dirFd), fileTypes[call.type], 0, 0];
    case 'truncate':
      return [names.pathId(call.path), call.length, 0, 0];
    case 'setxattr':
      return [names.pathId(call.path), attributeNames[call.name], 0, 0];
  }
}

/** The call that `encodeNameCall` made these numbers of. */
export function decodeNameCall(name: NameCall['call'], [a, b, c]: Args, names: Names): NameCall {
  const path = (id: number) => names.path(id).text;
  /** The descriptor that came with a path, as a member of the call; nothing if none did. */
  const dirFd = (id: number) => {
    const { fd } = names.path(id);
    return fd === undefined ? {} : { dirFd: fd };
  };
  const fromFd = (id: number) => {
    const { fd } = names.path(id);
    return fd === undefined ? {} : { fromFd: fd };
  };
  const toFd = (id: number) => {
    const { fd } = names.path(id);
    return fd === undefined ? {} : { toFd: fd };
  };
  switch (name) {
    case 'mkdir':
    case 'rmdir':
    case 'unlink':
    case 'stat':
      return { call: name, ...dirFd(a), path: path(a) };
    case 'chdir':
    case 'utimensat':
    case 'readdir':
      return { call: name, path: path(a) };
    case 'fchdir':
      return { call: name, fd: a };
    case 'linkat':
      return { call: name, fd: a, ...toFd(b), to: path(b) };
    case 'link':
    case 'rename':
      return { call: name, ...fromFd(a), from: path(a), ...toFd(b), to: path(b) };
    case 'renameat2': {
      const flag = keyOf(renameFlags, c);
      return { call: name, ...fromFd(a), from: path(a), ...toFd(b), to: path(b), flag };
    }
    case 'symlink':
      return { call: name, target: path(a), ...dirFd(b), path: path(b) };
    case 'mknod':
      return { call: name, ...dirFd(a), path: path(a), type: keyOf(fileTypes, b) };
    case 'truncate':
      return { call: name, path: path(a), length: b };
    case 'setxattr':
      return { call: name, path: path(a), name: keyOf(attributeNames, b) };
  }
}
