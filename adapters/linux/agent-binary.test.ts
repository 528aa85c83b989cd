import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { muslCompiler, readyAgent, type AgentOptions } from './agent-binary.ts';
import { withCacheHome } from './cache-home.test-data.ts';
import { createLinux, probeLinux } from './index.ts';

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

  for (const [what, damage] of [
    [
      'a link to the very same program',
      (binary: string) => {
        renameSync(binary, `${binary}.real`);
        symlinkSync(`${binary}.real`, binary);
      },
    ],
    [
      'a folder',
      (binary: string) => {
        rmSync(binary);
        mkdirSync(binary);
      },
    ],
    [
      'somebody else’s',
      (binary: string) => {
        if (process.geteuid?.() === 0) chownSync(binary, 65534, 65534);
        else chmodSync(binary, 0o777);
      },
    ],
    [
      'what cannot be run',
      (binary: string) => {
        chmodSync(binary, 0o600);
      },
    ],
    [
      'one bit off',
      (binary: string) => {
        const bytes = readFileSync(binary);
        bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1);
        writeFileSync(binary, bytes);
      },
    ],
  ] as const) {
    it(`is made anew where it is ${what}`, (context) =>
      withCacheHome(async (cacheHome) => {
        // A compiler that is quick, and whose result shows that it was asked.
        const compiler = join(cacheHome, 'compiler');
        const write = `while [ "$1" != -o ]; do shift; done; echo "made" >"$2"; chmod 700 "$2"`;
        writeFileSync(compiler, `#!/bin/sh\n${write}\n`, { mode: 0o700 });
        const compilers = [[compiler]] as const;
        const binary = await binaryOrSkip(context, { cacheHome, compilers });
        expect(await readyAgent({ cacheHome, compilers: [] })).toEqual({ binary });
        damage(binary);
        expect(await readyAgent({ cacheHome, compilers: [] })).toHaveProperty('missing');
        expect(await readyAgent({ cacheHome, compilers })).toEqual({ binary });
        expect(readFileSync(binary, 'utf8')).toBe('made\n');
      }));
  }

  it('is made by musl-gcc where there is no other, which is told of the kernel’s headers', (context) =>
    withCacheHome(async (cacheHome) => {
      const tools = join(cacheHome, 'tools');
      const args = join(tools, 'args');
      const cc = spawnSync('sh', ['-c', 'command -v cc'], { encoding: 'utf8' }).stdout.trim();
      if (cc === '') context.skip('no cc');
      mkdirSync(tools);
      const lines = `#!/bin/sh\necho "$*" >${args}\nPATH=${process.env['PATH'] ?? ''} exec ${cc} "$@"\n`;
      writeFileSync(join(tools, 'musl-gcc'), lines, { mode: 0o700 });
      const old = process.env['PATH'];
      process.env['PATH'] = tools;
      try {
        const agent = await readyAgent({ cacheHome });
        expect(agent).toHaveProperty('binary');
        expect(runs('binary' in agent ? agent.binary : '')).toBe(true);
      } finally {
        process.env['PATH'] = old;
      }
      expect(readFileSync(args, 'utf8')).toMatch(/ -static -idirafter \/usr\/include /);
    }));

  it('is made by musl-gcc itself', (context) =>
    withCacheHome(async (cacheHome) => {
      if (spawnSync('musl-gcc', ['--version']).error !== undefined) context.skip('no musl-gcc');
      const agent = await readyAgent({ cacheHome, compilers: [muslCompiler] });
      expect(agent).toHaveProperty('binary');
      expect(runs('binary' in agent ? agent.binary : '')).toBe(true);
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
