/** Follows a log event by event: what the model is asked, and what is told of every object. */
import type { Holds } from '../../model/index.ts';
import type { LogCall, LogEvent } from '../../traces/index.ts';
import type { Explanation, LogPlace } from './explanation.types.ts';
import { eventText } from './event-text.ts';
import * as descriptors from './follow-descriptors.ts';
import * as mountCalls from './follow-mounts.ts';
import * as names from './follow-names.ts';
import * as objects from './follow-objects.ts';
import { createProcessFollower } from './follow-processes.ts';
import { createFollowing } from './following.ts';
import { background } from './following.types.ts';
import type { Moment } from './following.types.ts';
import { otherSlot, processText } from './log-processes.ts';
import type { LogPlan } from './log-plan.types.ts';
import type { LentWorld } from './log-worlds.ts';

export interface LogFollower {
  /** The next event; nothing more is judged once the log deviates. */
  take(event: LogEvent): void;
  finish(): Explanation;
}

/** Mounts and remarks that are kept of a log, however long it is. */
const mostMounts = 500;

/**
 * @param lent a world that starts without any mount.
 * @param plan where the log mounts a bpffs at some time, and where it pins.
 */
export function createLogFollower(
  lent: LentWorld,
  plan: Pick<LogPlan, 'targets' | 'pins'>,
): LogFollower {
  const { following, finish } = createFollowing(lent, plan);
  const { judging, lives } = following;
  const processes = createProcessFollower(following);
  const filters = objects.createFilterFollower(following);
  const adrift: descriptors.Adrift = { batches: [] };
  judging.make(background, { call: 'socketpair' });

  function nameOf(pid: number, fd: number): string {
    if (pid === background) return 'a message on its way';
    for (const process of following.processes.values()) {
      if (process.model !== pid) continue;
      for (const [own, { model }] of process.table.fds) {
        if (model === fd) return `descriptor ${own} of ${processText(process)}`;
      }
      return processText(process);
    }
    return 'a process that is not known';
  }

  const last: { holds: Holds | null; changes: number } = { holds: null, changes: 0 };
  function note(place: LogPlace, event: () => string): void {
    const holds = judging.holds();
    if (holds === last.holds && lives.possible.changes() === last.changes) return;
    lives.note(holds.objects, place, event(), nameOf);
    last.holds = holds;
    last.changes = lives.possible.changes();
  }

  function follow(moment: Moment, call: LogCall): void {
    const { process, place, result, text } = moment;
    switch (call.call) {
      case 'create': {
        objects.followCreate(following, moment, call);
        return;
      }
      case 'by-id': {
        objects.followById(following, moment, call);
        return;
      }
      case 'pin': {
        names.followPin(following, moment, call);
        return;
      }
      case 'get': {
        names.followGet(following, moment, call);
        return;
      }
      case 'fill': {
        objects.followFill(following, moment, call.map.fd);
        return;
      }
      case 'attach': {
        objects.followAttach(following, moment, call);
        return;
      }
      case 'detach':
        return;
      case 'netlink': {
        filters.ask(moment, call.request);
        return;
      }
      case 'netlink-done': {
        filters.done(moment, call.error);
        return;
      }
      case 'close':
        if (result.ok) following.drop(process, call.fd);
        return;
      case 'close-range': {
        closeRange(moment, call);
        return;
      }
      case 'dup': {
        descriptors.followDup(following, moment, call);
        return;
      }
      case 'set-cloexec':
        if (result.ok) descriptors.followSetCloexec(following, moment, call);
        return;
      case 'open': {
        descriptors.followOpen(following, moment, call);
        return;
      }
      case 'descriptor':
        if (!result.ok) return;
        following.put(process, result.value, { ...otherSlot(call.cloexec), pid: call.pid });
        return;
      case 'pair': {
        descriptors.followPair(following, moment, call);
        return;
      }
      case 'send': {
        descriptors.followSend(following, moment, call, adrift);
        return;
      }
      case 'receive': {
        descriptors.followReceive(following, moment, call, adrift);
        return;
      }
      case 'take': {
        descriptors.followTake(following, moment, call);
        return;
      }
      case 'fork': {
        processes.fork(moment, call.flags);
        return;
      }
      case 'exec': {
        processes.exec(moment, call.path);
        return;
      }
      case 'exit': {
        processes.end(process, call.who);
        return;
      }
      case 'chdir': {
        names.followChdir(following, moment, call.at);
        return;
      }
      case 'fchdir': {
        names.followFchdir(following, moment, call.fd.fd);
        return;
      }
      case 'getcwd':
        if (result.ok) process.cwd = call.path;
        return;
      case 'chroot':
        if (result.ok) judging.lose(place.line, `${text}: its paths start elsewhere from then on`);
        return;
      case 'mkdir':
      case 'rmdir':
      case 'unlink': {
        names.followName(following, moment, call);
        return;
      }
      case 'symlink': {
        names.followSymlink(following, moment, call);
        return;
      }
      case 'link':
      case 'rename': {
        names.followTwoNames(following, moment, call);
        return;
      }
      case 'mount':
        if (following.mounts.length < mostMounts) mountCalls.followMount(following, moment, call);
        else judging.stop(place.line, `more than ${mostMounts} mounts`);
        return;
      case 'umount': {
        mountCalls.followUmount(following, moment, call);
        return;
      }
      case 'unshare': {
        mountCalls.followUnshare(following, moment, call.flags);
        return;
      }
      case 'setns': {
        mountCalls.followSetns(following, moment, call);
        return;
      }
    }
  }

  function closeRange({ process, result }: Moment, call: LogCall & { call: 'close-range' }): void {
    if (!result.ok) return;
    for (const [fd, slot] of [...process.table.fds]) {
      if (fd < call.first || fd > call.last) continue;
      if (call.onExec === 'now') following.drop(process, fd);
      else process.table.fds.set(fd, { ...slot, cloexec: 1 });
    }
  }

  return {
    take(event) {
      if (judging.isOver()) return;
      const { line } = event;
      if (event.kind === 'remark') {
        following.remark(line, event.text);
        return;
      }
      if (event.kind === 'forking') {
        processes.forking(event.pid, event.flags, line);
        return;
      }
      if (event.kind === 'ended' && !following.processes.has(event.pid)) return;
      const process = processes.known(event.pid, line);
      if (process === null) return;
      const place = { line, by: processText(process) };
      if (event.kind === 'ended') {
        processes.end(process, 'thread');
        note(place, () => 'its end');
        return;
      }
      const { call, text, result } = event;
      follow({ process, place, text, result: result ?? { ok: true, value: 0, shown: null } }, call);
      note(place, () => eventText(call, text));
    },
    finish,
  };
}
