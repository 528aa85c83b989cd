/** Follows what calls do to descriptors: duplicates, passes on, closes. */
import { receivedOf } from '../../model/vocabulary/index.ts';
import type { LogCall, LogFd } from '../../traces/index.ts';
import { background } from './following.types.ts';
import type { Following, Moment } from './following.types.ts';
import { newFile, otherSlot } from './log-processes.ts';
import type { LogFile, LogProcess, LogSlot } from './log-processes.ts';

/** The ends of the socket pair that every process has from its first parent. */
const courier = { in: 3, out: 4 } as const;

/** Passes what is open as `fd` in one process to another, which gets it by a number of the model's. */
export function transfer(
  { judging }: Following,
  from: number,
  fd: number,
  to: number,
): number | null {
  if (judging.make(from, { call: 'sendmsg', fd: courier.in, fds: [fd] }) === null) return null;
  const call = { call: 'recvmsg', fd: courier.out, room: 1, flag: 'none' } as const;
  const value = judging.make(to, call);
  return value === null ? null : (receivedOf(value).fds[0] ?? null);
}

/** What was sent over sockets whose other end the log does not show. */
export interface Adrift {
  readonly batches: (readonly LogSlot[])[];
}

/** More than that on its way is taken for lost. */
const mostAdrift = 200;

export function followDup(
  following: Following,
  moment: Moment,
  call: LogCall & { call: 'dup' },
): void {
  const { process, result } = moment;
  if (!result.ok || result.value === call.fd.fd) return;
  const slot = process.table.fds.get(call.fd.fd) ?? otherSlot(0);
  // dup2 closes what it replaces before the copy is made, for the model as well.
  following.drop(process, result.value);
  following.put(process, result.value, copyOf(following, moment, slot, call.cloexec));
}

/** Tells the model that a descriptor closes on exec. */
function setCloexec({ judging }: Following, pid: number, fd: number | null): void {
  if (fd !== null) judging.make(pid, { call: 'fcntl', fd, command: 'F_SETFD', argument: 1 });
}

function copyOf(
  following: Following,
  { process, place, text }: Moment,
  slot: LogSlot,
  cloexec: 0 | 1,
): LogSlot {
  if (slot.model === null) return { ...slot, cloexec };
  const call = { call: 'dup', fd: slot.model } as const;
  const ok = { ok: true, value: 0, shown: null } as const;
  const model = following.judging.judge(place, text, process.model, call, ok);
  if (cloexec === 1) setCloexec(following, process.model, model);
  return { ...slot, model, kind: model === null ? 'other' : slot.kind, cloexec };
}

const namespaceForm = /^\/proc\/(self|\d+)\/(ns\/mnt|task\/\d+\/ns\/mnt)$/;

export function followOpen(
  following: Following,
  moment: Moment,
  call: LogCall & { call: 'open' },
): void {
  const { process, result, place, text } = moment;
  if (!result.ok) return;
  const { judging, places, processes } = following;
  const found = places.find(process, call.at);
  const plain = found?.plain ?? null;
  const [, who, rest] =
    plain?.endsWith('/ns/mnt') === true ? (namespaceForm.exec(plain) ?? []) : [];
  if (rest !== undefined) {
    const target = who === 'self' ? process : processes.get(Number(who));
    const model =
      target === undefined
        ? null
        : judging.judge(
            place,
            text,
            process.model,
            { call: 'open-namespace', pid: target.model },
            result,
          );
    const kind = model === null ? 'other' : 'namespace';
    following.put(process, result.value, { ...otherSlot(call.cloexec), model, kind });
    return;
  }
  const other = { ...otherSlot(call.cloexec), path: plain };
  if (found === null || (places.cover(process, found.plain)?.superblock ?? 0) === 0) {
    following.put(process, result.value, other);
    return;
  }
  const needs = { there: 'directory', revealing: 'no' } as const;
  const asked = places.prepare(process, found, place, needs, result);
  const flag = call.kind === 'place' ? 'O_PATH' : 'O_DIRECTORY';
  const model = asked
    ? judging.judge(place, text, process.model, { call: 'open', ...startOf(found), flag }, result)
    : null;
  if (call.cloexec === 1) setCloexec(following, process.model, model);
  following.put(process, result.value, {
    ...other,
    model,
    kind: model === null ? 'other' : 'directory',
  });
}

/** The path of a call, with the directory it starts in. */
export const startOf = ({
  path,
  dirFd,
}: {
  readonly path: string;
  readonly dirFd: number | null;
}): {
  readonly path: string;
  readonly dirFd?: number;
} => (dirFd === null ? { path } : { path, dirFd });

