/** What processes see that a call is not about. */
import { heard, seen, type Observation } from '../model/index.ts';
import { samePath, samePaths, sightOf } from './cells.ts';

/** Whether all who ran before, except those in namespace `but`, see what they saw. */
export function nothingMoves(before: Observation, after: Observation, but: number): boolean {
  for (let pid = 1; pid <= before.shape.processes; pid += 1) {
    const judged = before.running[pid] === 1 && before.namespace[pid] !== but;
    if (judged && !samePaths(before, after, pid)) {
      return false;
    }
  }
  return true;
}

/** Whether a process still sees all that it saw; what lay under something else may show. */
export function seesOn(before: Observation, after: Observation, pid: number): boolean {
  const end = sightOf(before, pid + 1, 0);
  for (let at = sightOf(before, pid, 0); at < end; at += 1) {
    if (before.seenKind[at] !== seen.nothing && !samePath(before, after, at)) return false;
  }
  return true;
}

/** Whether nobody sees anything new but in that namespace, and where mounts elsewhere are heard of. */
export function onlyPeersMove(before: Observation, after: Observation, namespace: number): boolean {
  for (let pid = 1; pid <= before.shape.processes; pid += 1) {
    const judged = before.running[pid] === 1 && before.namespace[pid] !== namespace;
    if (judged && before.hears[pid] !== heard.others && !samePaths(before, after, pid))
      return false;
  }
  return true;
}

/** Whoever joins a namespace sees what is seen there, and nobody else sees anything new. */
export function othersStay(before: Observation, after: Observation, joining: number): boolean {
  for (let pid = 1; pid <= before.shape.processes; pid += 1) {
    const isOther = pid !== joining && before.running[pid] === 1;
    if (isOther && !samePaths(before, after, pid)) return false;
  }
  return true;
}

/** No other process is in the namespace of this one. */
export function isAlone(o: Observation, pid: number): boolean {
  for (let p = 1; p <= o.shape.processes; p++) {
    if (p !== pid && o.running[p] === 1 && o.namespace[p] === o.namespace[pid]) return false;
  }
  return true;
}
