import type { Call, Fcntl, Fd } from '../model/vocabulary/index.ts';
import { copyTarget, descriptorFor, pathFor } from './arguments.ts';
import type { Arguments } from './arguments.ts';
import { cgroupsOf, isInCgroups } from './host-cgroups.ts';
import { pick } from './path-choice.ts';
import { hangsOnCgroups } from './decode-attachment-call.ts';

type DescriptorCallName = 'close' | 'dup' | 'dup2' | 'dup3' | 'fcntl' | 'open' | 'pipe2';

const commands = ['F_DUPFD', 'F_GETFD', 'F_SETFD', 'F_DUPFD_CLOEXEC'] as const;

/** The call on descriptors that a choice stands for. */
export function decodeDescriptorCall(name: DescriptorCallName, args: Arguments): Call {
  const { detail } = args;
  switch (name) {
    case 'close':
    case 'dup':
      return { call: name, fd: descriptorFor(args) };
    case 'dup2':
      return { call: name, ...copied(args) };
    case 'dup3':
      return { call: name, ...copied(args), flag: detail % 2 === 0 ? 'none' : 'O_CLOEXEC' };
    case 'fcntl':
      return controlled(args);
    case 'open':
      return opened(args);
    case 'pipe2':
      return { call: name, flag: detail % 2 === 0 ? 'none' : 'O_CLOEXEC' };
  }
}

function copied(args: Arguments): { readonly fd: Fd; readonly to: Fd } {
  const fd = descriptorFor(args);
  // One in eight is copied onto itself.
  return { fd, to: args.detail % 8 === 6 ? fd : copyTarget(args) };
}

function controlled(args: Arguments): Fcntl {
  const { detail, limit } = args;
  const command = pick(commands, detail);
  const rest = Math.floor(detail / commands.length);
  const lowest = pick([0, 3, 5, 0, limit - 1, 4, limit, -1], rest);
  if (command === 'F_GETFD' && rest % 2 === 1) {
    return { call: 'fcntl', fd: descriptorFor(args), command: 'F_GETFL', argument: 0 };
  }
  const argument = command === 'F_GETFD' ? 0 : command === 'F_SETFD' ? rest % 2 : lowest;
  return { call: 'fcntl', fd: descriptorFor(args), command, argument };
}

/** What is on a bpffs, for calls that want to start from there: the newest pin, or a directory. */
function openedPlace(args: Arguments): Call {
  const newest = args.prospects.pins().at(-1);
  const isPin = args.drawn === 'linkat' ? args.detail % 4 !== 3 : args.detail % 8 === 7;
  if (isPin && newest !== undefined) return { call: 'open', path: newest, flag: 'O_PATH' };
  const path = pathFor(args, args.detail % 2 === 0 ? 'mounted' : 'directory');
  return { call: 'open', path, flag: args.detail % 3 === 2 ? 'O_PATH' : 'O_DIRECTORY' };
}

const pinFlags = ['O_RDONLY', 'O_WRONLY|O_TRUNC', 'O_RDWR'] as const;
const creating = ['O_RDWR|O_CREAT', 'O_RDWR|O_CREAT|O_EXCL'] as const;

/** Mostly what the model can open: the null device, directories of the host, and mere places. */
function opened(args: Arguments): Call {
  const { detail, taste, place, host, drawn, prospects } = args;
  const cgroups = cgroupsOf(host);
  if (hangsOnCgroups.has(drawn) && cgroups.length > 0) {
    const flag = detail % 4 === 3 ? 'O_PATH' : 'O_DIRECTORY';
    return { call: 'open', path: pick(cgroups, place), flag };
  }
  if (drawn === 'fchdir' || drawn === 'linkat') return openedPlace(args);
  if (taste % 8 === 7) return { call: 'open', path: pathFor(args, 'pin'), flag: 'O_PATH' };
  if (drawn === 'open' && taste % 8 === 6) {
    const purpose = pick(['new-name', 'pin', 'directory'] as const, Math.floor(detail / 2));
    const at = pathFor(args, purpose);
    const path = at !== null && Math.floor(detail / 6) % 4 === 3 ? `${at}/.` : at;
    return { call: 'open', path, flag: pick(creating, detail) };
  }
  const pins = prospects.pins();
  if (pins.length > 0 && detail % 4 === 1) {
    return { call: 'open', path: pick(pins, place), flag: pick(pinFlags, Math.floor(detail / 4)) };
  }
  const ordinary = host.filter((at) => !isInCgroups(at));
  const places = ['/', ...ordinary.map((at) => (at.endsWith('/') ? at.slice(0, -1) : at))];
  switch (detail % 3) {
    case 0:
      return { call: 'open', path: '/dev/null', flag: 'O_RDWR' };
    case 1:
      return { call: 'open', path: pick(places, place), flag: 'O_DIRECTORY' };
    default:
      return { call: 'open', path: pick(places, place), flag: 'O_PATH' };
  }
}
