import { describe, expect, it } from 'vitest';
import { profiles, switches, withSwitch } from './index.ts';

describe('a switch that is set', () => {
  const base = profiles['linux-4.4'];

  it('changes nothing else', () => {
    expect(withSwitch(base, 'refLimit', '3')).toEqual({ ...base, refLimit: '3' });
  });

  it('keeps its value where it does not have the one that is asked for', () => {
    expect(withSwitch(base, 'refLimit', '4')).toEqual(base);
  });

  it('has each of its values once', () => {
    for (const { values } of Object.values(switches)) {
      expect(new Set<string>(values).size).toBe(values.length);
    }
  });
});
