import { describe, expect, it } from 'vitest';
import type { ProcessSight, Sight, Step } from '../model/vocabulary/index.ts';
import { createOrigins } from './origins.ts';

const mount = (pid: number): Step => ({ pid, call: { call: 'mount', target: '/m' } });

function process(pid: number, namespace: number, instances: readonly number[]): ProcessSight {
  const paths = instances.map((instance) => {
    return { path: `/m${instance}`, kind: 'directory', instance, object: 0 } as const;
  });
  return { pid, namespace, descriptors: [], paths };
}

const sight = (...processes: readonly ProcessSight[]): Sight => ({ processes, objects: [] });

describe('the origin of an instance', () => {
  it('is the namespace whose mount showed it first', () => {
    const origins = createOrigins();
    origins.note(sight(process(1, 5, [9])), mount(1));
    origins.note(sight(process(1, 5, [9]), process(2, 6, [9, 8])), mount(2));
    expect([origins.of(9), origins.of(8), origins.of(7)]).toEqual([5, 6, 0]);
  });

  it('is not known of what anything but a successful mount shows', () => {
    const origins = createOrigins();
    origins.note(sight(process(1, 5, [9])), null);
    expect(origins.of(9)).toBe(0);
  });

  it('is forgotten when the namespace has ended', () => {
    const origins = createOrigins();
    origins.note(sight(process(1, 5, [9]), process(2, 6, [9])), mount(1));
    origins.note(sight(process(2, 6, [9])), null);
    expect(origins.of(9)).toBe(0);
  });

  it('is the new one where a number is used again', () => {
    const origins = createOrigins();
    origins.note(sight(process(1, 5, [9]), process(2, 6, [])), mount(1));
    origins.note(sight(process(1, 5, []), process(2, 6, [])), null);
    origins.note(sight(process(1, 5, []), process(2, 6, [9])), mount(2));
    expect(origins.of(9)).toBe(6);
  });

  it('is known again when somebody joins the namespace, and not in a new one with its number', () => {
    const back: Step = { pid: 2, call: { call: 'setns', fd: 3 } };
    const away: Step = { pid: 2, call: { call: 'unshare' } };
    for (const [step, known] of [[back, 5] as const, [away, 0] as const]) {
      const origins = createOrigins();
      origins.note(sight(process(1, 5, [9]), process(2, 6, [9])), mount(1));
      origins.note(sight(process(2, 6, [9])), null);
      origins.note(sight(process(2, 5, [9])), step);
      expect(origins.of(9)).toBe(known);
    }
  });
});
