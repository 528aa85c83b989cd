/** Calls on names as numbers, as `encode.ts` does it for all calls. */
import { renameFlags } from './calls/rename.ts';
import { fileTypes } from './calls/special-files.ts';
import { attributeNames } from './calls/touching.ts';
import type { Names } from './names.ts';
import type { NameCall } from './vocabulary/index.ts';

export type Args = readonly [a: number, b: number, c: number, d: number];

/** A call's arguments as numbers; interns its strings. */
export function encodeNameCall(call: NameCall, names: Names): Args {
  switch (call.call) {
    case 'mkdir':
    case 'rmdir':
    case 'unlink':
    case 'stat':
    case 'utimensat':
    case 'readdir':
      return [names.pathId(call.path), 0, 0, 0];
    case 'link':
    case 'rename':
      return [names.pathId(call.from), names.pathId(call.to), 0, 0];
    case 'renameat2':
      return [names.pathId(call.from), names.pathId(call.to), renameFlags[call.flag], 0];
    case 'symlink':
      return [names.pathId(call.target), names.pathId(call.path), 0, 0];
    case 'mknod':
      return [names.pathId(call.path), fileTypes[call.type], 0, 0];
    case 'truncate':
      return [names.pathId(call.path), call.length, 0, 0];
    case 'setxattr':
      return [names.pathId(call.path), attributeNames[call.name], 0, 0];
  }
}

/** The name that has this code. @throws where none has. */
export function keyOf<Key extends string>(codes: Readonly<Record<Key, number>>, code: number): Key {
  for (const key in codes) {
    if (codes[key] === code) return key;
  }
  throw new Error(`no name for the argument code ${code}`);
}

/** The call that `encodeNameCall` made these numbers of. */
export function decodeNameCall(name: NameCall['call'], [a, b, c]: Args, names: Names): NameCall {
  const path = (id: number) => names.path(id).text;
  switch (name) {
    case 'mkdir':
    case 'rmdir':
    case 'unlink':
    case 'stat':
    case 'utimensat':
    case 'readdir':
      return { call: name, path: path(a) };
    case 'link':
    case 'rename':
      return { call: name, from: path(a), to: path(b) };
    case 'renameat2':
      return { call: name, from: path(a), to: path(b), flag: keyOf(renameFlags, c) };
    case 'symlink':
      return { call: name, target: path(a), path: path(b) };
    case 'mknod':
      return { call: name, path: path(a), type: keyOf(fileTypes, b) };
    case 'truncate':
      return { call: name, path: path(a), length: b };
    case 'setxattr':
      return { call: name, path: path(a), name: keyOf(attributeNames, b) };
  }
}
