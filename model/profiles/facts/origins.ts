/** What made a change, as the files of facts write it. */
import type { Origin } from './facts.types.ts';

export const commit = (id: string, note?: string): Origin =>
  note === undefined ? { kind: 'commit', id } : { kind: 'commit', id, note };

/** A commit whose id is from memory: it was not read. */
export const fromMemory = (id: string): Origin => ({ kind: 'remembered', id });

export const told = (text: string): Origin => ({ kind: 'told', text });

export const notConfirmed: Origin = { kind: 'not-confirmed' };
