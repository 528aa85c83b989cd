import { expect, it } from 'vitest';
import { profiles } from '../../model/index.ts';
import { scopeByName } from '../../properties/index.ts';
import { coverageOf } from './coverage.ts';

it('tells which clauses of its calls a scope runs, and how many transitions of the charts', () => {
  const scope = scopeByName('filters');
  if (scope === undefined) throw new Error('no such scope');
  const { clauses, unreached, transitions } = coverageOf(scope, profiles['linux-6.18'], 50_000);
  expect(clauses.reached).toBeGreaterThan(5);
  expect(clauses.of).toBe(clauses.reached + unreached.length);
  expect(unreached).toContain('create.key-size');
  expect(unreached).not.toContain('attach.fd-closed');
  expect(transitions.reached).toBeGreaterThan(10);
  expect(transitions.reached).toBeLessThan(transitions.of);
  expect(coverageOf(scope, profiles['linux-6.18'], 1).clauses.reached).toBeLessThan(
    clauses.reached,
  );
});
