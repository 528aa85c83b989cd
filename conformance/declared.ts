import type { Hello, Lacks, Setup } from '../adapters/contract/index.ts';
import { accessFlagNames } from '../model/vocabulary/index.ts';
import type { AccessFlag, Call, CallName, MapType } from '../model/vocabulary/index.ts';
import { makesMapOfObjects } from './call-facts.ts';
import { isInCgroups } from './host-cgroups.ts';
import { unflagged, unrestricted } from './simpler-calls.ts';

/** What an adapter says it can play: calls, the types of maps that hold objects, flags. */
export interface Declared {
  has(name: CallName | MapType | AccessFlag): boolean;
  /** Why the machine keeps it from making calls that it would declare elsewhere. */
  readonly lacks?: Lacks;
}

export function declaredBy(
  { calls, lacks = {}, maps = [], flags = [], unprivilegedBpf }: DeclaringHello,
  { unprivilegedBpf: wanted = 'disabled' }: Pick<Setup, 'unprivilegedBpf'>,
): Declared {
  // On a machine that is set otherwise nobody gives up the capabilities that its setting is about.
  const isFitting = unprivilegedBpf === undefined || unprivilegedBpf === wanted;
  const fitting = calls.filter((call) => isFitting || call !== 'setresuid');
  const names = new Set([...fitting, ...maps, ...flags]);
  return { has: (name) => names.has(name), lacks };
}

type DeclaringHello = Pick<Hello, 'calls' | 'lacks' | 'maps' | 'flags' | 'unprivilegedBpf'>;

/** Whether an adapter that declares this is to be asked a call. */
export function isDeclared(call: Call, declared: Declared): boolean {
  return whyNotAsked(call, declared) === null;
}

/**
 * What an adapter does not declare although a call asks for it, or why this machine keeps it from that, as
 * a sentence; null if it is to be asked the call.
 */
export function whyNotAsked(call: Call, declared: Declared): string | null {
  for (const { name, or } of needsOf(call)) {
    if (declared.has(name) || (or !== undefined && declared.has(or))) continue;
    return (
      reasonFor(name, declared) ??
      (or === undefined ? `${name} is not declared` : `neither ${name} nor ${or} is declared`)
    );
  }
  return null;
}

const reasonFor = (name: Needed['name'], { lacks = {} }: Declared): string | undefined =>
  Object.entries(lacks).find(([call]) => call === name)?.[1];

interface Needed {
  readonly name: CallName | MapType | AccessFlag;
  /** What would do as well. */
  readonly or?: CallName;
}

/** Both attach to a cgroup: without them neither a cgroup nor a program for it is of use. */
const hooks: Needed = { name: 'BPF_PROG_ATTACH', or: 'BPF_LINK_CREATE' };
const filters: Needed = { name: 'RTM_NEWTFILTER' };

/** Hashes and arrays come with the call, and so do programs whose type is not told. */
function needsOf(call: Call): readonly Needed[] {
  const own: Needed = { name: call.call };
  if (call.call === 'open' || call.call === 'rmdir') {
    return [own, ...(isInCgroups(call.path) ? [hooks] : []), ...startNeeds(call)];
  }
  if (call.call === 'BPF_PROG_LOAD' && call.type !== undefined) {
    return [own, call.type === 'BPF_PROG_TYPE_CGROUP_SKB' ? hooks : filters];
  }
  const flags = [...accessNeeds(call), ...startNeeds(call), ...mountNeeds(call)];
  const isOfObjects = call.call === 'BPF_MAP_CREATE' && makesMapOfObjects(call);
  return isOfObjects ? [own, { name: call.type }, ...flags] : [own, ...flags];
}

/** Who has fchdir knows of directories that are open: paths can start in them as well. */
function startNeeds(call: Call): readonly Needed[] {
  const starts = ['pathFd', 'dirFd', 'fromFd', 'toFd'].some((field) => field in call);
  return starts ? [{ name: 'fchdir' }] : [];
}

/** Who has remount knows of mounts with flags and options, and who has move of those that go together. */
function mountNeeds(call: Call): readonly Needed[] {
  const isFlagged = unflagged(call) !== call;
  return isFlagged ? [{ name: call.call === 'bind' ? 'move' : 'remount' }] : [];
}

/** What restricts its new descriptor, if a call asks for that. */
function accessNeeds(call: Call): readonly Needed[] {
  if (!('access' in call)) return [];
  return accessFlagNames.map((name) => ({ name }));
}

/** The call as an adapter takes it that neither restricts descriptors nor knows of flags of mounts. */
export function asDeclared(call: Call, declared: Declared): Call {
  const has = ({ name }: Needed): boolean => declared.has(name);
  if (!mountNeeds(call).every(has)) return unflagged(call);
  return accessNeeds(call).every(has) ? call : unrestricted(call);
}
