/** BPF_MAP_CREATE, BPF_MAP_FREEZE and the calls on elements. */
import type { Fd, MapCreate, MapFreeze } from '../../../model/vocabulary/index.ts';
import { commands, hasCommand } from '../attributes/layouts.ts';
import { copyWord } from '../attributes/user-memory.ts';
import type { UserWord } from '../attributes/user-memory.ts';
import { openObject } from '../fdtable.ts';
import { fileMode } from '../file-mode.ts';
import { mapBehind, mapFileBehind } from '../file.ts';
import { allocateId } from '../ids.ts';
import { operationsOf } from '../map-operations.ts';
import { allocateMap, checkAttributes, isKnownType, isOfMaps, templateOf } from '../map.ts';
import { discardMap } from '../object.ts';
import { isBpfClosed, isCapable } from '../permission.ts';
import type { BpfMap, Kernel, OrError, Task, Template } from '../structures.types.ts';
import { updateFlags } from '../update-flags.ts';

export function mapCreate(
  kernel: Kernel,
  task: Task,
  call: Omit<MapCreate, 'call'>,
): OrError<number> {
  if (kernel.release.unprivilegedBpf === 'creating-commands' && isBpfClosed(kernel, task)) {
    return 'EPERM';
  }
  const mode = fileMode(kernel, call);
  if (mode === 'EINVAL') return mode;
  // What a kernel does not know of the attributes has to be 0.
  const { innerFd = 0 } = call;
  if (kernel.release.mapsOfMaps === 'unknown' && innerFd !== 0) return 'EINVAL';
  if (!isKnownType(kernel, call)) return 'EINVAL';
  const refused = checkAttributes(call, kernel.release);
  if (refused !== null) return refused;
  if (isBpfClosed(kernel, task)) return 'EPERM';
  const inner = isOfMaps(call.type) ? innerTemplate(task, innerFd) : null;
  if (typeof inner === 'string') return inner;
  const map = allocateMap(kernel, call, inner);
  const fd = openObject(kernel, task, map, mode);
  if (typeof fd === 'string') discardMap(kernel, map);
  else allocateId(kernel, map);
  return fd;
}

/** The example is looked at, and not held. */
function innerTemplate(task: Task, fd: number): OrError<Template> {
  const map = mapBehind(task, fd);
  return typeof map === 'string' ? map : templateOf(map);
}

/** What calls on elements are given; typed calls have no pointers but good ones and NULL. */
interface ElementCall {
  readonly fd: Fd;
  readonly key: UserWord;
}

interface Flagged {
  readonly flags: bigint;
}

interface UpdateCall extends ElementCall, Flagged {
  readonly value: UserWord;
}

export function mapUpdate(kernel: Kernel, task: Task, call: UpdateCall): OrError<number> {
  const map = writableMap(kernel, task, call.fd);
  if (typeof map === 'string') return map;
  if (asksForLock(kernel, call)) return 'EINVAL';
  const key = copyWord(call.key);
  if (typeof key === 'string') return key;
  const value = copyWord(call.value);
  if (typeof value === 'string') return value;
  const update = { key, value, flags: call.flags };
  return operationsOf[map.type].update(kernel, task, map, update);
}

/** No map of this kernel has a lock in its elements that could be taken. */
function asksForLock({ release }: Kernel, { flags }: Flagged): boolean {
  return release.elementLocks === 'known' && (flags & updateFlags.BPF_F_LOCK) !== 0n;
}

/** The map behind a descriptor, if user space still writes it. */
function writableMap({ operations }: Kernel, task: Task, fd: Fd): OrError<BpfMap> {
  const file = mapFileBehind(task, fd);
  if (typeof file === 'string') return file;
  return file.mode !== 'read-only' && operations.isWritable(file.map) ? file.map : 'EPERM';
}

function readableMap(task: Task, fd: Fd): OrError<BpfMap> {
  const file = mapFileBehind(task, fd);
  if (typeof file === 'string') return file;
  return file.mode === 'write-only' ? 'EPERM' : file.map;
}

/** Look-ups have no flag but the lock, and old ones not even that: there a check comes earlier. */
export function mapLookup(
  kernel: Kernel,
  task: Task,
  call: ElementCall & Flagged,
): OrError<number> {
  if ((call.flags & ~updateFlags.BPF_F_LOCK) !== 0n) return 'EINVAL';
  const map = readableMap(task, call.fd);
  if (typeof map === 'string') return map;
  if (asksForLock(kernel, call)) return 'EINVAL';
  const key = copyWord(call.key);
  return typeof key === 'string' ? key : operationsOf[map.type].lookUp(kernel, map, key);
}

export function mapDelete(kernel: Kernel, task: Task, call: ElementCall): OrError<number> {
  const map = writableMap(kernel, task, call.fd);
  if (typeof map === 'string') return map;
  const key = copyWord(call.key);
  return typeof key === 'string' ? key : operationsOf[map.type].remove(kernel, map, key);
}

export function mapNextKey(kernel: Kernel, task: Task, call: ElementCall): OrError<number> {
  const map = readableMap(task, call.fd);
  if (typeof map === 'string') return map;
  const isNoKey = call.key === null && kernel.release.nullKey === 'no-key';
  const key = isNoKey ? null : copyWord(call.key);
  return typeof key === 'string' ? key : operationsOf[map.type].nextKey(map, key);
}

export function mapFreeze(
  kernel: Kernel,
  task: Task,
  call: Omit<MapFreeze, 'call'>,
): OrError<number> {
  if (!hasCommand(kernel.release.attributes, commands.mapFreeze)) return 'EINVAL';
  // Freezing is for those who could write.
  const map = writableMap(kernel, task, call.fd);
  if (typeof map === 'string') return map;
  if (kernel.release.freezeWants === 'capability' && !isCapable(task)) return 'EPERM';
  map.frozen = 'yes';
  return 0;
}
