import type { Call, CallName } from '../model/vocabulary/index.ts';
import { pathFor } from './arguments.ts';
import type { Arguments } from './arguments.ts';
import { pick } from './path-choice.ts';

/** Calls that change nothing but what is read of a file, if that. */
type LookName = Extract<CallName, 'stat' | 'truncate' | 'utimensat' | 'setxattr' | 'readdir'>;

const lengths = [0, 4096, 0, -1] as const;
const attributes = ['user.a', 'trusted.a'] as const;

/** The call on a file that is there, mostly, that a choice stands for. */
export function decodeLook(name: LookName, args: Arguments): Call {
  const { detail } = args;
  const rest = Math.floor(detail / 2);
  if (name === 'readdir') {
    return { call: name, path: pathFor(args, detail % 2 === 0 ? 'mounted' : 'directory') };
  }
  const path = pathFor(args, detail % 2 === 0 ? 'pin' : 'directory');
  switch (name) {
    case 'truncate':
      return { call: name, path, length: pick(lengths, rest) };
    case 'setxattr':
      return { call: name, path, name: pick(attributes, rest) };
    case 'stat':
    case 'utimensat':
      return { call: name, path };
  }
}
