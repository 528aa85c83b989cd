/** Calls, steps and outcomes from their JSON shapes, which are those of the vocabulary. */
import type { Call, CallName, Outcome, Path, Step } from '../model/vocabulary/index.ts';
import { callNames, fail, isErrno, succeed } from '../model/vocabulary/index.ts';
import type { Json } from './json-shape.ts';
import { jsonChoice, jsonInteger, jsonObject, jsonString } from './json-shape.ts';
import type { Flaws } from './read-value.ts';
import { descriptorRange, note, pidRange, wordRange } from './read-value.ts';

const keys: Readonly<Record<CallName, readonly string[]>> = {
  BPF_MAP_CREATE: ['type', 'keySize', 'valueSize', 'maxEntries'],
  BPF_MAP_UPDATE_ELEM: ['fd', 'key', 'value', 'flag'],
  BPF_MAP_LOOKUP_ELEM: ['fd', 'key'],
  BPF_PROG_LOAD: ['mapFd'],
  BPF_OBJ_PIN: ['path', 'fd'],
  BPF_OBJ_GET: ['path'],
  close: ['fd'],
  dup: ['fd'],
  fork: [],
  exit_group: [],
  kill: ['pid'],
  mkdir: ['path'],
  rmdir: ['path'],
  unlink: ['path'],
  mount: ['target'],
  bind: ['source', 'target'],
  umount2: ['target', 'flag'],
  unshare: [],
};

export function stepFromJson(value: unknown, path: string, flaws: Flaws): Step | null {
  const step = jsonObject(value, path, { required: ['pid', 'call'] }, flaws);
  const pid = jsonInteger(step['pid'], `${path}.pid`, pidRange, flaws);
  const call = callFromJson(step['call'], `${path}.call`, flaws);
  return call === null ? null : { pid, call };
}

export function callFromJson(value: unknown, path: string, flaws: Flaws): Call | null {
  const named = typeof value === 'object' && value !== null && 'call' in value;
  const name = jsonChoice(named ? value.call : undefined, `${path}.call`, callNames, flaws);
  if (name === undefined) return null;
  return build(
    name,
    jsonObject(value, path, { required: ['call', ...keys[name]] }, flaws),
    path,
    flaws,
  );
}

function build(name: CallName, from: Json, path: string, flaws: Flaws): Call {
  const word = (key: string): number =>
    jsonInteger(from[key], `${path}.${key}`, wordRange(`the ${key}`), flaws);
  const descriptor = (key: string): number =>
    jsonInteger(from[key], `${path}.${key}`, descriptorRange, flaws);
  const file = (key: string): Path =>
    from[key] === null ? null : jsonString(from[key], `${path}.${key}`, 'a path', flaws);
  const choice = <N extends string>(key: string, names: readonly [N, ...N[]]): N =>
    jsonChoice(from[key], `${path}.${key}`, names, flaws) ?? names[0];
  switch (name) {
    case 'BPF_MAP_CREATE':
      return {
        call: name,
        type: choice('type', ['BPF_MAP_TYPE_HASH', 'BPF_MAP_TYPE_ARRAY']),
        keySize: word('keySize'),
        valueSize: word('valueSize'),
        maxEntries: word('maxEntries'),
      };
    case 'BPF_MAP_UPDATE_ELEM': {
      const flag = choice('flag', ['BPF_ANY', 'BPF_NOEXIST', 'BPF_EXIST']);
      return { call: name, fd: descriptor('fd'), key: word('key'), value: word('value'), flag };
    }
    case 'BPF_MAP_LOOKUP_ELEM':
      return { call: name, fd: descriptor('fd'), key: word('key') };
    case 'BPF_PROG_LOAD':
      return { call: name, mapFd: from['mapFd'] === null ? null : descriptor('mapFd') };
    case 'BPF_OBJ_PIN':
      return { call: name, path: file('path'), fd: descriptor('fd') };
    case 'BPF_OBJ_GET':
    case 'mkdir':
    case 'rmdir':
    case 'unlink':
      return { call: name, path: file('path') };
    case 'close':
    case 'dup':
      return { call: name, fd: descriptor('fd') };
    case 'fork':
    case 'exit_group':
    case 'unshare':
      return { call: name };
    case 'kill':
      return { call: name, pid: jsonInteger(from['pid'], `${path}.pid`, pidRange, flaws) };
    case 'mount':
      return { call: name, target: file('target') };
    case 'bind':
      return { call: name, source: file('source'), target: file('target') };
    case 'umount2':
      return { call: name, target: file('target'), flag: choice('flag', ['none', 'MNT_DETACH']) };
  }
}

export function outcomeFromJson(value: unknown, path: string, flaws: Flaws): Outcome | null {
  const failed = typeof value === 'object' && value !== null && 'errno' in value;
  const key = failed ? 'errno' : 'value';
  const outcome = jsonObject(value, path, { required: ['ok', key] }, flaws);
  if (outcome['ok'] !== !failed) {
    note(flaws, 0, `${path}.ok: true with a value, or false with an errno, was expected`);
    return null;
  }
  if (!failed) {
    const range = wordRange('the value of a result');
    return succeed(jsonInteger(outcome['value'], `${path}.value`, range, flaws));
  }
  const errno = jsonString(outcome['errno'], `${path}.errno`, 'the name of an error', flaws);
  if (isErrno(errno)) return fail(errno);
  note(flaws, 0, `${path}.errno: ${JSON.stringify(errno)} is no error of this specification`);
  return null;
}
