import type { World } from '../model/index.ts';
import type { Call, CallName, Fd, Path, Pid, RenameFlag } from '../model/vocabulary/index.ts';
import type { Choice } from '../properties/index.ts';
import {
  descriptorFor,
  pathFor,
  preferredDescriptor,
  scenery,
  secondDescriptor,
  thirdDescriptor,
} from './arguments.ts';
import type { Arguments } from './arguments.ts';
import { decodeAttachmentCall } from './decode-attachment-call.ts';
import { decodeDescriptorCall } from './decode-descriptor-call.ts';
import { accessFor, decodeMapCall } from './decode-map-call.ts';
import { decodeLook } from './decode-look.ts';
import {
  decodeMountCall,
  decodeNamespaceCall,
  holdsNamespace,
  leaves,
} from './decode-mount-call.ts';
import { decodePermissionCall } from './decode-permission-call.ts';
import { decodeRawCall } from './decode-raw-call.ts';
import { cgroupsOf } from './host-cgroups.ts';
import { choosePath, pick } from './path-choice.ts';
import { wayTo } from './path-starts.ts';
import type { Prospects } from './prospects.ts';
import { cgroups, objects, openPins, places, programs, sockets } from './things.ts';

/** The call that a choice stands for, with arguments that make sense in the run so far. */
export function decodeCall(
  name: CallName,
  drawn: CallName,
  [, , place, taste, detail]: Choice,
  pid: Pid,
  prospects: Prospects,
  { host, bounds }: World,
): Call {
  const limit = scenery + bounds.descriptors;
  return callOf(name, { place, taste, detail, pid, limit, host, prospects, drawn });
}

function callOf(name: CallName, args: Arguments): Call {
  const { detail, place, taste, prospects, pid } = args;
  switch (name) {
    case 'BPF_MAP_CREATE':
    case 'BPF_MAP_UPDATE_ELEM':
    case 'BPF_MAP_LOOKUP_ELEM':
    case 'BPF_MAP_DELETE_ELEM':
    case 'BPF_MAP_GET_NEXT_KEY':
    case 'BPF_PROG_LOAD':
    case 'BPF_PROG_TEST_RUN':
    case 'BPF_MAP_FREEZE':
      return decodeMapCall(name, args);
    case 'close':
    case 'dup':
    case 'dup2':
    case 'dup3':
    case 'fcntl':
    case 'open':
    case 'pipe2':
      return decodeDescriptorCall(name, args);
    case 'BPF_OBJ_PIN':
      return { call: name, path: pathFor(args, 'new-name'), fd: toPin(args) };
    case 'BPF_OBJ_GET':
      return { call: name, path: pathFor(args, 'pin'), ...accessFor(args, 16) };
    case 'BPF_OBJ_GET_INFO_BY_FD':
      return { call: name, fd: descriptorFor(args, objects) };
    case 'BPF_MAP_GET_FD_BY_ID':
    case 'BPF_PROG_GET_FD_BY_ID':
      return { call: name, id: place % (2 + prospects.made()), ...accessFor(args, 16) };
    case 'BPF_MAP_GET_NEXT_ID':
    case 'BPF_PROG_GET_NEXT_ID':
      return { call: name, id: place % (2 + prospects.made()) };
    case 'BPF_LINK_GET_FD_BY_ID':
    case 'BPF_LINK_GET_NEXT_ID': {
      const link = detail % 4 === 3 ? undefined : prospects.linksMade().at(-1);
      // Behind the one before it there is the link.
      const before = name === 'BPF_LINK_GET_NEXT_ID' ? 1 : 0;
      const id = link === undefined ? place % (2 + prospects.made()) : link - before;
      return name === 'BPF_LINK_GET_FD_BY_ID'
        ? { call: name, id, ...accessFor(args, 32) }
        : { call: name, id };
    }
    case 'BPF_PROG_ATTACH':
    case 'BPF_PROG_DETACH':
    case 'BPF_LINK_CREATE':
    case 'BPF_LINK_DETACH':
    case 'RTM_NEWTFILTER':
    case 'RTM_DELTFILTER':
    case 'RTM_DELQDISC':
      return decodeAttachmentCall(name, args);
    case 'bpf':
      return decodeRawCall(args);
    case 'unshare':
      if (holdsNamespace(args) && detail % 4 !== 0) return decodeNamespaceCall('setns', args);
      return { call: leaves(args) ? 'unshare-user' : name };
    case 'fork':
      if (holdsNamespace(args) && detail % 2 === 1) return decodeNamespaceCall('setns', args);
      return { call: name };
    case 'clone':
    case 'execve':
    case 'exit_group':
    case 'socketpair':
    case 'unshare-user':
      return { call: name };
    case 'open-namespace':
    case 'bind-namespace':
    case 'setns':
      return decodeNamespaceCall(name, args);
    case 'statx':
    case 'access':
    case 'chmod':
    case 'chown':
    case 'umask':
    case 'setresuid':
      return decodePermissionCall(name, args);
    case 'kill':
      return { call: name, pid: taste % 8 === 7 ? 1 + place : pick(prospects.running(), place) };
    case 'sendmsg':
      return { call: name, fd: descriptorFor(args, sockets), fds: toSend(args) };
    case 'recvmsg':
      return {
        call: name,
        fd: preferredDescriptor(args, prospects.readable(pid), sockets),
        room: pick([2, 1, 2, 0], detail),
        flag: pick(['none', 'none', 'MSG_CMSG_CLOEXEC', 'MSG_PEEK'], Math.floor(detail / 4)),
      };
    case 'SO_ATTACH_BPF':
      return {
        call: name,
        fd: descriptorFor(args, sockets),
        progFd: secondDescriptor(args, programs),
      };
    case 'SO_DETACH_FILTER':
      return { call: name, fd: preferredDescriptor(args, prospects.filtered(pid), sockets) };
    case 'chdir': {
      const isOpen = holdsNamespace(args);
      if (isOpen && detail % 4 !== 0) return decodeNamespaceCall('setns', args);
      if (!isOpen && detail % 2 === 1) return decodeNamespaceCall('open-namespace', args);
      const isShown = prospects.younger(pid).length > 0 && detail % 4 === 2;
      if (isShown) return decodeNamespaceCall('bind-namespace', args);
      return { call: name, path: wayTo(args) };
    }
    case 'fchdir':
      return { call: name, fd: descriptorFor(args, places) };
    case 'linkat':
      return {
        call: name,
        fd: preferredDescriptor(args, prospects.open(pid, openPins).slice(-1), openPins),
        to: besidePin(args),
      };
    case 'mkdir':
    case 'mknod':
      return madeAt(pathFor(args, 'new-name'), detail);
    case 'rmdir': {
      // Now and then a cgroup, where any was opened.
      const cgroup = detail % 4 === 3 && prospects.open(pid, cgroups).length > 0;
      const path = cgroup ? pick(cgroupsOf(args.host), place) : pathFor(args, 'directory');
      return { call: name, path };
    }
    case 'unlink':
      return { call: name, path: pathFor(args, 'pin') };
    case 'link':
      return { call: name, ...twoNames(args) };
    case 'rename':
      if (detail % 8 === 6) return decodeMountCall('move', args);
      return { call: name, ...twoNames(args) };
    case 'renameat2':
      return { call: name, ...twoNames(args), flag: pick(renameFlags, Math.floor(detail / 8)) };
    case 'symlink':
      return { call: name, target: leadingTo(args), path: pathFor(args, 'new-name') };
    case 'stat':
      return detail % 4 === 3 ? decodeMountCall('remount', args) : decodeLook(name, args);
    case 'truncate':
    case 'utimensat':
    case 'setxattr':
    case 'readdir':
      return decodeLook(name, args);
    case 'mount':
    case 'bind':
    case 'move':
    case 'remount':
    case 'set-propagation':
    case 'umount2':
      return decodeMountCall(name, args);
  }
}

