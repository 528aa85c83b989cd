/** Follows mounts and their namespaces. */
import type { Call } from '../../model/vocabulary/index.ts';
import type { LogCall } from '../../traces/index.ts';
import type { Following, Moment } from './following.types.ts';
import { hasMountsBelow } from './follow-names.ts';

/** A directory that stands for whatever else is mounted over a place that matters. */
export const elsewhere = '/~elsewhere';

type MountCall = LogCall & { call: 'mount' };

/** The mount as the model makes it; null for one that does not matter. */
function mountCall(
  following: Following,
  moment: Moment,
  call: MountCall,
  target: string,
): Call | null {
  const { places } = following;
  const { process } = moment;
  const asks = (flag: string): boolean => call.flags.includes(flag);
  const flag = asks('MS_RDONLY') ? 'MS_RDONLY' : 'none';
  const isOurs = places.cover(process, target) !== null;
  const isPlace = isOurs || following.targets.has(target);
  const source =
    call.source === null ? null : places.find(process, { dir: null, cwd: null, path: call.source });
  if (asks('MS_REMOUNT')) {
    if (!isOurs) return null;
    return { call: 'remount', target, what: asks('MS_BIND') ? 'MS_BIND' : 'instance', flag };
  }
  const type = (['MS_SHARED', 'MS_SLAVE', 'MS_PRIVATE'] as const).find(asks);
  if (type !== undefined) {
    const isMount = places.mountsOf(process).some(({ path }) => path === target);
    const recursive = asks('MS_REC') ? ({ flag: 'MS_REC' } as const) : {};
    return isMount || (target === '/' && moment.result.ok)
      ? { call: 'set-propagation', target, type, ...recursive }
      : null;
  }
  const from = source?.plain ?? elsewhere;
  const isFromOurs = source !== null && places.cover(process, from) !== null;
  const showsPlaces = source !== null && hasMountsBelow(following, moment, from);
  if (asks('MS_MOVE')) return isFromOurs || isPlace ? { call: 'move', source: from, target } : null;
  if (asks('MS_BIND')) {
    const recursive = asks('MS_REC') ? ({ flag: 'MS_REC' } as const) : {};
    if (isFromOurs || (showsPlaces && asks('MS_REC')))
      return { call: 'bind', source: from, target, ...recursive };
    if (!isPlace) return null;
    return { call: 'bind', source: following.host.has(from) ? from : elsewhere, target };
  }
  if (call.type === 'bpf') {
    const data = call.data === null ? {} : { data: call.data };
    return { call: 'mount', target, ...(flag === 'none' ? {} : { flag }), ...data };
  }
  return isPlace && moment.result.ok ? { call: 'bind', source: elsewhere, target } : null;
}

export function followMount(following: Following, moment: Moment, call: MountCall): void {
  const { judging, places, host, mounts } = following;
  const { process, place, text, result } = moment;
  const found = places.find(process, call.target);
  if (found === null) {
    if (result.ok) judging.lose(place.line, `${text}: where its path starts is not shown`);
    return;
  }
  const target = found.plain;
  const asked = mountCall(following, moment, call, target);
  if (asked === null) {
    if (
      result.ok &&
      hasMountsBelow(following, moment, target) &&
      call.type !== 'bpf' &&
      !isPropagation(call)
    ) {
      judging.lose(place.line, `${text} covers a place that matters`);
    }
    return;
  }
  const isKnown = target === '/' || host.has(target) || places.cover(process, target) !== null;
  if (!isKnown) {
    if (result.ok) judging.lose(place.line, `${text} is on no directory that is known`);
    return;
  }
  places.decide(place.line, target);
  if (judging.judge(place, text, process.model, asked, result) === null || !result.ok) return;
  if (asked.call === 'move' && asked.source !== null) noteMoved(following, asked.source, target);
  if (asked.call !== 'mount') return;
  const superblock = places.cover(process, target)?.superblock ?? 0;
  mounts.push({ path: target, mounted: place, unmounted: null, superblock });
}

