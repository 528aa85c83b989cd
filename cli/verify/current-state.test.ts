import { describe, expect, it } from 'vitest';
import type { Visit } from '../../checker/index.ts';
import { createSearch, profiles } from '../../model/index.ts';
import { scopes, watchPaths } from '../../properties/index.ts';
import { createCurrentState } from './current-state.ts';

/** As many states as have transitions of every kind. */
const someStates = 60;

describe.each(scopes.map((scope) => [scope.name, scope] as const))('the scope %s', (_, scope) => {
  it('has each of its transitions and failing calls judged as what it is', () => {
    const search = createSearch({ ...scope, switches: profiles['linux-6.18'] });
    const state = createCurrentState(search, watchPaths(scope.paths), 'drivers');
    const { system } = state;
    const wrong: unknown[] = [];
    const compare = (action: number, ...args: readonly number[]): void => {
      const label = search.label(action, args);
      const due = 'name' in label ? null : { pid: label.pid, call: label.call };
      const view = state.step();
      const seen = view === null ? null : { pid: view.pid, call: view.call };
      if (JSON.stringify(seen) !== JSON.stringify(due)) wrong.push([seen, due]);
    };
    const known = new Set<string>();
    const queue: Uint32Array[] = [];
    const keep = (): void => {
      const packed = new Uint32Array(system.words);
      system.pack(packed, 0);
      if (known.has(packed.join())) return;
      known.add(packed.join());
      queue.push(packed);
    };
    system.reset();
    keep();
    for (let at = 0; at < queue.length && at < someStates; at++) {
      const packed = queue[at];
      if (packed === undefined) break;
      system.unpack(packed, 0);
      system.expand((...visited) => {
        compare(...visited);
        keep();
      });
      system.attempt(compare, 'all');
    }
    expect(wrong.slice(0, 3)).toEqual([]);
  });

  it('visits the same for one who asks nothing of a transition', () => {
    const search = createSearch({ ...scope, switches: profiles['linux-6.18'] });
    const { system } = createCurrentState(search, watchPaths(scope.paths), 'drivers');
    const visited = (expand: (visit: Visit, repeat: Visit) => void): readonly string[] => {
      const all: string[] = [];
      const packed = new Uint32Array(system.words);
      const note =
        (kind: string) =>
        (...label: readonly number[]): void => {
          system.pack(packed, 0);
          all.push([kind, ...label, ...packed].join());
        };
      expand(note('visit'), note('repeat'));
      return all;
    };
    system.reset();
    const asked = visited((...given) => {
      system.expand(...given);
    });
    expect(asked.length).toBeGreaterThan(0);
    const unasked = visited((...given) => {
      system.expandUnasked?.(...given);
    });
    expect(unasked).toEqual(asked);
  });
});
