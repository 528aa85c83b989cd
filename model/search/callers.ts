/** Who can call in a state, as drivers go through them. */

export interface PossibleCallers {
  /** Who may call: numbers from 1 on. */
  readonly callers: readonly number[];
  readonly isRunning: (caller: number) => boolean;
  /** Callers of one group, numbered from 1 to `groups`, can do the same to file systems. */
  readonly groupOf: (caller: number) => number;
  readonly groups: number;
  /** Whether what one can do the other can, too, and whatever comes of it is the same but for numbers. */
  readonly isTwin: ((one: number, other: number) => boolean) | undefined;
}

export interface Callers {
  /** asked[0] callers are no twins of others before them: asked[1], asked[2], …; only they are asked. */
  readonly asked: Int32Array;
  /** By caller: 1 for one that is asked. */
  readonly asks: Uint8Array;
  /** live[0] of those that are asked run: live[1], live[2], … */
  readonly live: Int32Array;
  /** leaders[0] of them are the first of their group: leaders[1], leaders[2], … */
  readonly leaders: Int32Array;
  /** By process: the next one that runs in the same group, or 0. */
  readonly peer: Int32Array;
  /** Brings them up to date with the current state. */
  readonly look: () => void;
}

export function createCallers(possible: PossibleCallers): Callers {
  const { callers, isRunning, groupOf, groups, isTwin } = possible;
  const asked = new Int32Array(callers.length + 1);
  const asks = new Uint8Array(callers.length + 1);
  const live = new Int32Array(callers.length + 1);
  const leaders = new Int32Array(callers.length + 1);
  const peer = new Int32Array(callers.length + 1);
  /** By group, the latest caller that was found in it. */
  const latest = new Int32Array(groups + 1);

  function isTwinOfEarlier(p: number): boolean {
    if (isTwin === undefined) return false;
    for (let other = 1; other < p; other++) if (isTwin(other, p)) return true;
    return false;
  }

  return {
    asked,
    asks,
    live,
    leaders,
    peer,
    look() {
      let asking = 0;
      let running = 0;
      let leading = 0;
      for (let group = 0; group < latest.length; group++) latest[group] = 0;
      for (let p = 1; p < live.length; p++) {
        asks[p] = isTwinOfEarlier(p) ? 0 : 1;
        if (asks[p] === 0) continue;
        asked[++asking] = p;
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
      asked[0] = asking;
      live[0] = running;
      leaders[0] = leading;
    },
  };
}
