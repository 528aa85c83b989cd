import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { readyAgent, type AgentOptions } from './agent-binary.ts';
import { defaultCacheHome } from './cache-folder.ts';
import { createLinux, probeLinux } from './index.ts';

const containing = (text: string): unknown => expect.stringContaining(text);

async function withCacheHome(use: (cacheHome: string) => Promise<void>): Promise<void> {
  const cacheHome = mkdtempSync(join(tmpdir(), 'pinproof-'));
  try {
    await use(cacheHome);
  } finally {
    rmSync(cacheHome, { recursive: true });
  }
}

/** Skips the test where there is no compiler. */
async function binaryOrSkip(context: TestContext, options: AgentOptions): Promise<string> {
  const agent = await readyAgent(options);
  if ('missing' in agent) {
    context.skip(agent.missing);
  }
  return agent.binary;
}

const runs = (binary: string): boolean => {
  const printed = execFileSync(binary, ['probe'], { encoding: 'utf8' });
  return /^(ok|missing)/.test(printed);
};

describe('the cache folder', () => {
  it('is XDG_CACHE_HOME if that is set, else ~/.cache', () => {
    const old = process.env['XDG_CACHE_HOME'];
    try {
      process.env['XDG_CACHE_HOME'] = '/somewhere';
      expect(defaultCacheHome()).toBe('/somewhere');
      process.env['XDG_CACHE_HOME'] = '';
      expect(defaultCacheHome()).toMatch(/^\/.*\/\.cache$/);
    } finally {
      if (old === undefined) {
        delete process.env['XDG_CACHE_HOME'];
      } else {
        process.env['XDG_CACHE_HOME'] = old;
      }
    }
  });

  it('is refused at once where nothing can be made or no absolute path is named', async () => {
    expect(await readyAgent({ cacheHome: '/proc/nope/.cache' })).toEqual({
      missing: containing('cannot be made'),
    });
    for (const cacheHome of ['somewhere', '.cache', '']) {
      expect(await readyAgent({ cacheHome })).toEqual({
        missing: containing('set XDG_CACHE_HOME to an absolute folder'),
      });
    }
  });

  it('is refused if others may enter it, and mended by nobody but its owner', () =>
    withCacheHome(async (cacheHome) => {
      const folder = join(cacheHome, 'pinproof');
      mkdirSync(folder);
      for (const [mode, shown] of [
        [0o755, '0755'],
        [0o770, '0770'],
        [0o1700, '01700'],
        [0o500, '0500'],
      ] as const) {
        chmodSync(folder, mode);
        const agent = await readyAgent({ cacheHome });
        expect(agent).toEqual({
          missing: containing(`mode ${shown} instead of 0700`),
        });
      }
      expect(readdirSync(folder)).toEqual([]);
    }));

  it('is refused if it belongs to somebody else', (context) =>
    withCacheHome(async (cacheHome) => {
      if (process.geteuid?.() !== 0) {
        context.skip('only root can give a folder away');
      }
      const folder = join(cacheHome, 'pinproof');
      mkdirSync(folder, { mode: 0o700 });
      chownSync(folder, 65534, 65534);
      expect(await readyAgent({ cacheHome })).toEqual({
        missing: containing('belongs to another user (uid 65534)'),
      });
    }));

  it('is refused if it is a link, and if it cannot be made', () =>
    withCacheHome(async (cacheHome) => {
      symlinkSync(cacheHome, join(cacheHome, 'pinproof'));
      const linked = await readyAgent({ cacheHome });
      expect(linked).toEqual({ missing: containing('is no directory') });
      writeFileSync(join(cacheHome, 'file'), '');
      const below = await readyAgent({ cacheHome: join(cacheHome, 'file', 'below') });
      expect(below).toEqual({ missing: containing('cannot be made') });
    }));
});

describe('the compiled agent', () => {
  it('is compiled once, also by two first uses at once', (context) =>
    withCacheHome(async (cacheHome) => {
      const [one, two] = await Promise.all([
        binaryOrSkip(context, { cacheHome }),
        binaryOrSkip(context, { cacheHome }),
      ]);
      expect(runs(one) && runs(two)).toBe(true);
      const names = readdirSync(join(cacheHome, 'pinproof'));
      expect(names.filter((name) => !name.startsWith('agent-'))).toEqual([]);
      const noCompiler = { cacheHome, compilers: [] };
      expect([one, two]).toContain(await binaryOrSkip(context, noCompiler));
    }));

  it('is compiled again after somebody changed it, before it runs', (context) =>
    withCacheHome(async (cacheHome) => {
      const binary = await binaryOrSkip(context, { cacheHome });
      const intact = readFileSync(binary);
      appendFileSync(binary, 'x');
      const noCompiler = await readyAgent({ cacheHome, compilers: [] });
      expect(noCompiler).toHaveProperty('missing');
      // What another program left under that name is no better.
      writeFileSync(binary, '');
      const again = await binaryOrSkip(context, { cacheHome });
      expect(readFileSync(again).equals(intact)).toBe(true);
      chmodSync(again, 0o722);
      expect(await readyAgent({ cacheHome, compilers: [] })).toHaveProperty('missing');
    }));

  it('is made by the first compiler that works', (context) =>
    withCacheHome(async (cacheHome) => {
      await binaryOrSkip(context, {});
      const compilers = [['no-such-compiler'], ['cc', '-no-such-flag'], ['false'], ['cc']] as const;
      expect(runs(await binaryOrSkip(context, { cacheHome, compilers }))).toBe(true);
    }));

  it('is missing without a compiler, with a sentence that names the mend', () =>
    withCacheHome(async (cacheHome) => {
      const compilers = [['no-such-compiler'], ['false']] as const;
      expect(await readyAgent({ cacheHome, compilers })).toEqual({
        missing:
          "The agent in C could not be compiled (no-such-compiler is not there; false failed): install gcc and the C library's headers (on Debian: apt-get install gcc libc6-dev).",
      });
    }));

  it('is not needed to say what is missing: createLinux and probeLinux say the same', () =>
    withCacheHome(async (cacheHome) => {
      const options = { cacheHome, compilers: [['no-such-compiler']] } as const;
      const permission = await probeLinux(options);
      expect(permission.permitted).toBe(false);
      expect(await createLinux(options)).toEqual({
        missing: permission.permitted ? '' : permission.reason,
      });
    }));
});
