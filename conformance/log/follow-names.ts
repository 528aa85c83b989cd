/** Follows calls on names: pins, directories, links. */
import type { Call } from '../../model/vocabulary/index.ts';
import type { LogCall, LogPath, LogResult } from '../../traces/index.ts';
import { startOf } from './follow-descriptors.ts';
import type { Following, Moment } from './following.types.ts';
import { isBelow, otherSlot } from './log-processes.ts';
import type { FoundPath } from './places.ts';

type There = 'pin' | 'directory' | 'nothing';

/** What has to be at a path for an answer. */
type Needs = (result: LogResult) => There;

const always =
  (there: There): Needs =>
  ({ ok }) =>
    ok ? there : 'nothing';

const ifTaken =
  (there: There): Needs =>
  (result) =>
    !result.ok && result.errno === 'EEXIST' ? there : 'nothing';

/** A call that has changed names where nobody can tell. */
function loseUnplaced({ judging }: Following, { place, text, result }: Moment): void {
  const reason = `${text}: where its path starts is not shown; strace -v -y shows it`;
  if (result.ok) judging.lose(place.line, reason);
}

/** Whether a call has removed or moved a directory that was taken for the place of a mount: then it was none. */
function losesAssumed(
  { places, judging }: Following,
  { process, place, text, result }: Moment,
  at: LogPath,
): boolean {
  const plain = places.find(process, at)?.plain ?? null;
  if (!result.ok || plain === null || !places.isAssumed(process, plain)) return false;
  judging.lose(place.line, `${text}: no bpffs is mounted on ${plain}, as was assumed`);
  return true;
}

/** Asks the model about a call on one path, if the path is one of its own. */
function onPath(
  { places, judging }: Following,
  { process, place, text, result }: Moment,
  at: LogPath,
  needs: Needs,
  make: (found: FoundPath) => Call,
  revealing: 'yes' | 'no' = 'no',
): number | null {
  const found = places.find(process, at);
  if (found === null) return null;
  const there = needs(result);
  if (!places.prepare(process, found, place, { there, revealing }, result)) return null;
  return judging.judge(place, text, process.model, make(found), result);
}

/** The same for a call that changes what names there are. */
const onNewPath: typeof onPath = (following, moment, at, ...rest) => {
  if (following.places.find(moment.process, at) === null) loseUnplaced(following, moment);
  return onPath(following, moment, at, ...rest);
};

export function followPin(
  following: Following,
  moment: Moment,
  call: LogCall & { call: 'pin' },
): void {
  const slot = following.objectAt(moment, call.fd);
  const fd = slot?.model ?? null;
  if (fd === null) return;
  const taken = ifTaken('pin');
  onNewPath(following, moment, call.at, taken, (found) => pinAt(found, fd), 'yes');
}

function pinAt({ path, dirFd }: FoundPath, fd: number): Call {
  const pin = { call: 'BPF_OBJ_PIN', path, fd } as const;
  return dirFd === null ? pin : { ...pin, pathFd: dirFd };
}

export function followGet(
  following: Following,
  moment: Moment,
  call: LogCall & { call: 'get' },
): void {
  const { process, result } = moment;
  const make = ({ path, dirFd }: FoundPath): Call =>
    dirFd === null ? { call: 'BPF_OBJ_GET', path } : { call: 'BPF_OBJ_GET', path, pathFd: dirFd };
  const model = onPath(following, moment, call.at, always('pin'), make, 'yes');
  if (!result.ok) return;
  const kind = model === null ? 'other' : 'object';
  following.put(process, result.value, { ...otherSlot(1), model, kind });
}

export function followName(
  following: Following,
  moment: Moment,
  call: LogCall & { call: 'mkdir' | 'rmdir' | 'unlink' },
): void {
  const needs: Record<typeof call.call, Needs> = {
    mkdir: ifTaken('directory'),
    rmdir: (result) => (result.ok ? 'directory' : 'nothing'),
    unlink: always('pin'),
  };
  if (call.call === 'rmdir' && losesAssumed(following, moment, call.at)) return;
  onNewPath(following, moment, call.at, needs[call.call], (found) => ({
    call: call.call,
    ...startOf(found),
  }));
}