const isPropagation = ({ flags }: MountCall): boolean =>
  flags.some((flag) => /^MS_(?:SHARED|SLAVE|PRIVATE|UNBINDABLE|REMOUNT)$/.test(flag));

const umountFlags = ['MNT_FORCE', 'MNT_DETACH', 'UMOUNT_NOFOLLOW', 'MNT_EXPIRE'] as const;

export function followUmount(
  following: Following,
  moment: Moment,
  call: LogCall & { call: 'umount' },
): void {
  const { judging, places } = following;
  const { process, place, text, result } = moment;
  const found = places.find(process, call.target);
  if (found === null) {
    if (result.ok) judging.lose(place.line, `${text}: where its path starts is not shown`);
    return;
  }
  const target = found.plain;
  const isThere = (): boolean => places.mountsOf(process).some(({ path }) => path === target);
  if (!isThere()) {
    const cover = places.cover(process, target);
    if (cover === null && result.ok && hasMountsBelow(following, moment, target)) {
      judging.lose(place.line, `${text} takes away places that matter`);
    }
    // What was mounted there before the log is nothing that the log has put there.
    if (cover === null || result.ok) return;
  }
  const flag = umountFlags.find((one) => call.flags.includes(one)) ?? 'none';
  judging.judge(place, text, process.model, { call: 'umount2', target, flag }, result);
  if (!result.ok) return;
  places.prune();
  places.decide(place.line, target);
  noteUnmounted(following, moment);
}

/** From then on a mount is told by the path to which it was moved. */
function noteMoved({ mounts }: Following, source: string, target: string): void {
  for (const [at, mount] of mounts.entries()) {
    const isMoved = mount.path === source || mount.path.startsWith(`${source}/`);
    if (mount.unmounted !== null || !isMoved) continue;
    mounts[at] = { ...mount, path: target + mount.path.slice(source.length) };
  }
}

/** A mount of the log's is over once its instance is mounted in no namespace at its path. */
function noteUnmounted({ mounts, judging }: Following, { place }: Moment): void {
  const there = judging.holds().mounts;
  for (const [at, mount] of mounts.entries()) {
    const isThere = there.some(
      ({ path, superblock }) => path === mount.path && superblock === mount.superblock,
    );
    if (mount.unmounted === null && !isThere) mounts[at] = { ...mount, unmounted: place };
  }
}

export function followUnshare(
  { judging }: Following,
  { process, place, text, result }: Moment,
  flags: readonly string[],
): void {
  if (!result.ok) return;
  if (flags.includes('CLONE_FILES') && process.table.users > 1) {
    judging.lose(place.line, `${text} is not followed`);
  }
  // Who begins a user namespace gets a mount namespace only if he asks for one.
  if (flags.includes('CLONE_NEWNS'))
    judging.judge(place, text, process.model, { call: 'unshare' }, result);
}

export function followSetns(
  following: Following,
  moment: Moment,
  call: LogCall & { call: 'setns' },
): void {
  const { judging, processes } = following;
  const { process, place, text, result } = moment;
  if (!result.ok) return;
  const slot = process.table.fds.get(call.fd.fd);
  if (slot?.kind === 'namespace' && slot.model !== null) {
    judging.judge(place, text, process.model, { call: 'setns', fd: slot.model }, result);
    return;
  }
  const isMounts = call.flags.includes('CLONE_NEWNS');
  const whose = slot?.pid === null || slot === undefined ? undefined : processes.get(slot.pid);
  if (isMounts && whose !== undefined) {
    const fd = judging.make(process.model, { call: 'open-namespace', pid: whose.model });
    if (fd === null) return;
    judging.judge(place, text, process.model, { call: 'setns', fd }, result);
    judging.make(process.model, { call: 'close', fd });
  } else if (isMounts) judging.lose(place.line, `${text} enters a namespace that is not known`);
}
