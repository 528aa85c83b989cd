import type { CallName, Fd, Path, Pid } from '../model/vocabulary/index.ts';
import { choosePath, pick } from './path-choice.ts';
import type { PathPurpose } from './path-choice.ts';
import type { Prospects } from './prospects.ts';
import type { Things } from './things.ts';

/** What the arguments of a call are chosen by: three numbers, and what the run has made so far. */
export interface Arguments {
  readonly place: number;
  readonly taste: number;
  readonly detail: number;
  readonly pid: Pid;
  /** Descriptors stay below it. */
  readonly limit: number;
  readonly host: readonly string[];
  readonly prospects: Prospects;
  /** The call that was drawn; what is decoded may have to come before it. */
  readonly drawn: CallName;
}

/** Descriptors 0, 1 and 2 are open in every process. */
export const scenery = 3;

/** A path for the call. */
export function pathFor({ place, taste, prospects, host }: Arguments, purpose: PathPurpose): Path {
  return choosePath(purpose, place, taste, prospects, host);
}

/** The descriptor that the call is about. */
export function descriptorFor(args: Arguments, things?: Things): Fd {
  return openDescriptor(args, Math.floor(args.taste / 8), args.place, things);
}

/** Another descriptor that the call needs. */
export function secondDescriptor(args: Arguments, things?: Things): Fd {
  return openDescriptor(args, Math.floor(args.place / 8), Math.floor(args.detail / 8), things);
}

/** One more. */
export function thirdDescriptor(args: Arguments): Fd {
  return openDescriptor(args, args.place, Math.floor(args.taste / 64));
}

/** The descriptor that the call is about: one of those preferred, unless the choice is an odd one. */
export function preferredDescriptor(args: Arguments, preferred: readonly Fd[], things: Things): Fd {
  const isPlain = preferred.length > 0 && args.place % 8 < 6;
  return isPlain ? pick(preferred, Math.floor(args.taste / 8)) : descriptorFor(args, things);
}

/** A number to copy a descriptor to: open, or free; one choice in eight is out of range. */
export function copyTarget({ prospects, pid, limit, taste, detail }: Arguments): Fd {
  const place = Math.floor(taste / 8);
  const which = Math.floor(detail / 2);
  if (which % 8 === 7) return pick([-1, limit, 9999], place);
  const open = prospects.open(pid);
  const isReplacing = which % 2 === 0 && open.length > 0;
  return isReplacing ? pick(open, place) : scenery + (place % (limit - scenery));
}

/**
 * Usually an open descriptor, of some things if any are open; one choice in eight takes any, and one
 * is closed, standard, or no descriptor at all.
 */
function openDescriptor(
  { prospects, pid, limit }: Arguments,
  place: number,
  taste: number,
  things?: Things,
): Fd {
  if (taste % 8 === 7) return pick([-1, 0, 3, 4, limit - 1, limit, 9999], place);
  const wanted = prospects.open(pid, things);
  const any = wanted.length === 0 || taste % 8 === 6 ? prospects.open(pid) : wanted;
  return any.length > 0 ? pick(any, place) : scenery;
}
