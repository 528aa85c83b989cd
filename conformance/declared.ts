import type { Hello } from '../adapters/contract/index.ts';
import type { Call, CallName, MapType } from '../model/vocabulary/index.ts';
import { makesMapOfObjects } from './call-facts.ts';
import { isInCgroups } from './host-cgroups.ts';

/** What an adapter says it can play: calls, and the types of maps that hold objects. */
export type Declared = ReadonlySet<CallName | MapType>;

export function declaredBy({ calls, maps = [] }: Pick<Hello, 'calls' | 'maps'>): Declared {
  return new Set([...calls, ...maps]);
}

/** Whether an adapter that declares this is to be asked a call. Hashes and arrays come with the call. */
export function isDeclared(call: Call, declared: Declared): boolean {
  if (!declared.has(call.call)) return false;
  const hasHooks = declared.has('BPF_PROG_ATTACH') || declared.has('BPF_LINK_CREATE');
  if (call.call === 'open' || call.call === 'rmdir') return hasHooks || !isInCgroups(call.path);
  if (call.call === 'BPF_PROG_LOAD') {
    if (call.type === 'BPF_PROG_TYPE_CGROUP_SKB') return hasHooks;
    return call.type === undefined || declared.has('RTM_NEWTFILTER');
  }
  return !makesMapOfObjects(call) || (call.call === 'BPF_MAP_CREATE' && declared.has(call.type));
}
