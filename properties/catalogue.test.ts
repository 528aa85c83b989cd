import { describe, expect, it } from 'vitest';
import { callNames, profiles, sightFields } from '../model/index.ts';
import { goalById, goals, properties, propertyById, standsUnder } from './catalogue.ts';
import { done, observe } from './observation.test-data.ts';
import { scopeByName, scopes } from './scopes.ts';

const claims = [...properties, ...goals];

describe('the catalogue', () => {
  it('gives every claim an id of its own, in kebab case, and finds it by that', () => {
    const ids = claims.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    }
    for (const property of properties) {
      expect(propertyById(property.id)).toBe(property);
    }
    for (const goal of goals) {
      expect(goalById(goal.id)).toBe(goal);
    }
    expect(propertyById('object-dies')).toBeUndefined();
    expect(goalById('isolation')).toBeUndefined();
  });

  it('says of every claim what it is, where it comes from and what it needs', () => {
    for (const { id, title, source, needs } of claims) {
      expect(title, id).toMatch(/^[A-Z].*\.$/);
      expect(source, id).not.toBe('');
      expect(needs.length, id).toBeGreaterThan(0);
      expect(new Set(needs).size, id).toBe(needs.length);
      expect(sightFields, id).toEqual(expect.arrayContaining([...needs]));
    }
  });

  it('has predicates that take what their kind takes', () => {
    for (const claim of claims) {
      switch (claim.kind) {
        case 'always':
        case 'quiescence':
          expect(claim.holds.length, claim.id).toBe(1);
          break;
        case 'leads-to':
          expect([claim.arrived.length, claim.rank.length], claim.id).toEqual([1, 1]);
          break;
        case 'step':
          expect(claim.holds.length, claim.id).toBe(3);
          break;
        case 'sometimes':
          expect(claim.reached.length, claim.id).toBeLessThanOrEqual(2);
          break;
        case 'sometimes-step':
          expect(claim.reachedBy.length, claim.id).toBe(3);
          break;
      }
    }
  });

  it('has predicates that change nothing of what they judge', () => {
    const scene = { processes: { 1: { fds: { 3: 1 } } }, objects: { 1: { descriptions: 1 } } };
    const [before, after] = [observe(scene), observe(scene)];
    for (const call of [{ call: 'unlink', path: '/a/x' }, { call: 'exit_group' }] as const) {
      const step = done(1, call);
      for (const claim of claims) {
        if (claim.kind === 'step') {
          const first = claim.holds(before, step, after);
          expect(claim.holds(before, step, after), claim.id).toBe(first);
        } else if (claim.kind === 'always' || claim.kind === 'quiescence') {
          const first = claim.holds(before);
          expect(claim.holds(before), claim.id).toBe(first);
        }
      }
    }
    expect([before, after]).toEqual([observe(scene), observe(scene)]);
  });

  it('holds every property of an empty world that does not change', () => {
    const nothing = observe({});
    for (const property of properties) {
      if (property.kind === 'leads-to') {
        expect([property.arrived(nothing), property.rank(nothing)]).toEqual([true, 0]);
        continue;
      }
      const holds =
        property.kind === 'step'
          ? property.holds(nothing, done(1, { call: 'dup', fd: 3 }), nothing)
          : property.holds(nothing);
      expect(holds, property.id).toBe(true);
    }
  });

  it('knows under which profile a claim stands', () => {
    const under = (profile: keyof typeof profiles): readonly string[] =>
      claims.filter((claim) => standsUnder(claim, profiles[profile])).map(({ id }) => id);
    expect(under('linux-4.4')).toContain('singleton-per-namespace');
    expect(under('linux-4.4')).not.toContain('instance-per-mount');
    expect(under('linux-6.18')).toContain('instance-per-mount');
    expect(under('linux-6.18')).not.toContain('instance-found-again');
    expect(under('linux-6.18')).toContain('isolation');
  });
});

describe('the scopes', () => {
  it('name every property and every goal', () => {
    expect([...new Set(scopes.flatMap((scope) => scope.properties))].sort()).toEqual(
      properties.map(({ id }) => id).sort(),
    );
    expect([...new Set(scopes.flatMap((scope) => scope.goals))].sort()).toEqual(
      goals.map(({ id }) => id).sort(),
    );
  });

  it('name nothing twice and are found by name', () => {
    for (const scope of scopes) {
      expect(scopeByName(scope.name)).toBe(scope);
      for (const list of [scope.calls, scope.properties, scope.goals, scope.paths, scope.host]) {
        expect(new Set<string>(list).size, scope.name).toBe(list.length);
      }
    }
    expect(scopeByName('everything')).toBeUndefined();
  });

  it('list their calls in the order of the vocabulary', () => {
    for (const { calls, name } of scopes) {
      expect(calls, name).toEqual(callNames.filter((call) => calls.includes(call)));
    }
  });
});
