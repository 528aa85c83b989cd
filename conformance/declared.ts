import type { Hello } from '../adapters/contract/index.ts';
import type { Call, CallName, MapType } from '../model/vocabulary/index.ts';
import { makesMapOfObjects } from './call-facts.ts';

/** What an adapter says it can play: calls, and the types of maps that hold objects. */
export type Declared = ReadonlySet<CallName | MapType>;

export function declaredBy({ calls, maps = [] }: Pick<Hello, 'calls' | 'maps'>): Declared {
  return new Set([...calls, ...maps]);
}

/** Whether an adapter that declares this is to be asked a call. Hashes and arrays come with the call. */
export function isDeclared(call: Call, declared: Declared): boolean {
  if (!declared.has(call.call)) return false;
  return !makesMapOfObjects(call) || (call.call === 'BPF_MAP_CREATE' && declared.has(call.type));
}
