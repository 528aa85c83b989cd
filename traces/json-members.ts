/** Members of the JSON shapes of calls that need more than one look. */
import type { Fd, Recvmsg } from '../model/vocabulary/index.ts';
import { jsonInteger, misfit } from './json-shape.ts';
import type { Flaws } from './read-value.ts';
import { descriptorRange } from './read-value.ts';

const rooms = [0, 1, 2] as const satisfies readonly Recvmsg['room'][];

/** A descriptor as a member of that name. */
export function startOf<Key extends string>(key: Key, fd: Fd): Partial<Record<Key, Fd>> {
  const member: Partial<Record<string, Fd>> = { [key]: fd };
  return member;
}

export function sentFds(value: unknown, path: string, flaws: Flaws): readonly Fd[] {
  const fds: readonly unknown[] = Array.isArray(value) ? value : [];
  if (fds.length !== 1 && fds.length !== 2) {
    misfit(value, path, 'an array of one or two descriptors', flaws);
  }
  return fds.map((fd, i) => jsonInteger(fd, `${path}[${i}]`, descriptorRange, flaws));
}

export function roomOf(value: unknown, path: string, flaws: Flaws): Recvmsg['room'] {
  const room = rooms.find((each) => each === value);
  if (room === undefined) misfit(value, path, 'room for 0, 1 or 2 descriptors', flaws);
  return room ?? 0;
}
