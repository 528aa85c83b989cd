/**
 * Holders that a log cannot show, or shows without the model following them: a program's maps, what
 * lies in a slot, an attachment. They are told as possible; nothing is judged by them.
 */
import type { Life } from './life.types.ts';

/** What may hold: an object whose life is told, or something else by a key of its own. */
export type PossibleHolder = Life | string;

export interface PossibleHolders {
  /** `text`: who may hold it, and since when. */
  add(holder: PossibleHolder, held: Life, text: string): void;
  /** A holder that is no object is gone, as is every one whose key begins like this. */
  drop(key: string): void;
  /** An object is gone: it neither holds nor is held. */
  forget(life: Life): void;
  /** Grows with every change. */
  readonly changes: () => number;
  /** Those who may hold an object. */
  of(life: Life): readonly string[];
}

/** More possible holders of one object than that tell nobody anything. */
const mostHolders = 50;

export function createPossibleHolders(): PossibleHolders {
  let changes = 0;
  const byHeld = new Map<Life, { readonly holder: PossibleHolder; readonly text: string }[]>();

  function keep(test: (holder: PossibleHolder) => boolean): void {
    changes++;
    for (const [held, edges] of byHeld) {
      const kept = edges.filter(({ holder }) => test(holder));
      if (kept.length === 0) byHeld.delete(held);
      else if (kept.length < edges.length) byHeld.set(held, kept);
    }
  }

  return {
    add(holder, held, text) {
      const edges = byHeld.get(held) ?? [];
      if (edges.length >= mostHolders || edges.some((edge) => edge.text === text)) return;
      changes++;
      edges.push({ holder, text });
      byHeld.set(held, edges);
    },
    drop(key) {
      keep((holder) => typeof holder !== 'string' || !holder.startsWith(key));
    },
    forget(life) {
      byHeld.delete(life);
      keep((holder) => holder !== life);
    },
    changes: () => changes,
    of: (life) => (byHeld.get(life) ?? []).map(({ text }) => text),
  };
}
