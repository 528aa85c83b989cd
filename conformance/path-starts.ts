/** Paths of a campaign that start elsewhere than at the root. */
import type { Call, CallName, Fd, Path, Pid } from '../model/vocabulary/index.ts';
import type { Choice } from '../properties/index.ts';
import { pathFor } from './arguments.ts';
import type { Arguments } from './arguments.ts';
import { pick } from './path-choice.ts';
import type { PathCall } from './path-descriptors.ts';
import type { Prospects } from './prospects.ts';
import { places } from './things.ts';

const beside = ['x', 'y', 'd', 'd/x', '.', '..', '../x', '../d/x', 'x/', './y', 'a.b', ''] as const;

/**
 * The same call; one in four of those with a path takes it from a directory that is open, or from the
 * working directory.
 */
export function startedElsewhere(
  call: Call,
  [, , place, taste, detail]: Choice,
  pid: Pid,
  prospects: Prospects,
): Call {
  const number = place + 3 * taste + 5 * detail;
  if (number % 8 > 1) return call;
  if (isLooking(call)) {
    return { ...call, path: fromHere(call.path, prospects.cwd(pid), number) };
  }
  if (!isPathCall(call)) return call;
  const open = prospects.open(pid, places);
  const odd = [-1, 0, 9999];
  const fds = number % 64 === 9 ? odd : open;
  if (number % 8 === 0 || fds.length === 0) {
    return withPath(call, (path) => fromHere(path, prospects.cwd(pid), number));
  }
  const fd = pick(fds, Math.floor(number / 8));
  // An absolute path does not look at it.
  return startingIn(call, fd, (path) =>
    number % 16 === 1 ? path : pick(beside, Math.floor(number / 16)),
  );
}

/** Calls whose paths start in the working directory or at the root. */
type Looking = Extract<
  Call,
  {
    call:
      'truncate' | 'utimensat' | 'setxattr' | 'readdir' | 'access' | 'statx' | 'chmod' | 'chown';
  }
>;

const looking: ReadonlySet<CallName> = new Set<Looking['call']>([
  ...(['truncate', 'utimensat', 'setxattr', 'readdir'] as const),
  ...(['access', 'statx', 'chmod', 'chown'] as const),
]);

const isLooking = (call: Call): call is Looking => looking.has(call.call);

/** All other calls with a path, or with two, but for those that mount. */
const isPathCall = (call: Exclude<Call, Looking>): call is PathCall =>
  'path' in call ? call.call !== 'chdir' : 'to' in call && typeof call.to !== 'number';

/** From the working directory, if the path leads below it; now and then another one beside it. */
function fromHere(path: Path, cwd: string, number: number): Path {
  if (number % 32 === 0) return pick(beside, Math.floor(number / 32));
  const base = cwd.endsWith('/') ? cwd : `${cwd}/`;
  return path?.startsWith(base) === true && path.length > base.length
    ? path.slice(base.length)
    : path;
}

/** With the path that can start elsewhere replaced: of two, the second. */
function withPath(call: PathCall, replaced: (path: Path) => Path): Call {
  return 'to' in call ? { ...call, to: replaced(call.to) } : { ...call, path: replaced(call.path) };
}

function startingIn(call: PathCall, fd: Fd, replaced: (path: Path) => Path): Call {
  switch (call.call) {
    case 'BPF_OBJ_PIN':
    case 'BPF_OBJ_GET':
      return { ...call, pathFd: fd, path: replaced(call.path) };
    case 'linkat':
      return { ...call, toFd: fd, to: replaced(call.to) };
    case 'link':
    case 'rename':
    case 'renameat2':
      return { ...call, fromFd: fd, from: replaced(call.from) };
    case 'open':
    case 'mkdir':
    case 'rmdir':
    case 'unlink':
    case 'symlink':
    case 'mknod':
    case 'stat':
      return { ...call, dirFd: fd, path: replaced(call.path) };
  }
}

/** Into a mount or a directory in it; now and then away again. */
export function wayTo(args: Arguments): Path {
  if (args.detail % 8 === 7) return pick(['/', '..', '.', 'd'], args.place);
  return pathFor(args, args.detail % 2 === 0 ? 'mounted' : 'directory');
}
