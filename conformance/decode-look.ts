import type { Call } from '../model/vocabulary/index.ts';
import { pathFor } from './arguments.ts';
import type { Arguments } from './arguments.ts';
import { lookedAt } from './decode-permission-call.ts';
import { pick } from './path-choice.ts';

const attributes = ['user.a', 'trusted.a'] as const;

/** Mostly stat. What changes nothing that is seen is worth one draw in sixteen, or two. */
export function decodeLook(args: Arguments): Call {
  const { detail } = args;
  const path = pathFor(args, detail % 2 === 0 ? 'pin' : 'directory');
  const rest = Math.floor(detail / 16);
  switch (detail % 16) {
    case 4:
    case 12:
      return { call: 'truncate', path, length: pick([0, 4096, 0, -1], rest) };
    case 6:
    case 14:
      return { call: 'utimensat', path };
    case 9:
      return { call: 'setxattr', path, name: pick(attributes, rest) };
    default:
      return lookedAt(args);
  }
}
