/** What is said and done with less than root: from nothing at all to all but a few calls. */
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, type TestContext } from 'vitest';
import { readStanding } from '../adapters/linux/standing.ts';
import { expectGolden } from './golden-file.ts';
import { linuxMissing, nobodyMissing, pinproof, temporaryFolder } from './run-pinproof.ts';
import type { Finished } from './run-pinproof.ts';

type Through = readonly [command: string, ...args: string[]];

const folder = temporaryFolder();
afterAll(folder.remove);
chmodSync(folder.path, 0o755);

const missing = (await linuxMissing()) ?? (await nobodyMissing());

/** A home for the agent of this user, or of root. */
function cacheOf(uid: number): string {
  const path = join(folder.path, `cache-${uid}`);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  chownSync(path, uid, uid);
  return path;
}

const nobody = ['--reuid=65534', '--regid=65534', '--clear-groups'];
const only = (capability: string): readonly string[] => [
  ...[`--inh-caps=-all,+${capability}`, `--ambient-caps=-all,+${capability}`],
  `--bounding-set=-all,+${capability}`,
];

const run = (uid: number, through: Through, ...args: readonly string[]): Promise<Finished> =>
  pinproof(args, { cwd: '/', through, environment: { XDG_CACHE_HOME: cacheOf(uid) } });

/** The exit code and all that was printed, without the release of this machine's kernel. */
const shown = ({ code, stdout, stderr }: Finished): string =>
  `${stdout}${stderr}exit ${String(code)}\n`.replace(/^linux: linux .*$/m, 'linux: linux RELEASE');

const check = [
  ...['check', 'linux', '--profile', 'linux-6.18', '--phase', 'random', '--runs', '60'],
] as const;

/** Skips the test where this machine has not the tools, or does not let us use them. */
function needs(context: TestContext, through: Through): void {
  if (missing !== null) context.skip(missing);
  if (readStanding().unprivilegedBpf === 'allowed') {
    context.skip('kernel.unprivileged_bpf_disabled is 0: everybody may do more here');
  }
  const [command, ...args] = through;
  if (spawnSync(command, [...args, 'true']).status !== 0) {
    context.skip(`${through.join(' ')} cannot be run here`);
  }
}

describe('with less than root, one sentence names what is missing and the mend:', () => {
  for (const [who, uid, through] of [
    ['nobody', 65_534, ['setpriv', ...nobody]],
    ['user-namespace', 0, ['unshare', '-Ur']],
    ['nobody-in-user-namespace', 65_534, ['setpriv', ...nobody, 'unshare', '-Ur']],
    ['root-without-capabilities', 0, ['setpriv', '--inh-caps=-all', '--bounding-set=-all']],
  ] as const satisfies readonly [string, number, Through][]) {
    it(`${who}, who can do nothing`, async (context) => {
      needs(context, through);
      const finished = await run(uid, through, ...check);
      expect(finished.code).toBe(3);
      expectGolden(`ladder-${who}.txt`, shown(finished));
    });
  }
});

describe('what is partly possible is done, and the rest skipped with its reason:', () => {
  for (const [who, uid, through] of [
    ['nobody-with-bpf', 65_534, ['setpriv', ...nobody, ...only('bpf')]],
    ['nobody-with-sys-admin', 65_534, ['setpriv', ...nobody, ...only('sys_admin')]],
    ['root-with-sys-admin', 0, ['setpriv', ...only('sys_admin')]],
  ] as const satisfies readonly [string, number, Through][]) {
    it(`by ${who}`, async (context) => {
      needs(context, through);
      const finished = await run(uid, through, ...check);
      expect(finished.code).toBe(0);
      expectGolden(`ladder-${who}.txt`, shown(finished));
    }, 120_000);
  }

  it('and is not enough if all is asked for', async (context) => {
    const through: Through = ['setpriv', ...nobody, ...only('bpf')];
    needs(context, through);
    const { code } = await run(65_534, through, ...check, '--strict');
    expect(code).toBe(4);
  }, 120_000);
});

/** Runs a command behind a filter of system calls: FILTER SYSCALL ERROR-NUMBER COMMAND... */
const filterSource = `
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>
int main(int count, char **arguments) {
  struct sock_filter filter[] = {
    {BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(struct seccomp_data, nr)},
    {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, (unsigned)atoi(arguments[1])},
    {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | (unsigned)atoi(arguments[2])},
    {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW}};
  struct sock_fprog program = {4, filter};
  if (count < 4 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return 1;
  if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) return 1;
  execvp(arguments[3], arguments + 3);
  return 1;
}
`;

/** The numbers of system calls, as this machine's headers have them. */
const systemCall = (name: string): string => {
  const text = `#include <sys/syscall.h>\nSYS_${name}\n`;
  const { stdout } = spawnSync('cc', ['-E', '-P', '-'], { input: text, encoding: 'utf8' });
  return stdout.trim().split('\n').at(-1) ?? '';
};

describe('behind a filter of system calls', () => {
  const filter = join(folder.path, 'filter');
  writeFileSync(`${filter}.c`, filterSource);
  spawnSync('cc', ['-o', filter, `${filter}.c`]);

  for (const [name, errno, code] of [
    ['bpf', 1, 3],
    ['bpf', 38, 3],
    ['unshare', 1, 0],
  ] as const) {
    it(`that denies ${name} by error ${errno}, that is said`, async (context) => {
      const through: Through = [filter, systemCall(name), String(errno)];
      needs(context, through);
      const finished = await run(0, through, ...check);
      expect(finished.code).toBe(code);
      expectGolden(`ladder-filter-${name}-${errno}.txt`, shown(finished));
    }, 120_000);
  }
});
