/** In the machine's hierarchy of cgroups, the agent removes only what is of its making. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { mountedHierarchy } from './hierarchy.test-data.ts';
import { cgroupSetup, needs, withLinux } from './session.test-data.ts';

const hierarchy = mountedHierarchy();

/** Starts an adapter, which sweeps, and has its cgroups made. */
async function sweep(context: TestContext): Promise<void> {
  await withLinux(context, async (adapter) => {
    needs(context, adapter, 'BPF_PROG_ATTACH');
    await adapter.reset(cgroupSetup);
    await adapter.settle();
  });
}

const script = `
import os, sys
for path in sys.argv[1:]:
    os.setxattr(path, 'trusted.pinproof', b'')
`;

/** As the agent marks what it makes. */
function mark(context: TestContext, paths: readonly string[]): void {
  if (paths.length === 0) {
    return;
  }
  const full = paths.map((path) => join(hierarchy.root(), path));
  const { error, status } = spawnSync('python3', ['-c', script, ...full]);
  if (error !== undefined) {
    context.skip('python3 is needed, to mark a directory');
  }
  expect(status).toBe(0);
}

/** Makes directories, of which some are marked, and tells which an adapter's start leaves there. */
async function leftOf(
  context: TestContext,
  paths: readonly string[],
  marked: readonly string[] = [],
): Promise<readonly string[]> {
  hierarchy.need(context);
  const inHierarchy = (path: string): string => join(hierarchy.root(), path);
  const isThere = (path: string): boolean => existsSync(inHierarchy(path));
  try {
    for (const path of paths) {
      mkdirSync(inHierarchy(path));
    }
    mark(context, marked);
    await sweep(context);
    return paths.filter(isThere);
  } finally {
    for (const path of paths.toReversed().filter(isThere)) {
      rmdirSync(inHierarchy(path));
    }
  }
}

describe('what is not of our making stays', () => {
  it('whatever its name is', async (context) => {
    const paths = [
      ...['pinproof-ci', 'pinproof-ci/child', 'pinproof-ci/child/below'],
      ...['pinproof-4194304', 'pinproof-4194304/child', 'pinproof-4194304.1'],
    ];
    expect(await leftOf(context, paths)).toEqual(paths);
  });

  it('even if somebody puts a mark like ours on what has another name', async (context) => {
    const numbers = ['', 'x', '4194304x', '4194304.', '4194304.x', '4194304.1.1'];
    const paths = ['4194304', ...numbers.map((number) => `pinproof-${number}`)];
    expect(await leftOf(context, paths, paths)).toEqual(paths);
  });

  it('if it is deeper than what we make, in what is marked as ours', async (context) => {
    const deep = ['pinproof-4194304', 'pinproof-4194304/child', 'pinproof-4194304/child/below'];
    const flat = ['pinproof-4194304.63', 'pinproof-4194304.63/.child'];
    expect(
      await leftOf(context, [...deep, ...flat], ['pinproof-4194304', 'pinproof-4194304.63']),
    ).toEqual(deep);
  });
});
