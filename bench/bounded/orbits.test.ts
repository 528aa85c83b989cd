import { describe, expect, it } from 'vitest';
import { forEachState } from './searched.test-data.ts';
import { orbitOf, plainOf } from './swapped.test-data.ts';
import { createBounded, type BoundedSystem } from './system.ts';

/** Scopes in which every number comes to be used: the lowest free one is taken, so that not all need be. */
const scopes = [
  { processes: 2, namespaces: 1, objects: 1, descriptors: 2, names: 1 },
  { processes: 2, namespaces: 1, objects: 2, descriptors: 2, names: 2 },
  { processes: 3, namespaces: 1, objects: 2, descriptors: 1, names: 1 },
  { processes: 2, namespaces: 2, objects: 2, descriptors: 1, names: 1 },
  { processes: 2, namespaces: 2, objects: 1, descriptors: 1, names: 2 },
];

function statesOf(system: BoundedSystem): readonly string[] {
  const states: string[] = [];
  forEachState(system, () => states.push(JSON.stringify(plainOf(system.w))));
  return states;
}

describe.each(scopes)(
  'states of $processes processes, $namespaces namespaces, $objects objects, $descriptors descriptors, $names names',
  (scope) => {
    it('are, in all orders of all that has a number, what was found up to numbers', () => {
      const found = createBounded(scope, 'symmetry');
      const orbits: ReadonlySet<string>[] = [];
      forEachState(found, () => orbits.push(orbitOf(plainOf(found.w))));
      const states = statesOf(createBounded(scope, 'none'));
      expect(orbits.reduce((sum, orbit) => sum + orbit.size, 0)).toBe(states.length);
      expect(new Set(orbits.flatMap((orbit) => [...orbit]))).toEqual(new Set(states));
    });

    it('have as many canonical forms as were found up to numbers', () => {
      const all = createBounded(scope, 'none');
      const form = createBounded(scope, 'symmetry');
      const packed = new Uint32Array(all.words);
      const forms = new Set<string>();
      forEachState(all, () => {
        all.pack(packed, 0);
        form.unpack(packed, 0);
        form.pack(packed, 0);
        forms.add(packed.join());
      });
      expect(forms.size).toBe(statesOf(form).length);
    });
  },
);
