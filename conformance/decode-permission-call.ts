import type { Call, PermissionCall, Uid } from '../model/vocabulary/index.ts';
import { pathFor } from './arguments.ts';
import type { Arguments } from './arguments.ts';
import { pick } from './path-choice.ts';

const modes = [0o666, 0, 0o755, 0o400, 0o777, 0o200, 0o1777, 0o711] as const;
const masks = [0o022, 0, 0o777, 0o077] as const;
const checks = ['W_OK', 'R_OK', 'X_OK', 'F_OK'] as const;
const owners = [65534, 65534, 0] as const satisfies readonly Uid[];

/** The call about permissions that a choice stands for. */
export function decodePermissionCall(name: PermissionCall['call'], args: Arguments): Call {
  const { detail } = args;
  const rest = Math.floor(detail / 2);
  switch (name) {
    case 'umask':
      return { call: name, mask: pick(masks, rest) };
    case 'setresuid':
      return { call: name, uid: userFor(args) };
    case 'statx':
    case 'access':
    case 'chmod':
    case 'chown': {
      const path = pathFor(args, detail % 2 === 0 ? 'pin' : 'directory');
      if (name === 'statx') return { call: name, path };
      if (name === 'access') return { call: name, path, mode: pick(checks, rest) };
      if (name === 'chmod') return { call: name, path, mode: pick(modes, rest) };
      return { call: name, path, owner: pick(owners, rest) };
    }
  }
}

/** The last process with capabilities keeps them: without, there would be little left to see. */
function userFor({ pid, prospects }: Arguments): Uid {
  const capable = prospects.capable();
  const isAmongOthers = capable.includes(pid) && capable.length > 1;
  return isAmongOthers ? 65534 : 0;
}
