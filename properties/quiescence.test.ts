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

  it('leaves what a cgroup or a device leads to, and nothing beside it', () => {
    for (const hookedBy of ['cgroup', 'device'] as const) {
      const kept = { 1: { kind: 'program', attachments: 1, hookedBy } } as const;
      expect(quiescenceLeavesNothing.holds(observe({ objects: kept }))).toBe(true);
      const more = { ...kept, 2: {} };
      expect(quiescenceLeavesNothing.holds(observe({ objects: more }))).toBe(false);
    }
  });
});
