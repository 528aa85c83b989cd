import { describe, expect, it } from 'vitest';
import { createReference } from '../adapters/reference/index.ts';
import { check, specify } from './index.ts';

const old = ['attach', 'get', 'load', 'new-filter', 'update'];
const recent = ['link', 'map-by-id', 'program-by-id', 'prog-attach', 'run', 'update-of-maps'];
const references = (calls: readonly string[]): readonly string[] =>
  calls.map((call) => `${call}.references`);
const pins = ['pin.map-references', 'pin.program-references'];

describe('a kernel in which an object can be held three times', () => {
  it.each([
    { kernel: 'linux-4.6', limits: [...references(old), ...pins] },
    { kernel: 'linux-6.18', limits: [...references([...old, ...recent]), ...pins] },
  ] as const)('is $kernel with more that is busy', async ({ kernel, limits }) => {
    const reference = createReference(kernel, {}, 'until-settled', { mostReferences: 3 });
    const specification = specify(kernel, { switches: { refLimit: '3' } });
    const size = { runs: 1200, length: 50, seed: 3, phase: 'random' } as const;
    const { deviations, covered } = await check(reference, specification, size);
    expect(deviations).toEqual([]);
    const met = covered.map(({ of }) => of).filter((id) => /references$/.test(id));
    expect([...new Set(met)].sort()).toEqual([...limits].sort());
  });
});
