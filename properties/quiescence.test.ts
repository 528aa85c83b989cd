import { describe, expect, it } from 'vitest';
import { observe } from './observation.test-data.ts';
import { isQuiescent, quiescenceLeavesNothing } from './quiescence.ts';

describe('quiescence', () => {
  it('is when no process runs and nothing is known to be outstanding', () => {
    expect(isQuiescent(observe({}))).toBe(true);
    expect(isQuiescent(observe({ processes: { 2: {} } }))).toBe(false);
    expect(isQuiescent(observe({ pending: 1 }))).toBe(false);
    expect(isQuiescent(observe({ without: ['pending'] }))).toBe(false);
  });

  it('leaves nothing alive', () => {
    expect(quiescenceLeavesNothing.holds(observe({}))).toBe(true);
    expect(quiescenceLeavesNothing.holds(observe({ objects: { 3: { alive: false } } }))).toBe(true);
    expect(quiescenceLeavesNothing.holds(observe({ objects: { 1: {} } }))).toBe(false);
    expect(quiescenceLeavesNothing.holds(observe({ objects: { 3: {} } }))).toBe(false);
  });
});
