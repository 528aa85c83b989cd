import { describe, expect, it } from 'vitest';
import type { Call } from '../../model/vocabulary/index.ts';
import { checkOutcome, readOutcome } from './outcomes.ts';

const list: Call = { call: 'readdir', path: '/mnt/a' };
const stat: Call = { call: 'stat', path: '/mnt/a' };

function read(call: Call, value: unknown): unknown {
  const outcome = readOutcome(value, '$');
  checkOutcome({ pid: 1, call }, outcome, '$');
  return outcome;
}

describe('an outcome of readdir', () => {
  it('has names in any order, and their number', () => {
    const value = { ok: true, value: 2, names: ['m', 'd'] };
    expect(read(list, value)).toEqual({ ok: true, value: 2, names: ['d', 'm'] });
    expect(read(list, { ok: false, errno: 'ENOENT' })).toEqual({ ok: false, errno: 'ENOENT' });
  });

  it.each<[string, Call, unknown]>([
    ['$.names: nothing was found where an array of names', list, { ok: true, value: 0 }],
    ['$.names: [] was found where no names', stat, { ok: true, value: 0, names: [] }],
    [
      '$.value: 2 was found where 1, one for each name,',
      list,
      { ok: true, value: 2, names: ['m'] },
    ],
    ['an item that did not come before', list, { ok: true, value: 2, names: ['m', 'm'] }],
    ['$.names[0]: 3 was found where a string', list, { ok: true, value: 1, names: [3] }],
    ['$.names: [] was found where no such key', list, { ok: false, errno: 'ENOENT', names: [] }],
  ])('is refused: %s', (message, call, value) => {
    expect(() => read(call, value)).toThrow(message);
  });
});
