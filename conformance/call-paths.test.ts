import { describe, expect, it } from 'vitest';
import type { Call } from '../model/vocabulary/index.ts';
import { pathsIn, withPaths } from './call-paths.ts';

const raw = (value: string): Call => ({
  call: 'bpf',
  command: 6,
  attr: [
    { offset: 0, width: 8, value },
    { offset: 8, width: 4, value: 3 },
  ],
  size: 12,
});

describe('the paths that a call is given', () => {
  it.each<[Call, Call]>([
    [
      { call: 'BPF_OBJ_GET', path: '/a' },
      { call: 'BPF_OBJ_GET', path: '0/a' },
    ],
    [
      { call: 'link', from: '/a', to: '/b' },
      { call: 'link', from: '0/a', to: '1/b' },
    ],
    [
      { call: 'renameat2', from: '/a', to: '/b', flag: 'RENAME_EXCHANGE' },
      { call: 'renameat2', from: '0/a', to: '1/b', flag: 'RENAME_EXCHANGE' },
    ],
    [
      { call: 'symlink', target: '/a', path: '/b' },
      { call: 'symlink', target: '0/a', path: '1/b' },
    ],
    [
      { call: 'bind', source: '/a', target: '/b' },
      { call: 'bind', source: '0/a', target: '1/b' },
    ],
    [
      { call: 'umount2', target: '/a', flag: 'MNT_DETACH' },
      { call: 'umount2', target: '0/a', flag: 'MNT_DETACH' },
    ],
    [raw('/a'), raw('0/a')],
  ])('are all replaced: %j', (call, replaced) => {
    expect(withPaths(call, (path, at) => `${at}${path}`)).toEqual(replaced);
  });

  it('are none where there is a NULL, and in other calls', () => {
    const calls: readonly Call[] = [
      { call: 'rename', from: null, to: null },
      { call: 'unlink', path: null },
      { call: 'close', fd: 3 },
      { call: 'bpf', command: 6, attr: 0, size: 12 },
    ];
    for (const call of calls) {
      expect(withPaths(call, () => '/other')).toEqual(call);
      expect(pathsIn(call)).toEqual([]);
    }
  });

  it('are told in the order in which they are replaced', () => {
    expect(pathsIn({ call: 'rename', from: '/a', to: '/b' })).toEqual(['/a', '/b']);
    expect(pathsIn({ call: 'symlink', target: '/a', path: '/b' })).toEqual(['/a', '/b']);
  });
});
