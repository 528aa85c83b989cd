/** What the agent says when it has cleaned up after all runs and something is still there. */
import { expect, it, type TestContext } from 'vitest';
import type { Adapter } from '../contract/index.ts';
import { createLinux } from './index.ts';
import { by, hashMap, setup } from './session.test-data.ts';
import { withWrapper } from './wrapped-agent.test-data.ts';

// As if the kernel went on to list what it has released: the agent asks once more, and in vain.
const neverGone = `
  #include <stdint.h>
  int __real_is_listed(uint64_t object);
  int __wrap_is_listed(uint64_t object) { return object != 0; }`;

// The first process of a run is the first that is forked: it has a sibling of which nobody knows.
const unknownChild = `
  #include <unistd.h>
  int close_from(unsigned first);
  int __real_fork(void);
  int __wrap_fork(void) {
    if (__real_fork() == 0) {
      close_from(0);
      sleep(2);
      _exit(0);
    }
    return __real_fork();
  }`;

for (const [what, name, wrapper, message] of [
  ['an object', 'is_listed', neverGone, /1 objects that runs have made are still there/],
  ['a process', 'fork', unknownChild, /a process is left after all runs have ended/],
] as const) {
  it(`closing fails if ${what} is left`, (context: TestContext) =>
    withWrapper(name, wrapper, async (options) => {
      const started = await createLinux(options);
      if ('missing' in started) context.skip(started.missing);
      const { adapter }: { readonly adapter: Adapter } = started;
      await adapter.reset(setup);
      await adapter.play(by(1, hashMap), 'none');
      await expect(adapter.close()).rejects.toMatchObject({
        blame: 'harness',
        message: expect.stringMatching(message) as unknown,
      });
    }));
}
