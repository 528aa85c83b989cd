/** The machine's hierarchy of cgroups, mounted for a file of tests. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, type TestContext } from 'vitest';

export interface Hierarchy {
  /** The directory it is mounted at, while tests run. */
  readonly root: () => string;
  /** Skips the test if it could not be mounted. */
  readonly need: (context: TestContext) => void;
}

/** Has it mounted before the tests of the file that calls this, and unmounted after them. */
export function mountedHierarchy(): Hierarchy {
  let root = '';
  let isMounted = false;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'pinproof-'));
    isMounted = spawnSync('mount', ['-t', 'cgroup2', 'none', root]).status === 0;
  });
  afterAll(() => {
    if (isMounted) {
      spawnSync('umount', [root]);
    }
    rmdirSync(root);
  });
  return {
    root: () => root,
    need: (context) => {
      if (!isMounted) {
        context.skip('the hierarchy of cgroups cannot be mounted for the test');
      }
    },
  };
}
