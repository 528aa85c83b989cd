/** Sockets that nothing but messages leads to (net/unix/garbage.c). */
import type { Tables } from '../state/tables.ts';

/** Makes what finds the sockets that messages hold and that no descriptor leads to, in their order. */
export function createGarbageFinder(w: Tables): () => readonly number[] {
  const { description, message, bounds } = w;
  const { messages = 0 } = bounds;
  const { queued } = w.charts.message.states;
  const inFlight = w.charts.description.states['in-flight'];
  /** [description] 1 if a descriptor leads to it. */
  const reached = new Uint8Array(bounds.descriptions + 1);

  function descriptionOf(s: number): number {
    for (let d = 1; d <= bounds.descriptions; d++) if (description.socket(d) === s) return d;
    return 0;
  }

  /** Marks what descriptors lead to, through queues of any length. */
  function mark(): void {
    for (let d = 1; d <= bounds.descriptions; d++) {
      reached[d] = description.count(d) > description.queued(d) ? 1 : 0;
    }
    for (let changed = true; changed;) {
      changed = false;
      for (let m = 1; m <= messages; m++) {
        if (message.state(m) !== queued || reached[descriptionOf(message.socket(m))] === 0)
          continue;
        for (const d of [message.first(m), message.second(m)]) {
          if (reached[d] === 1 || d === 0) continue;
          reached[d] = 1;
          changed = true;
        }
      }
    }
  }

  return () => {
    const found: number[] = [];
    if (messages === 0) return found;
    mark();
    for (let d = 1; d <= bounds.descriptions; d++) {
      const s = description.socket(d);
      if (s !== 0 && description.state(d) === inFlight && reached[d] === 0) found.push(s);
    }
    return found;
  };
}
