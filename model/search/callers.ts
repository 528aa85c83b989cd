/** Who can call in a state, as drivers go through them. */

export interface PossibleCallers {
  /** Who may call: numbers from 1 on. */
  readonly callers: readonly number[];
  readonly isRunning: (caller: number) => boolean;
  /** Callers of one group, numbered from 1 to `groups`, can do the same to file systems. */
  readonly groupOf: (caller: number) => number;
  readonly groups: number;
}

export interface Callers {
  /** live[0] processes run: live[1], live[2], … */
  readonly live: Int32Array;
  /** leaders[0] of them are the first of their group: leaders[1], leaders[2], … */
  readonly leaders: Int32Array;
  /** By process: the next one that runs in the same group, or 0. */
  readonly peer: Int32Array;
  /** Brings them up to date with the current state. */
  readonly look: () => void;
}

export function createCallers(possible: PossibleCallers): Callers {
  const { callers, isRunning, groupOf, groups } = possible;
  const live = new Int32Array(callers.length + 1);
  const leaders = new Int32Array(callers.length + 1);
  const peer = new Int32Array(callers.length + 1);
  /** By group, the latest caller that was found in it. */
  const latest = new Int32Array(groups + 1);
  return {
    live,
    leaders,
    peer,
    look() {
      let running = 0;
      let leading = 0;
      latest.fill(0);
      for (let p = 1; p < live.length; p++) {
        if (!isRunning(p)) continue;
        live[++running] = p;
        const group = groupOf(p);
        const before = latest[group] ?? 0;
        if (before === 0) leaders[++leading] = p;
        // The null row, too, has a peer, that no one asks for.
        peer[before] = p;
        peer[p] = 0;
        latest[group] = p;
      }
      live[0] = running;
      leaders[0] = leading;
    },
  };
}