const fileTypes = ['S_IFREG', 'S_IFIFO', 'S_IFCHR'] as const;

function madeAt(path: Path, detail: number): Call {
  if (detail % 8 !== 6) return { call: 'mkdir', path };
  return { call: 'mknod', path, type: pick(fileTypes, Math.floor(detail / 8)) };
}

/** Any object, or the map that the process wrote last: content has to outlive what is pinned. */
function toPin(args: Arguments): Fd {
  const written = args.prospects.written(args.pid);
  const isPreferred = written !== null && args.detail % 2 === 1;
  return preferredDescriptor(args, isPreferred ? [written.fd] : [], objects);
}

/** Mostly an object; sometimes two, and sometimes anything, so that sockets hold each other. */
function toSend(args: Arguments): readonly Fd[] {
  const first = secondDescriptor(args, args.detail % 3 === 2 ? undefined : objects);
  return args.detail % 4 === 3 ? [first, thirdDescriptor(args)] : [first];
}

const renameFlags: readonly RenameFlag[] = [
  'RENAME_NOREPLACE',
  'RENAME_EXCHANGE',
  'RENAME_EXCHANGE',
  'RENAME_NOREPLACE',
  'RENAME_WHITEOUT',
  'RENAME_NOREPLACE|RENAME_EXCHANGE',
];

const siblings = ['y', 'x', 'd', 'y', 'd/x', 'z'] as const;

/** Mostly a name beside the newest pin, for both to be of one mount. */
function besidePin(args: Arguments): Path {
  const pin = args.prospects.pins().at(-1);
  if (pin === undefined || args.detail % 4 === 3) return pathFor(args, 'new-name');
  const directory = pin.slice(0, pin.lastIndexOf('/'));
  return `${directory}/${pick(['z', 'y', 'z', 'd/x'], Math.floor(args.detail / 4))}`;
}

/** Mostly something that is there and a name beside it; sometimes two that are there. */
function twoNames(args: Arguments): { readonly from: Path; readonly to: Path } {
  const { detail, taste, place, prospects, host } = args;
  const from = pathFor(args, detail % 4 === 3 ? 'directory' : 'pin');
  const rest = Math.floor(taste / 8);
  const cut = from?.lastIndexOf('/') ?? 0;
  if (from !== null && cut > 0 && Math.floor(detail / 4) % 8 < 5) {
    return { from, to: `${from.slice(0, cut)}/${pick(siblings, rest)}` };
  }
  const purpose = pick(['pin', 'directory', 'new-name'] as const, Math.floor(detail / 32));
  return { from, to: choosePath(purpose, rest, place, prospects, host) };
}

/** Somewhere else: a pin, a directory, a name beside it, or itself by another way. */
function leadingTo(args: Arguments): Path {
  const { detail, taste, place, prospects, host } = args;
  const beside = ['x', 'y', 'd', '../x', 'd/x', '.', '..', 'x/'] as const;
  if (detail % 3 === 0) return pick(beside, Math.floor(taste / 8));
  const purpose = detail % 3 === 1 ? 'pin' : 'directory';
  return choosePath(purpose, Math.floor(taste / 8), place, prospects, host);
}
