/** Requests to the agent as lines; the protocol is described in agent/protocol.c. */
import type { Call, MapType, Path, Step, UpdateFlag } from '../../model/vocabulary/index.ts';
import { AdapterFailure, type Setup } from '../contract/index.ts';

const mapTypes = { BPF_MAP_TYPE_HASH: 1, BPF_MAP_TYPE_ARRAY: 2 } satisfies Record<MapType, number>;
const updateFlags = { BPF_ANY: 0, BPF_NOEXIST: 1, BPF_EXIST: 2 } satisfies Record<
  UpdateFlag,
  number
>;

/** Throws an AdapterFailure for a string that no C program could pass. */
function pathField(path: Path): string {
  if (path === null) {
    return '-';
  }
  if (path.includes('\0')) {
    throw new AdapterFailure('harness', 'A path with a NUL byte cannot be passed to the kernel.');
  }
  return `=${Buffer.from(path, 'utf8').toString('hex')}`;
}

const pathList = (paths: readonly string[]): string =>
  [String(paths.length), ...paths.map(pathField)].join(' ');

function callFields(call: Call): readonly (string | number)[] {
  switch (call.call) {
    case 'BPF_MAP_CREATE':
      return [mapTypes[call.type], call.keySize, call.valueSize, call.maxEntries];
    case 'BPF_MAP_UPDATE_ELEM':
      return [call.fd, call.key, call.value, updateFlags[call.flag]];
    case 'BPF_MAP_LOOKUP_ELEM':
      return [call.fd, call.key];
    case 'BPF_PROG_LOAD':
      return call.mapFd === null ? [0, 0] : [1, call.mapFd];
    case 'BPF_OBJ_PIN':
      return [call.fd, pathField(call.path)];
    case 'close':
    case 'dup':
      return [call.fd];
    case 'kill':
      return [call.pid];
    case 'BPF_OBJ_GET':
    case 'mkdir':
    case 'rmdir':
    case 'unlink':
      return [pathField(call.path)];
    case 'mount':
      return [pathField(call.target)];
    case 'bind':
      return [pathField(call.source), pathField(call.target)];
    case 'umount2':
      return [call.flag === 'MNT_DETACH' ? 1 : 0, pathField(call.target)];
    case 'fork':
    case 'exit_group':
    case 'unshare':
      return [];
  }
}

export const resetLine = (setup: Setup): string =>
  `reset ${setup.descriptors} ${pathList(setup.host)} ${pathList(setup.watch)}`;

/** One step; `sight` says whether a sight is wanted after it. */
export const stepLine = (step: Step, sight: 'sight' | 'none'): string =>
  ['step', sight === 'sight' ? 1 : 0, step.pid, step.call.call, ...callFields(step.call)].join(' ');

export const aliveLine = (ids: readonly number[]): string =>
  ['alive', ids.length, ...ids].join(' ');

export const settleLine = 'settle';
