import type { Observation } from '../model/index.ts';
import type { IdentityMap } from './identity.ts';
import type { Oracle } from './oracle.ts';

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
  /** Identities of the run that were never seen to be gone. */
  unaccounted(): readonly number[];
}

export function createLife(oracle: Oracle, identity: IdentityMap): Life {
  const gone = new Set<number>();
  let lastListed: readonly number[] = [];
  const observe = (): Observation => oracle.world.observe([]);
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

  return {
    reset() {
      gone.clear();
      lastListed = [];
    },
    note(listed) {
      lastListed = listed;
      // While nothing vanishes there is nothing to look up, unless a deferred effect is open.
      const vanished = vanishedFrom(listed);
      for (const ours of vanished) gone.add(ours);
      const allGone = (): boolean => {
        const { alive } = observe();
        return vanished.every((ours) => alive[ours] === 0);
      };
      if (vanished.length > 0 && oracle.keep(allGone) === 'none') {
        return vanished.filter((ours) => oracle.keep(() => observe().alive[ours] === 0) === 'none');
      }
      if (oracle.size() > 1) {
        const present = inRun().filter((ours) => listed.includes(identity.theirs(ours)));
        // Where no state has all of them, something is late; that is judged after settling.
        oracle.keep(() => {
          const { alive } = observe();
          return present.every((ours) => alive[ours] === 1);
        });
      }
      return [];
    },
    late() {
      const suspects = inRun().filter((ours) => lastListed.includes(identity.theirs(ours)));
      return suspects
        .filter((ours) => oracle.every(() => observe().alive[ours] === 0))
        .map((ours) => identity.theirs(ours));
    },
    unaccounted: () =>
      inRun()
        .filter((ours) => !gone.has(ours))
        .map((ours) => identity.theirs(ours)),
  };
}