export function followSymlink(
  following: Following,
  moment: Moment,
  call: LogCall & { call: 'symlink' },
): void {
  const { target } = call;
  onNewPath(following, moment, call.at, ifTaken('directory'), (found) => ({
    call: 'symlink',
    target,
    ...startOf(found),
  }));
}

/** A call on two paths: the model is asked if both are its own, or if it can tell that they are not alike. */
export function followTwoNames(
  following: Following,
  moment: Moment,
  call: LogCall & { call: 'link' | 'rename' },
): void {
  const { places, judging } = following;
  const { process, place, text, result } = moment;
  const from = places.find(process, call.from);
  const to = places.find(process, call.to);
  if (from === null || to === null) {
    loseUnplaced(following, moment);
    return;
  }
  if (losesAssumed(following, moment, call.from)) return;
  const isFromOurs = places.cover(process, from.plain) !== null;
  const isToOurs = places.cover(process, to.plain) !== null;
  if (!isFromOurs && !isToOurs && !result.ok) return;
  const there = result.ok ? 'pin' : 'nothing';
  if (!places.prepare(process, from, place, { there, revealing: 'no' }, result)) return;
  const taken = call.call === 'link' ? ifTaken('pin')(result) : 'nothing';
  if (!places.prepare(process, to, place, { there: taken, revealing: 'no' }, result)) return;
  const paths = {
    from: from.path,
    to: to.path,
    ...(from.dirFd === null ? {} : { fromFd: from.dirFd }),
    ...(to.dirFd === null ? {} : { toFd: to.dirFd }),
  };
  if (call.call === 'link')
    judging.judge(place, text, process.model, { call: 'link', ...paths }, result);
  else if (call.flag === 'none') {
    judging.judge(place, text, process.model, { call: 'rename', ...paths }, result);
  } else if (call.flag !== 'other') {
    const { flag } = call;
    judging.judge(place, text, process.model, { call: 'renameat2', ...paths, flag }, result);
  } else if (result.ok) judging.lose(place.line, `${text} is not followed`);
}

/** The working directory matters to the model where it lies on a bpffs: it keeps the mount busy. */
export function followChdir(following: Following, moment: Moment, at: LogPath): void {
  const { process, place, text, result } = moment;
  if (!result.ok) return;
  const found = following.places.find(process, at);
  if (found === null) {
    process.cwd = null;
    return;
  }
  const mount = following.places.cover(process, found.plain);
  if (mount !== null && mount.superblock !== 0) {
    const needs = { there: 'directory', revealing: 'no' } as const;
    if (following.places.prepare(process, found, place, needs, result)) {
      const path = found.dirFd === null ? found.path : found.plain;
      following.judging.judge(place, text, process.model, { call: 'chdir', path }, result);
      process.cwdIn = 'model';
    }
  } else leaveModel(following, moment);
  process.cwd = found.plain;
}

function leaveModel({ judging }: Following, { process }: Moment): void {
  if (process.cwdIn === 'model') judging.make(process.model, { call: 'chdir', path: '/' });
  process.cwdIn = 'host';
}

export function followFchdir(following: Following, moment: Moment, fd: number): void {
  const { process, place, text, result } = moment;
  if (!result.ok) return;
  const slot = process.table.fds.get(fd);
  process.cwd = slot?.path ?? null;
  if (slot?.kind === 'directory' && slot.model !== null) {
    following.judging.judge(place, text, process.model, { call: 'fchdir', fd: slot.model }, result);
    process.cwdIn = 'model';
  } else leaveModel(following, moment);
}

/** True if something is mounted below a path. */
export function hasMountsBelow({ places }: Following, { process }: Moment, plain: string): boolean {
  return places
    .mountsOf(process)
    .some(({ path, superblock }) => superblock !== 0 && path !== plain && isBelow(path, plain));
}
