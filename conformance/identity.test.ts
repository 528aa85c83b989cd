import { describe, expect, it } from 'vitest';
import { createIdentityMap } from './identity.ts';

describe('the identity map', () => {
  it('numbers objects in the order of their creation', () => {
    const map = createIdentityMap();
    expect([map.bindNext(40), map.bindNext(17)]).toEqual(['bound', 'bound']);
    expect([map.ours(40), map.ours(17), map.theirs(2)]).toEqual([1, 2, 17]);
  });

  it('does not give one identity to two objects', () => {
    const map = createIdentityMap();
    map.bindNext(40);
    expect(map.bindNext(40)).toBe('taken');
    expect([map.count(), map.ours(40), map.theirs(2)]).toEqual([2, 1, 0]);
  });

  it('counts objects that have no identity', () => {
    const map = createIdentityMap();
    map.skipNext();
    map.bindNext(5);
    expect(map.ours(5)).toBe(2);
  });

  it('forgets everything at the start of a run', () => {
    const map = createIdentityMap();
    map.bindNext(5);
    map.reset();
    expect([map.count(), map.ours(5), map.bindNext(5)]).toEqual([0, 0, 'bound']);
  });
});
