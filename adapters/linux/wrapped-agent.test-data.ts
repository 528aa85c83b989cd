/** Agents of which one function of the C library is another, to show what is said when it fails. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import type { Adapter } from '../contract/index.ts';
import type { AgentOptions } from './agent-binary.ts';
import { withLinux } from './session.test-data.ts';

/**
 * Options for an agent whose calls of `name` go through `wrapper`, in C, instead; `name` may hold
 * more of them as "one,--wrap=other". It is linked statically where that is possible.
 */
export async function withWrapper(
  name: string,
  wrapper: string,
  use: (options: AgentOptions) => Promise<void>,
): Promise<void> {
  const cacheHome = mkdtempSync(join(tmpdir(), 'pinproof-'));
  const file = join(cacheHome, 'wrapper.c');
  const flags = [`-Wl,--wrap=${name}`, file] as const;
  writeFileSync(file, `#define _GNU_SOURCE\n#include <errno.h>\n#include <stdarg.h>\n${wrapper}\n`);
  try {
    await use({
      cacheHome,
      compilers: [
        ['cc', '-static', ...flags],
        ['cc', ...flags],
      ],
    });
  } finally {
    rmSync(cacheHome, { recursive: true });
  }
}

/** C for `mount`: of one type of file system the kernel has none. */
export const mountWithout = (type: 'bpf' | 'cgroup2'): string => `
  #include <string.h>
  int __real_mount(const char *, const char *, const char *, unsigned long, const void *);
  int __wrap_mount(const char *source, const char *target, const char *type, unsigned long flags,
                   const void *data) {
    if (type != NULL && strcmp(type, "${type}") == 0) {
      errno = ENODEV;
      return -1;
    }
    return __real_mount(source, target, type, flags, data);
  }`;

/** Runs `use` with the adapter of such an agent. */
export const withWrapped = (
  context: TestContext,
  name: string,
  wrapper: string,
  use: (adapter: Adapter) => Promise<void>,
): Promise<void> => withWrapper(name, wrapper, (options) => withLinux(context, use, options));
