/**
 * Deferred effects: what a kernel does some time after the call that asked for it (docs/world.md); and
 * choices, which nobody makes.
 */
import type { Parts } from './calls/parts.types.ts';
import { kinds } from './state/codes.ts';
import { choices, internalActions, type InternalAction } from './internal-action.ts';

/** One kind of deferred effect. */
export interface Deferred {
  /** The rows that it may be about; row 0 alone if it is about no row. */
  readonly rows: readonly number[];
  /** Whether it is outstanding for a row. */
  readonly isPending: (row: number) => boolean;
  readonly run: (row: number) => void;
}

const upTo = (rows: number): readonly number[] => Array.from({ length: rows }, (_, k) => k + 1);

type Name = InternalAction['name'];

/** The deferred effects of a world, by name. */
export function createDeferred(parts: Parts): Readonly<Record<Name, Deferred>> {
  const { w, objects, hooks, namespaces, descriptions, inodes } = parts;
  const { object, inode, attachment, cgroup, bounds, charts } = w;
  const cgroups = cgroup.state.cells.length - 1;
  const isReleasing = (o: number): boolean => object.state(o) === charts.object.states.releasing;
  return {
    'release-map': {
      rows: upTo(bounds.objects),
      isPending: (o) => isReleasing(o) && object.kind(o) !== kinds.link,
      run: objects.release,
    },
    'release-link': {
      rows: upTo(cgroups > 0 && parts.is.links === 'built-in' ? bounds.objects : 0),
      isPending: (o) => isReleasing(o) && object.kind(o) === kinds.link,
      run: objects.release,
    },
    'clear-slots': {
      rows: upTo((bounds.slots ?? 0) > 0 ? bounds.objects : 0),
      isPending: (o) => object.clearing(o) === 1,
      run: objects.clearSlots,
    },
    'release-filter': {
      rows: upTo(bounds.attachments ?? 0),
      isPending: (a) => attachment.state(a) === charts.attachment.states.releasing,
      run: descriptions.releaseFilter,
    },
    'release-cgroup': {
      rows: upTo(cgroups > 0 && parts.is.cgroups === 'built-in' ? cgroups : 0),
      isPending: (c) => cgroup.state(c) === charts.cgroup.states.removed,
      run: hooks.releaseCgroup,
    },
    'release-inode': {
      rows: upTo(parts.is.pinPut === 'later' ? bounds.inodes : 0),
      isPending: (i) => inode.state(i) === charts.inode.states.releasing,
      run: inodes.release,
    },
    'collect-sockets': {
      rows: (bounds.messages ?? 0) > 0 ? [0] : [],
      isPending: descriptions.hasGarbage,
      run: descriptions.collect,
    },
    'reuse-key': {
      rows: upTo(parts.is.nsKeyReuse === 'adversarial' ? bounds.superblocks : 0),
      isPending: namespaces.mayBeFound,
      run: namespaces.giveKey,
    },
  };
}

/** What is outstanding now, in a fixed order. Asked after every step: most of the time there is nothing. */
export const pendingOf = (deferred: Readonly<Record<Name, Deferred>>): readonly InternalAction[] =>
  possible(deferred, internalActions);

/**
 * Tells how much is outstanding. Asked in every state of a search, so that nothing is listed for it, and
 * what there is no row for is left out once and for all.
 */
export function pendingCounter(deferred: Readonly<Record<Name, Deferred>>): () => number {
  const possible = internalActions.flatMap((name) => {
    const { rows, isPending } = deferred[name];
    return rows.map((row) => ({ row, isPending }));
  });
  return () => {
    let found = 0;
    for (const { row, isPending } of possible) if (isPending(row)) found++;
    return found;
  };
}

/** What may take place now, or never. */
export const choicesOf = (deferred: Readonly<Record<Name, Deferred>>): readonly InternalAction[] =>
  possible(deferred, choices);

function possible(
  deferred: Readonly<Record<Name, Deferred>>,
  names: readonly Name[],
): readonly InternalAction[] {
  const found: InternalAction[] = [];
  for (const name of names) {
    const { rows, isPending } = deferred[name];
    for (const row of rows) if (isPending(row)) found.push({ name, object: row });
  }
  return found;
}
