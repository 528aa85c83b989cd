import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, type TestContext } from 'vitest';
import { callNames } from '../../model/vocabulary/index.ts';
import { createLinux, probeLinux } from './index.ts';
import { withLinux } from './session.test-data.ts';

const matching = (text: RegExp): unknown => expect.stringMatching(text);

/** Probes in a process that the arguments lead into; returns what it printed. */
function probeBy(command: string, args: readonly string[]): string {
  const module = JSON.stringify(new URL('index.ts', import.meta.url).href);
  const script = `console.log(JSON.stringify(await (await import(${module})).probeLinux()))`;
  const node = [process.execPath, '--import', 'tsx', '--input-type=module', '--eval', script];
  const probed = spawnSync(command, [...args, ...node], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', TSX_DISABLE_CACHE: '1' },
  });
  return probed.stdout.trim() || probed.stderr;
}

describe('probing', () => {
  it('tells an ordinary user in one sentence to become root', (context) => {
    if (process.geteuid?.() !== 0) {
      context.skip('only root can become another user');
    }
    const ordinary = ['--reuid=65534', '--regid=65534', '--clear-groups'];
    const source = fileURLToPath(new URL('index.ts', import.meta.url));
    if (spawnSync('setpriv', [...ordinary, 'test', '-r', source]).status !== 0) {
      context.skip('an ordinary user cannot read these sources');
    }
    const said = probeBy('setpriv', ordinary);
    expect(JSON.parse(said)).toEqual({
      permitted: false,
      reason: matching(/^The linux adapter needs .*CAP_SYS_ADMIN.*CAP_BPF.*uid 65534.*sudo/),
    });
  });

  it('tells the root of a user namespace that the kernel permits it nothing', (context) => {
    if (spawnSync('unshare', ['-Ur', 'true']).status !== 0) {
      context.skip('no user namespaces for us here');
    }
    expect(JSON.parse(probeBy('unshare', ['-Ur']))).toEqual({
      permitted: false,
      reason: matching(/inside a user namespace/),
    });
  });

  it('answers with the release of the kernel, or with a reason', async (context: TestContext) => {
    const permission = await probeLinux();
    if (!permission.permitted) {
      context.skip(permission.reason);
    }
    const { execve } = permission.lacks;
    if (execve !== undefined) {
      context.skip(execve);
    }
    const unprivilegedBpf: unknown = expect.stringMatching(/^(?:allowed|disabled)$/);
    expect(permission).toEqual({
      permitted: true,
      release: release(),
      unprivilegedBpf,
      lacks: {},
      without: [],
      hides: [],
      identities: 'ids',
    });
  });

  it('does without execve where the agent is not linked statically', async (context: TestContext) => {
    const cacheHome = mkdtempSync(join(tmpdir(), 'pinproof-'));
    const options = { cacheHome, compilers: [['cc']] } as const;
    try {
      const permission = await probeLinux(options);
      if (!permission.permitted) {
        context.skip(permission.reason);
      }
      const sentence =
        /^The agent could not be linked statically.*static C library.*remove \/.*\.$/;
      expect(permission.lacks).toEqual({ execve: matching(sentence) });
      await withLinux(
        context,
        ({ hello }) => {
          expect(hello.calls).toEqual(callNames.filter((call) => call !== 'execve'));
          expect(hello.lacks).toEqual(permission.lacks);
          return Promise.resolve();
        },
        options,
      );
    } finally {
      rmSync(cacheHome, { recursive: true });
    }
  });

  for (const [what, agent, reason] of [
    ['what its agent was refused', 'echo missing bpffs 19', /^This kernel has no bpf file system/],
    ['that its agent died', 'exit 1', /^The linux adapter could not be tried: /],
    ['that its agent is none', 'echo hello', /could not be tried: the agent answered "hello"\.$/],
  ] as const) {
    it(`tells ${what}, and then nothing is started`, async (context) => {
      const folder = mkdtempSync(join(tmpdir(), 'pinproof-'));
      const compiler = join(folder, 'compiler');
      // Takes the name that follows -o for its output, as a compiler does.
      const write = `while [ "$1" != -o ]; do shift; done; printf '#!/bin/sh\\n${agent}\\n' >"$2"; chmod 700 "$2"`;
      writeFileSync(compiler, `#!/bin/sh\n${write}\n`, { mode: 0o700 });
      const options = { cacheHome: folder, compilers: [[compiler]] } as const;
      const permission = await probeLinux(options);
      const started = await createLinux(options);
      rmSync(folder, { recursive: true });
      if (!permission.permitted && permission.reason.includes('CAP_')) {
        context.skip(permission.reason);
      }
      expect(permission).toEqual({
        permitted: false,
        reason: matching(reason),
      });
      expect(started).toEqual({ missing: matching(reason) });
    });
  }
});
