import { describe, expect, it } from 'vitest';
import { judge, mounting, seesA, seesB } from './isolation.test-data.ts';
import { pinned } from './observation.test-data.ts';

describe('isolation of namespaces that pass on mounts', () => {
  it('lets mounts show in another namespace that hears of them, and not in one with peers of its own', () => {
    for (const call of mounting) {
      for (const [hears, is] of [['others', true] as const, ['own', false] as const]) {
        const from = { 1: {}, 2: { namespace: 2, hears, sees: seesA } };
        const to = { 1: {}, 2: { namespace: 2, hears, sees: seesB } };
        expect(judge(call, from, to)).toBe(is);
      }
    }
  });

  it('breaks when who comes to hear of mounts sees anything new at once', () => {
    const call = { call: 'set-propagation', target: '/', type: 'MS_SHARED' } as const;
    const from = { 1: { sees: seesA }, 2: { namespace: 2, hears: 'others', sees: seesA } } as const;
    expect(judge(call, from, from)).toBe(true);
    expect(judge(call, from, { ...from, 2: { ...from[2], sees: seesB } })).toBe(false);
    expect(judge(call, from, { ...from, 1: { sees: seesB } })).toBe(false);
  });

  it('lets unshare show what lay under a mount that stays behind, and nothing else instead', () => {
    for (const call of [{ call: 'unshare' }, { call: 'unshare-user' }] as const) {
      expect(judge(call, { 1: { sees: seesA } }, { 1: { namespace: 2, sees: seesB } })).toBe(true);
      const other = { ...seesA, '/a/x': pinned(2, 1) };
      expect(judge(call, { 1: { sees: seesA } }, { 1: { namespace: 2, sees: other } })).toBe(false);
    }
  });
});
