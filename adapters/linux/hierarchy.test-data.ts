/** The machine's hierarchy of cgroups, mounted for a file of tests. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, type TestContext } from 'vitest';

export interface Hierarchy {
  /** The directory it is mounted at, while tests run. */
  readonly root: () => string;
  /** Skips the test if it could not be mounted. */
  readonly need: (context: TestContext) => void;
}

/** Mounts it and says so; then stays until its input ends. */
const script = 'mount -t cgroup2 none /mnt && echo mounted && exec cat';

/**
 * Has it mounted before the tests of the file that calls this, and unmounted after them: in a mount namespace
 * of its own, so that tests that look at the machine's mounts meanwhile see none of it.
 */
export function mountedHierarchy(): Hierarchy {
  let keeper: ChildProcess | undefined;
  let isMounted = false;
  beforeAll(async () => {
    const args = ['--mount', '--propagation', 'private', 'sh', '-c', script];
    const started = spawn('unshare', args, { stdio: ['pipe', 'pipe', 'ignore'] });
    keeper = started;
    const said = once(started.stdout, 'data').then(() => true);
    const ended = once(started, 'exit').then(() => false);
    isMounted = await Promise.race([said, ended]).catch(() => false);
  });
  afterAll(async () => {
    if (!isMounted || keeper === undefined) return;
    const ended = once(keeper, 'exit');
    keeper.stdin?.end();
    await ended;
  });
  return {
    root: () => `/proc/${String(keeper?.pid)}/root/mnt`,
    need: (context) => {
      if (!isMounted) {
        context.skip('the hierarchy of cgroups cannot be mounted for the test');
      }
    },
  };
}
