/** Which deferred effects the calls of a scope can cause at all. */
import type { CallName, InternalAction, MapType } from '../../model/index.ts';
import type { Scope } from '../../properties/index.ts';

type Effect = InternalAction['name'];

/** What an effect takes: each of these, or of several one. */
type Cause = readonly (CallName | MapType)[];

/**
 * Where a call that is needed cannot succeed for want of another, that call is told to succeed nowhere.
 * A link whose last descriptor is closed is released at once: only one that was pinned can be late.
 */
const causes: Readonly<Record<Effect, readonly Cause[]>> = {
  'release-map': [
    ['BPF_MAP_CREATE'],
    ['BPF_PROG_LOAD', 'BPF_MAP_TYPE_ARRAY_OF_MAPS', 'BPF_MAP_TYPE_HASH_OF_MAPS'],
  ],
  'release-link': [['BPF_LINK_CREATE'], ['BPF_OBJ_PIN']],
  'clear-slots': [['BPF_MAP_TYPE_PROG_ARRAY']],
  'release-filter': [['SO_ATTACH_BPF', 'RTM_NEWTFILTER']],
  'release-cgroup': [['rmdir'], ['BPF_PROG_ATTACH', 'BPF_LINK_CREATE']],
  'release-inode': [['BPF_OBJ_PIN']],
  'collect-sockets': [['sendmsg']],
  'reuse-key': [['mount'], ['unshare', 'unshare-user']],
};

/** Those of the effects that some run of the scope may have, as far as its calls tell. */
export function possibleEffects(
  { calls, maps = [] }: Pick<Scope, 'calls' | 'maps'>,
  effects: readonly Effect[],
): readonly Effect[] {
  const has = new Set<CallName | MapType>([...calls, ...maps]);
  return effects.filter((effect) =>
    causes[effect].every((oneOf) => oneOf.some((it) => has.has(it))),
  );
}
