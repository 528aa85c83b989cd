import type { IdentityMap } from './identity.ts';
import type { Oracle, Trial } from './oracle.types.ts';

/** Follows which objects of a run an adapter lists as alive, against the states still possible. */
export interface Life {
  reset(): void;
  /**
   * Takes the identities that are listed after a step and returns the model's numbers of those
   * that are gone although every possible state has them alive.
   */
  note(listed: readonly number[]): readonly number[];
  /** Identities listed last although no possible state has them alive. */
  late(): readonly number[];
  /** The model's numbers of those listed last that will be gone once nothing is outstanding. */
  leaving(): readonly number[];
  /** Identities of the run that were never seen to be gone, and that nothing of its world holds on to. */
  unaccounted(): readonly number[];
}

export function createLife(oracle: Oracle, identity: IdentityMap): Life {
  const gone = new Set<number>();
  let lastListed: readonly number[] = [];
  const { world } = oracle;
  const inRun = (): number[] =>
    Array.from({ length: identity.count() }, (_, at) => at + 1).filter(
      (ours) => identity.theirs(ours) !== 0,
    );

  function vanishedFrom(listed: readonly number[]): readonly number[] {
    const vanished: number[] = [];
    for (let ours = 1; ours <= identity.count(); ours++) {
      const theirs = identity.theirs(ours);
      if (theirs !== 0 && !gone.has(ours) && !listed.includes(theirs)) vanished.push(ours);
    }
    return vanished;
  }

  /** Objects that are gone stay so, whatever effect is still to come. */
  function asListed(present: readonly number[], vanished: readonly number[]): () => Trial {
    return () => {
      if (present.some((ours) => !world.isAlive(ours))) return 'never';
      return vanished.some((ours) => world.isAlive(ours)) ? 'not-yet' : 'passes';
    };
  }

  return {
    reset() {
      gone.clear();
      lastListed = [];
    },
    note(listed) {
      lastListed = listed;
      const vanished = vanishedFrom(listed);
      for (const ours of vanished) gone.add(ours);
      // While nothing vanishes, a single state has nothing to learn.
      if (vanished.length === 0 && oracle.size() === 1) return [];
      const present = inRun().filter((ours) => listed.includes(identity.theirs(ours)));
      if (oracle.keep(asListed(present, vanished)) === 'kept' || vanished.length === 0) return [];
      // No state has all that are listed: something is late, and that is judged after settling.
      if (oracle.keep(asListed([], vanished)) !== 'none') return [];
      return vanished.filter((ours) => oracle.keep(asListed([], [ours])) === 'none');
    },
    late() {
      const suspects = inRun().filter((ours) => lastListed.includes(identity.theirs(ours)));
      return suspects
        .filter((ours) => oracle.every(() => !world.isAlive(ours)))
        .map((ours) => identity.theirs(ours));
    },
    leaving: () =>
      oracle.eventually(() =>
        inRun()
          .filter((ours) => lastListed.includes(identity.theirs(ours)))
          .filter((ours) => !world.isAlive(ours)),
      ),
    unaccounted: () =>
      inRun()
        .filter((ours) => !gone.has(ours))
        .filter((ours) => !oracle.every(() => world.observe([]).hooked[ours] !== 0))
        .map((ours) => identity.theirs(ours)),
  };
}
