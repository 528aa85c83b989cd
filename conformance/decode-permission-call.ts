import type { Call, PermissionCall, Uid } from '../model/vocabulary/index.ts';
import { pathFor } from './arguments.ts';
import type { Arguments } from './arguments.ts';
import { pick } from './path-choice.ts';

const modes = [0o666, 0, 0o755, 0o400, 0o777, 0o200, 0o1777, 0o711] as const;
const masks = [0o022, 0, 0o777, 0o077] as const;
const checks = ['W_OK', 'R_OK', 'X_OK', 'F_OK'] as const;

/** The call about permissions that a choice stands for. */
export function decodePermissionCall(name: PermissionCall['call'], args: Arguments): Call {
  const { detail } = args;
  const rest = Math.floor(detail / 64);
  const path = (): PermissionCall & { call: 'statx' } => ({
    call: 'statx',
    path: pathFor(args, Math.floor(detail / 32) % 2 === 0 ? 'pin' : 'directory'),
  });
  switch (name) {
    case 'statx':
      return path();
    case 'access':
      return { ...path(), call: name, mode: pick(checks, rest) };
    case 'chmod':
      return { ...path(), call: name, mode: pick(modes, rest) };
    case 'chown':
      return { ...path(), call: name, owner: pick<Uid>([65534, 65534, 0], rest) };
    case 'umask':
      return { call: name, mask: pick(masks, rest) };
    case 'setresuid':
      return { call: name, uid: rest % 8 === 7 ? 0 : 65534 };
  }
}

const instead = ['chmod', 'chown', 'access', 'statx', 'chmod', 'umask', 'chown', 'access'] as const;

/** One of those that are about a file, or about files to come. */
export const permissionFor = (args: Arguments): Call =>
  decodePermissionCall(pick(instead, Math.floor(args.detail / 8)), args);

/** Instead of looking at a file, one in four is about who may do what with it. */
export function lookedAt(args: Arguments): Call {
  const { detail } = args;
  const looks = {
    call: 'stat',
    path: pathFor(args, detail % 2 === 0 ? 'pin' : 'directory'),
  } as const;
  if (Math.floor(detail / 2) % 4 !== 3) return looks;
  return permissionFor(args);
}

/**
 * Instead of a namespace of its own, a process that is not the last with capabilities loses them, one
 * time in four: without, there would be little left to see.
 */
export function parted(args: Arguments): Call {
  const { detail, pid, prospects } = args;
  const capable = prospects.capable();
  const others = capable.filter((other) => other !== pid);
  // Who has none left asks for them.
  if (detail % 2 === 1 && !capable.includes(pid)) return { call: 'setresuid', uid: 0 };
  return detail % 4 === 3 && others.length > 0
    ? decodePermissionCall('setresuid', args)
    : { call: 'unshare' };
}
