import { describe, expect, it } from 'vitest';
import { fail, succeed } from '../model/vocabulary/index.ts';
import type { Call, Step } from '../model/vocabulary/index.ts';
import { createProspects } from './prospects.ts';
import type { Prospects } from './prospects.ts';
import { hashMap as map } from './small-runs.test-data.ts';

const before: readonly Call[] = [
  { call: 'mkdir', path: '/a/d' },
  map,
  { call: 'BPF_OBJ_PIN', path: '/a/x', fd: 4 },
];

/** What a run has made, of calls of its first process that all succeed. */
function after(...calls: readonly Call[]): Prospects {
  const prospects = createProspects();
  for (const [at, call] of [...before, ...calls].entries()) {
    prospects.note({ pid: 1, call }, succeed(3 + at));
  }
  return prospects;
}

describe('the names that a run has made', () => {
  it('move with a rename, whatever its flags, of pins as of directories', () => {
    const moves = [
      { call: 'rename' },
      { call: 'renameat2', flag: 'RENAME_NOREPLACE' },
      { call: 'renameat2', flag: 'RENAME_WHITEOUT' },
    ] as const;
    for (const move of moves) {
      const pin = after({ ...move, from: '/a/x', to: '/a/y' });
      expect([pin.pins(), pin.directories()]).toEqual([['/a/y'], ['/a/d']]);
      const directory = after({ ...move, from: '/a/d', to: '/a/e' });
      expect([directory.pins(), directory.directories()]).toEqual([['/a/x'], ['/a/e']]);
    }
  });

  it('both stay where they are exchanged', () => {
    const pinned: Call = { call: 'BPF_OBJ_PIN', path: '/a/y', fd: 4 };
    const names = { from: '/a/x', to: '/a/y' } as const;
    const exchange: Call = { call: 'renameat2', ...names, flag: 'RENAME_EXCHANGE' };
    expect(after(pinned, exchange).pins()).toEqual(['/a/x', '/a/y']);
  });

  it('come with links, and go with unlink and rmdir', () => {
    const made = after(
      { call: 'link', from: '/a/x', to: '/a/y' },
      { call: 'symlink', target: '/a/x', path: '/a/l' },
      { call: 'unlink', path: '/a/x' },
      { call: 'rmdir', path: '/a/d' },
    );
    expect([made.pins(), made.directories()]).toEqual([['/a/y', '/a/l'], []]);
  });
});

describe('the mount that a run has marked to expire', () => {
  it('is the last for which umount2 asked to be called again, until it succeeds', () => {
    const prospects = createProspects();
    const ask = (target: string, flag: 'none' | 'MNT_EXPIRE'): Step => {
      return { pid: 1, call: { call: 'umount2', target, flag } };
    };
    prospects.note(ask('/a', 'MNT_EXPIRE'), fail('EAGAIN'));
    prospects.note(ask('/b', 'MNT_EXPIRE'), fail('EBUSY'));
    expect(prospects.marked()).toBe('/a');
    prospects.note(ask('/b', 'none'), succeed(0));
    expect(prospects.marked()).toBeNull();
  });
});
