/** Agents of which the answers are garbage, or that do not clean up: compiled as the real one is. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { linuxMissing, pinproof, temporaryFolder } from './run-pinproof.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
const missing = await linuxMissing();

const check = ['check', 'linux', '--profile', 'linux-6.18', '--phase', 'random'] as const;

describe('garbage on the channel', () => {
  for (const [what, answers, sentence] of [
    ['words', 'exec yes hello', /The agent answered "hello" where a number belongs/],
    ['too little', 'echo 0', /The agent did not answer within 10000 ms/],
    ['bytes', 'exec cat /dev/urandom', /The agent /],
    ['silence', 'exec sleep 60', /The agent did not answer within 10000 ms/],
    ['its end', 'exit 7', /The agent ended unexpectedly \(status 7\)/],
  ] as const) {
    it(`breaks the check where the agent answers with ${what}`, async (context) => {
      if (missing !== null) context.skip(missing);
      const tools = join(folder.path, what.replaceAll(' ', '-'));
      mkdirSync(join(tools, 'cache'), { recursive: true });
      chmodSync(tools, 0o700);
      // Stands for the compiler, and what it makes for the agent.
      const agent = `[ "$1" = probe ] && { echo ok; exit; }\nread a\n${answers}\nexec cat >/dev/null`;
      writeFileSync(join(tools, 'agent'), `#!/bin/sh\n${agent}\n`);
      const compiler = `while [ "$1" != -o ]; do shift; done\ncat ${join(tools, 'agent')} >"$2"\nchmod 700 "$2"`;
      writeFileSync(join(tools, 'cc'), `#!/bin/sh\n${compiler}\n`, { mode: 0o700 });
      const environment = {
        PATH: `${tools}:${process.env['PATH'] ?? ''}`,
        XDG_CACHE_HOME: join(tools, 'cache'),
      };
      const { code, stderr } = await pinproof([...check, '--quiet'], {
        cwd: folder.path,
        environment,
      });
      expect(stderr.trim().split('\n')).toHaveLength(1);
      expect(stderr).toMatch(sentence);
      expect(code).toBe(3);
    }, 60_000);
  }
});

describe('an agent that leaves a process behind', () => {
  // The first process of a run is the first that is forked: it has a sibling of which nobody knows.
  const unknownChild = `
    #include <sys/prctl.h>
    #include <unistd.h>
    int close_from(unsigned first);
    int __real_fork(void);
    int __wrap_fork(void) {
      static int forks;
      if (++forks == 1 && __real_fork() == 0) {
        close_from(0);
        prctl(PR_SET_PDEATHSIG, 9);
        sleep(30);
        _exit(0);
      }
      return __real_fork();
    }`;

  for (const [profile, code] of [
    ['linux-6.18', 3],
    ['linux-4.4', 1],
  ] as const) {
    it(`is told after a check under ${profile}, which ends with ${code}`, async (context) => {
      if (missing !== null) context.skip(missing);
      const cc = spawnSync('sh', ['-c', 'command -v cc'], { encoding: 'utf8' }).stdout.trim();
      const tools = join(folder.path, `leaves-${profile}`);
      mkdirSync(join(tools, 'cache'), { recursive: true });
      writeFileSync(join(tools, 'wrapper.c'), unknownChild);
      const wrapped = `exec ${cc} "$@" -Wl,--wrap=fork ${join(tools, 'wrapper.c')}`;
      writeFileSync(join(tools, 'cc'), `#!/bin/sh\n${wrapped}\n`, { mode: 0o700 });
      const environment = {
        PATH: `${tools}:${process.env['PATH'] ?? ''}`,
        XDG_CACHE_HOME: join(tools, 'cache'),
      };
      const args = ['check', 'linux', '--phase', 'random', '--runs', '3', '--profile', profile];
      const finished = await pinproof(args, { cwd: folder.path, environment });
      expect(finished.stderr).toMatch(
        /^pinproof: The agent failed: a process is left after all runs have ended\.$/m,
      );
      expect(finished.code).toBe(code);
    }, 120_000);
  }
});