export function followPair(
  following: Following,
  { process, result }: Moment,
  call: LogCall & { call: 'pair' },
): void {
  if (!result.ok) return;
  const [a, b] = [newFile(), newFile()];
  if (call.kind === 'socket') [a.peer, b.peer] = [b, a];
  following.put(process, call.fds[0], otherSlot(call.cloexec, a));
  following.put(process, call.fds[1], otherSlot(call.cloexec, b));
}

export function followSend(
  following: Following,
  { process, result }: Moment,
  call: LogCall & { call: 'send' },
  adrift: Adrift,
): void {
  if (!result.ok) return;
  const batch = call.fds.map(({ fd }): LogSlot => {
    const slot = process.table.fds.get(fd) ?? otherSlot(0);
    if (slot.model === null) return slot;
    return { ...slot, model: transfer(following, process.model, slot.model, background) };
  });
  const peer = process.table.fds.get(call.socket.fd)?.file?.peer ?? null;
  if (peer !== null) peer.queue.push(batch);
  else if (adrift.batches.length < mostAdrift) adrift.batches.push(batch);
}

export function followReceive(
  following: Following,
  { process, result, place }: Moment,
  call: LogCall & { call: 'receive' },
  adrift: Adrift,
): void {
  if (!result.ok) return;
  const own = process.table.fds.get(call.socket.fd)?.file ?? null;
  const batch = own?.queue.shift() ?? adriftFor(adrift, call.fds);
  for (const [k, { fd }] of call.fds.entries()) {
    const slot = batch?.[k] ?? otherSlot(call.cloexec);
    if (slot.model === null) {
      following.put(process, fd, { ...slot, cloexec: call.cloexec });
      continue;
    }
    const model = transfer(following, background, slot.model, process.model);
    following.judging.make(background, { call: 'close', fd: slot.model });
    if (call.cloexec === 1) setCloexec(following, process.model, model);
    following.put(process, fd, { ...slot, model, cloexec: call.cloexec });
  }
  if (batch === null && call.fds.length > 0) {
    following.remark(place.line, 'what was received here was sent where the log does not show it');
  }
}

/** What can only have been meant: one batch of as many, or several, of which nobody can tell. */
function adriftFor({ batches }: Adrift, fds: readonly LogFd[]): readonly LogSlot[] | null {
  const fitting = batches.filter((batch) => batch.length === fds.length);
  const [only] = fitting;
  if (only === undefined || fitting.length > 1) return null;
  batches.splice(batches.indexOf(only), 1);
  return only;
}

export function followTake(
  following: Following,
  { process, result }: Moment,
  call: LogCall & { call: 'take' },
): void {
  if (!result.ok) return;
  const whose = process.table.fds.get(call.pidfd.fd)?.pid ?? null;
  const target = whose === null ? undefined : following.processes.get(whose);
  const slot = target?.table.fds.get(call.fd);
  if (target === undefined || slot === undefined || slot.model === null) {
    following.put(process, result.value, { ...(slot ?? otherSlot(1)), model: null, cloexec: 1 });
    return;
  }
  const model = transfer(following, target.model, slot.model, process.model);
  setCloexec(following, process.model, model);
  following.put(process, result.value, { ...slot, model, cloexec: 1 });
}

/** Lets go of a file: what was sent to a socket goes with the last that has it open. */
export function releaseFile(following: Following, file: LogFile): void {
  file.users--;
  if (file.users > 0) return;
  for (const slot of file.queue.flat()) {
    if (slot.model !== null) following.judging.make(background, { call: 'close', fd: slot.model });
  }
  file.queue.length = 0;
}

export function followSetCloexec(
  { judging }: Following,
  { process }: Moment,
  { fd, cloexec }: LogCall & { call: 'set-cloexec' },
): void {
  const slot = process.table.fds.get(fd);
  if (slot === undefined) return;
  process.table.fds.set(fd, { ...slot, cloexec });
  if (slot.model === null) return;
  judging.make(process.model, {
    call: 'fcntl',
    fd: slot.model,
    command: 'F_SETFD',
    argument: cloexec,
  });
}

/** The descriptors that an exec leaves open; the model closes its own. */
export function closeOnExec(following: Following, process: LogProcess): void {
  for (const [fd, slot] of process.table.fds) {
    if (slot.cloexec === 0) continue;
    process.table.fds.delete(fd);
    if (slot.file !== null) releaseFile(following, slot.file);
  }
}
