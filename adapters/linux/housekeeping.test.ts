import { describe, expect, it, type TestContext } from 'vitest';
import {
  agentsOf,
  by,
  eventually,
  hashMap,
  janitorProcesses,
  needs,
  onlyOne,
  processesNamed,
  withLinux,
} from './session.test-data.ts';
import { pair } from './short-calls.test-data.ts';
import { withWrapped } from './wrapped-agent.test-data.ts';

// SOCK_CLOEXEC is what tells the sockets of the agent from those of its processes.
const noSockets = `
  int __real_socketpair(int family, int type, int protocol, int *pair);
  int __wrap_socketpair(int family, int type, int protocol, int *pair) {
    if ((type & 02000000) == 0) return __real_socketpair(family, type, protocol, pair);
    errno = ENFILE;
    return -1;
  }`;

// The first fork makes process 1, the second the janitor.
const noSecondFork = `
  int __real_fork(void);
  int __wrap_fork(void) {
    static int forks;
    if (++forks == 1) return __real_fork();
    errno = EAGAIN;
    return -1;
  }`;

const noSegments = `
  int __wrap_shmget(int key, unsigned long size, int flags) {
    (void)key, (void)size, (void)flags;
    errno = ENOSYS;
    return -1;
  }`;

// A child of that name that stays for a while shows that the agent itself has made sockets.
const toldSockets = (name: string): string => `
  #include <sys/prctl.h>
  #include <unistd.h>
  int close_from(unsigned first);
  int __real_socketpair(int family, int type, int protocol, int *pair);
  int __wrap_socketpair(int family, int type, int protocol, int *pair) {
    if ((type & 02000000) != 0 && fork() == 0) {
      close_from(0);
      prctl(PR_SET_NAME, "${name}");
      sleep(2);
      _exit(0);
    }
    return __real_socketpair(family, type, protocol, pair);
  }`;

const pinned = by(1, hashMap, pair);

const saying = (text: string): unknown => expect.stringContaining(text);

describe('housekeeping that fails', () => {
  it('is said where sockets cannot be collected', (context: TestContext) =>
    withWrapped(context, 'socketpair', noSockets, async (adapter) => {
      await adapter.play(pinned, 'none');
      await expect(adapter.settle()).rejects.toMatchObject({
        blame: 'harness',
        message: saying('cannot open sockets, to collect those that runs left'),
      });
    }));

  it('is said where nobody could clean up after the agent', (context: TestContext) =>
    withWrapped(context, 'fork', noSecondFork, async (adapter) => {
      await expect(adapter.play(pinned, 'none')).rejects.toMatchObject({
        blame: 'harness',
        message: saying('cannot fork a process to clean up'),
      });
    }));
});

describe('sockets that a run left', () => {
  // Any socket that anybody on the machine closes collects them: that we have is not seen by that.
  const isTold = (name: string): boolean => processesNamed(name).length > 0;

  it('are collected by the janitor when the supervisor was killed', (context: TestContext) => {
    const name = `swept-${process.pid}`;
    return withWrapped(context, 'socketpair', toldSockets(name), async (adapter) => {
      await adapter.play(by(1, pair), 'none');
      expect(isTold(name)).toBe(false);
      process.kill(onlyOne(agentsOf(process.pid)), 'SIGKILL');
      await expect(adapter.settle()).rejects.toThrow(/SIGKILL/);
      expect(await eventually(() => isTold(name))).toBe(true);
    });
  });

  it('are collected by the supervisor when a run cannot go on', (context: TestContext) => {
    const name = `ended-${process.pid}`;
    return withWrapped(context, 'socketpair', toldSockets(name), async (adapter) => {
      await adapter.play(by(1, pair), 'none');
      expect(isTold(name)).toBe(false);
      process.kill(onlyOne(agentsOf(onlyOne(agentsOf(process.pid)))), 'SIGKILL');
      await expect(adapter.play(by(1, pair), 'none')).rejects.toThrow(/process 1 died/);
      expect(await eventually(() => isTold(name))).toBe(true);
    });
  });
});

describe('an agent without System V memory', () => {
  // Else the processes, which die with the supervisor, were gone before anybody could look.
  const surviving = `${noSegments}
  int __real_prctl(int option, unsigned long a, unsigned long b, unsigned long c, unsigned long d);
  int __wrap_prctl(int option, unsigned long a, unsigned long b, unsigned long c, unsigned long d) {
    return option == 1 && a == 9 ? 0 : __real_prctl(option, a, b, c, d);
  }`;

  it('cannot exec, and says why', async (context: TestContext) => {
    // Where nothing can be linked statically, that is said instead.
    await withLinux(context, (adapter) => {
      needs(context, adapter, 'execve');
      return Promise.resolve();
    });
    await withWrapped(context, 'shmget', noSegments, ({ hello }) => {
      expect(hello.calls).not.toContain('execve');
      expect(hello.lacks?.execve).toMatch(/^This kernel gives no System V shared memory/);
      return Promise.resolve();
    });
  });

  it('is cleaned up after once its processes are gone, and not before', (context: TestContext) =>
    withWrapped(context, 'shmget,--wrap=prctl', surviving, async (adapter) => {
      await adapter.play([...pinned, ...by(1, { call: 'fork' })], 'none');
      const supervisor = onlyOne(agentsOf(process.pid));
      const processes = agentsOf(supervisor);
      const janitor = janitorProcesses().find(({ parent }) => parent === supervisor)?.pid;
      const cleansUp = (): boolean => janitorProcesses().some(({ pid }) => pid === janitor);
      expect(processes).toHaveLength(2);
      process.kill(supervisor, 'SIGKILL');
      await expect(adapter.settle()).rejects.toThrow(/SIGKILL/);
      // Longer than all its waits for sockets together.
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(cleansUp()).toBe(true);
      for (const pid of processes) process.kill(pid, 'SIGKILL');
      expect(await eventually(() => !cleansUp())).toBe(true);
    }));
});
