/** What is said where there is no memory to be had: nobody's call fails for it. */
import { describe, expect, it } from 'vitest';
import { probeLinux } from './index.ts';
import { refusalSentence } from './permission.ts';
import { create, hash } from './raw-fields.test-data.ts';
import { standingOf } from './standing.test-data.ts';
import { by, hashMap, needs } from './session.test-data.ts';
import { bpf } from './short-calls.test-data.ts';
import { withWrapped, withWrapper } from './wrapped-agent.test-data.ts';

/** Refuses to map memory where the condition, in C, holds. */
const noMemory = (condition: string): string => `
  #include <fcntl.h>
  #include <string.h>
  #include <sys/mman.h>
  #include <unistd.h>
  enum { ROOM = 131072 }; /* a buffer and its guard */
  static int rooms; /* 11 with those of a raw call */
  static int is_called(const char *mode) {
    char line[4096] = "";
    int file = open("/proc/self/cmdline", O_RDONLY);
    int length = read(file, line, sizeof(line) - 1);
    close(file);
    return length > 0 && strcmp(line + strlen(line) + 1, mode) == 0;
  }
  /* Where there is no /proc: only an exec gives a name that is no path. */
  static int is_resumed(void) { return strchr(program_invocation_name, '/') == NULL; }
  void *__real_mmap(void *at, size_t size, int may, int flags, int fd, off_t from);
  void *__wrap_mmap(void *at, size_t size, int may, int flags, int fd, off_t from) {
    if (!(${condition})) return __real_mmap(at, size, may, flags, fd, from);
    (void)rooms, (void)is_called, (void)is_resumed;
    errno = ENOMEM;
    return MAP_FAILED;
  }
  int __wrap_shmget(int key, size_t size, int flags) {
    (void)key, (void)size, (void)flags;
    errno = ENOSYS;
    return -1;
  }
  `;

const refused = refusalSentence({ stage: 'memory', errno: 12 }, standingOf({}));

describe('a machine without memory', () => {
  it('is told in one sentence', () => {
    expect(refused).toBe('The kernel refused to share memory between processes: error 12.');
  });

  for (const [what, functions, condition] of [
    ['for what processes share', 'mmap,--wrap=shmget', 'size != ROOM'],
    ['for buffers', 'mmap', 'size == ROOM'],
  ] as const) {
    it(`${what} does not let the adapter work, and the probe says so`, (context) =>
      withWrapper(functions, noMemory(condition), async (options) => {
        const permission = await probeLinux();
        if (!permission.permitted) {
          context.skip(permission.reason);
        }
        expect(await probeLinux(options)).toEqual({ permitted: false, reason: refused });
      }));
  }

  for (const [what, condition, calls, subject] of [
    ['when it starts', 'is_called("supervise")', [], ''],
    ['after an exec', 'is_resumed()', [{ call: 'execve' }], 'process 1 '],
    ['in a raw call', '++rooms == 11', [bpf(create, hash, 16)], 'process 1 '],
  ] as const) {
    it(`for the agent's buffers ${what} is no failure of the implementation`, (context) =>
      withWrapped(context, 'mmap', noMemory(`size == ROOM && ${condition}`), async (adapter) => {
        needs(context, adapter, 'execve');
        await expect(adapter.play(by(1, ...calls, hashMap), 'none')).rejects.toMatchObject({
          blame: 'harness',
          message: `The agent failed: ${subject}cannot map memory: Cannot allocate memory.`,
        });
      }));
  }
});
