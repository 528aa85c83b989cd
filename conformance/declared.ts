import type { Hello } from '../adapters/contract/index.ts';
import { accessFlagNames } from '../model/vocabulary/index.ts';
import type { AccessFlag, Call, CallName, MapType } from '../model/vocabulary/index.ts';
import { makesMapOfObjects } from './call-facts.ts';
import { isInCgroups } from './host-cgroups.ts';
import { unrestricted } from './simpler-calls.ts';

/** What an adapter says it can play: calls, the types of maps that hold objects, flags. */
export type Declared = ReadonlySet<CallName | MapType | AccessFlag>;

export function declaredBy({
  calls,
  maps = [],
  flags = [],
}: Pick<Hello, 'calls' | 'maps' | 'flags'>): Declared {
  return new Set([...calls, ...maps, ...flags]);
}

/** Whether an adapter that declares this is to be asked a call. Hashes and arrays come with the call. */
export function isDeclared(call: Call, declared: Declared): boolean {
  if (!declared.has(call.call) || !takesAccess(call, declared)) return false;
  const hasHooks = declared.has('BPF_PROG_ATTACH') || declared.has('BPF_LINK_CREATE');
  if (call.call === 'open' || call.call === 'rmdir') return hasHooks || !isInCgroups(call.path);
  if (call.call === 'BPF_PROG_LOAD') {
    if (call.type === 'BPF_PROG_TYPE_CGROUP_SKB') return hasHooks;
    return call.type === undefined || declared.has('RTM_NEWTFILTER');
  }
  return !makesMapOfObjects(call) || (call.call === 'BPF_MAP_CREATE' && declared.has(call.type));
}

/** Whether what a call restricts its new descriptor to, if it does, is declared. */
function takesAccess(call: Call, declared: Declared): boolean {
  if (!('access' in call)) return true;
  return accessFlagNames.every((flag) => declared.has(flag));
}

/** The call as an adapter takes it that does not restrict descriptors. */
export function asDeclared(call: Call, declared: Declared): Call {
  return takesAccess(call, declared) ? call : unrestricted(call);
}
