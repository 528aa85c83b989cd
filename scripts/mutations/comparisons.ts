/** What the searches of all scopes together say of the mutations that are left. */
import type { ScopeCompared, Shown } from './compare-scope.ts';
import type { Compared } from './mutation.types.ts';
import { shownText } from './shown-text.ts';

export interface Comparisons {
  add(scope: string, found: ScopeCompared): void;
  isShown(name: string): boolean;
  endOf(name: string): Compared;
}

interface Searched {
  readonly scopes: ReadonlySet<string>;
  readonly states: number;
  readonly bounded: number;
}

const nothing: Searched = { scopes: new Set(), states: 0, bounded: 0 };

export function createComparisons(): Comparisons {
  const searched = new Map<string, Searched>();
  const shown = new Map<string, Shown>();
  return {
    add(scope, { asked, states, ended, differs }) {
      for (const name of asked) {
        const before = searched.get(name) ?? nothing;
        searched.set(name, {
          scopes: new Set([...before.scopes, scope]),
          states: before.states + states,
          bounded: before.bounded + (ended === 'bounded' ? 1 : 0),
        });
      }
      for (const [name, one] of differs) {
        const known = shown.get(name);
        if (known === undefined || known.path.length > one.path.length) shown.set(name, one);
      }
    },
    isShown: (name) => shown.has(name),
    endOf(name) {
      const difference = shown.get(name);
      if (difference !== undefined) return { kind: 'differs', how: shownText(difference) };
      const { scopes, states, bounded } = searched.get(name) ?? nothing;
      if (scopes.size === 0) return { kind: 'not asked', how: 'no named scope enables the call' };
      return { kind: 'equivalent', scopes: [...scopes], states, bounded };
    },
  };
}
