import { describe, expect, it } from 'vitest';
import type { Call } from '../model/vocabulary/index.ts';
import type { LinkedStep } from './linked-run.ts';
import { pathsOf, simplerSteps, withPathReplaced } from './simpler-steps.ts';

const linked = (call: Call): LinkedStep => ({
  place: 0,
  step: { pid: 1, call },
  value: 'word',
  callerFrom: null,
  descriptorsFrom: [],
  victimFrom: null,
});

const simplerCalls = (call: Call, paths: readonly string[]): readonly Call[] =>
  simplerSteps(linked(call), paths).map(({ step }) => step.call);

const rename: Call = { call: 'rename', from: '/mnt/b/x', to: '/mnt/b/y' };
const symlink: Call = { call: 'symlink', target: '/mnt/b/x', path: '/mnt/b/y' };

describe('the paths of a run', () => {
  it('are those of all its calls, the shortest first', () => {
    const calls: readonly Call[] = [
      { call: 'mount', target: '/mnt/b' },
      rename,
      { ...symlink, path: '/mnt' },
    ];
    expect(pathsOf(calls.map(linked))).toEqual(['/mnt', '/mnt/b', '/mnt/b/x', '/mnt/b/y']);
  });

  it('are not what a symbolic link holds that begins in its own directory', () => {
    const calls: readonly Call[] = [
      { ...symlink, target: 'x' },
      { ...symlink, target: '../x' },
    ];
    expect(pathsOf(calls.map(linked))).toEqual(['/mnt/b/y']);
  });
});

describe('a simpler step', () => {
  it('names one of its paths as another step does', () => {
    expect(simplerCalls(rename, ['/mnt/a'])).toEqual([
      { call: 'rename', from: '/mnt/a', to: '/mnt/b/y' },
      { call: 'rename', from: '/mnt/b/x', to: '/mnt/a' },
    ]);
    expect(simplerCalls(symlink, ['/mnt/a'])).toEqual([
      { call: 'symlink', target: '/mnt/a', path: '/mnt/b/y' },
      { call: 'symlink', target: '/mnt/b/x', path: '/mnt/a' },
    ]);
  });

  it('has no flag, before it has other paths', () => {
    const umount: Call = { call: 'umount2', target: '/mnt/b', flag: 'MNT_DETACH' };
    expect(simplerCalls(umount, ['/mnt/a', '/mnt/b'])).toEqual([
      { call: 'umount2', target: '/mnt/b', flag: 'none' },
      { call: 'umount2', target: '/mnt/a', flag: 'MNT_DETACH' },
    ]);
    const exchange: Call = { ...rename, call: 'renameat2', flag: 'RENAME_EXCHANGE' };
    expect(simplerCalls(exchange, [])).toEqual([rename]);
  });
});

describe('a path that is replaced in all steps', () => {
  it('is so in both names of a call, and at the beginning of longer ones', () => {
    const replaced = withPathReplaced([rename, symlink].map(linked), '/mnt/b', '/m');
    expect(replaced.map(({ step }) => step.call)).toEqual([
      { call: 'rename', from: '/m/x', to: '/m/y' },
      { call: 'symlink', target: '/m/x', path: '/m/y' },
    ]);
  });

  it('is no other that begins with the same letters', () => {
    const [kept] = withPathReplaced([linked({ call: 'mkdir', path: '/mnt/bc' })], '/mnt/b', '/m');
    expect(kept?.step.call).toEqual({ call: 'mkdir', path: '/mnt/bc' });
  });
});
