/** Calls as numbers: what the rows take, what a search enumerates. */
import { updateFlags } from './calls/elements.ts';
import { mapTypes, noMap } from './calls/objects.ts';
import { umountFlags } from './calls/mounts.ts';
import type { Names } from './names.ts';
import { callNames, type Call, type CallName } from './vocabulary/index.ts';

export type Args = readonly [a: number, b: number, c: number, d: number];

/** The code of a call: its index in `callNames`. */
export const callCode = (call: CallName): number => callNames.indexOf(call);

/** A call's arguments as numbers; interns its strings. */
export function encodeArgs(call: Call, names: Names): Args {
  switch (call.call) {
    case 'BPF_MAP_CREATE':
      return [mapTypes[call.type], call.keySize, call.valueSize, names.wordId(call.maxEntries)];
    case 'BPF_MAP_UPDATE_ELEM':
      return [call.fd, names.wordId(call.key), names.wordId(call.value), updateFlags[call.flag]];
    case 'BPF_MAP_LOOKUP_ELEM':
      return [call.fd, names.wordId(call.key), 0, 0];
    case 'BPF_PROG_LOAD':
      return [call.mapFd ?? noMap, 0, 0, 0];
    case 'BPF_OBJ_PIN':
      return [names.pathId(call.path), call.fd, 0, 0];
    case 'BPF_OBJ_GET':
    case 'mkdir':
    case 'rmdir':
    case 'unlink':
      return [names.pathId(call.path), 0, 0, 0];
    case 'close':
    case 'dup':
      return [call.fd, 0, 0, 0];
    case 'fork':
    case 'exit_group':
    case 'unshare':
      return [0, 0, 0, 0];
    case 'kill':
      return [call.pid, 0, 0, 0];
    case 'mount':
      return [names.pathId(call.target), 0, 0, 0];
    case 'bind':
      return [names.pathId(call.target), names.pathId(call.source), 0, 0];
    case 'umount2':
      return [names.pathId(call.target), umountFlags[call.flag], 0, 0];
  }
}

function keyOf<Key extends string>(codes: Readonly<Record<Key, number>>, code: number): Key {
  for (const key in codes) {
    if (codes[key] === code) return key;
  }
  throw new Error(`no name for the argument code ${code}`);
}

/** The call that `encodeArgs` made these numbers of. */
export function decodeCall(name: CallName, [a, b, c, d]: Args, names: Names): Call {
  const path = (id: number) => names.path(id).text;
  switch (name) {
    case 'BPF_MAP_CREATE':
      return {
        call: name,
        type: keyOf(mapTypes, a),
        keySize: b,
        valueSize: c,
        maxEntries: names.word(d),
      };
    case 'BPF_MAP_UPDATE_ELEM':
      return {
        call: name,
        fd: a,
        key: names.word(b),
        value: names.word(c),
        flag: keyOf(updateFlags, d),
      };
    case 'BPF_MAP_LOOKUP_ELEM':
      return { call: name, fd: a, key: names.word(b) };
    case 'BPF_PROG_LOAD':
      return { call: name, mapFd: a === noMap ? null : a };
    case 'BPF_OBJ_PIN':
      return { call: name, path: path(a), fd: b };
    case 'BPF_OBJ_GET':
    case 'mkdir':
    case 'rmdir':
    case 'unlink':
      return { call: name, path: path(a) };
    case 'close':
    case 'dup':
      return { call: name, fd: a };
    case 'fork':
    case 'exit_group':
    case 'unshare':
      return { call: name };
    case 'kill':
      return { call: name, pid: a };
    case 'mount':
      return { call: name, target: path(a) };
    case 'bind':
      return { call: name, target: path(a), source: path(b) };
    case 'umount2':
      return { call: name, target: path(a), flag: keyOf(umountFlags, b) };
  }
}
