/** The agent's tests of its own, in C (agent/test/): each case is a test here. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const agent = join(import.meta.dirname, 'agent');
const folder = mkdtempSync(join(tmpdir(), 'pinproof-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const sourcesIn = (path: string): readonly string[] =>
  readdirSync(path)
    .filter((name) => name.endsWith('.c') && name !== 'main.c')
    .map((name) => join(path, name));

const flags = ['-std=gnu11', '-O1', '-Wall', '-Wextra', '-Werror'];
// What reads or writes where it should not ends the case; not every machine has the libraries.
const sanitized = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'];

/** Compiles a program of cases; what the compiler says if that fails. */
function compile(name: string): { readonly program: string } | { readonly failed: string } {
  const program = join(folder, name);
  const own = [join(agent, 'test', 'test.c'), join(agent, 'test', `${name}.c`)];
  let failed = '';
  for (const extra of [sanitized, []]) {
    const args = [...flags, ...extra, '-o', program, ...own, ...sourcesIn(agent)];
    const compiled = spawnSync('cc', args, { encoding: 'utf8' });
    if (compiled.status === 0) return { program };
    failed = compiled.error?.message ?? compiled.stderr;
  }
  return { failed };
}

/** The lines that the cases of a program print. */
function casesOf(name: string): readonly string[] {
  const compiled = compile(name);
  if ('failed' in compiled) return [`not ok ${name}.c is compiled: ${compiled.failed}`];
  const { stdout, status } = spawnSync(compiled.program, {
    encoding: 'utf8',
    timeout: 60_000,
    env: { ...process.env, LD_PRELOAD: '' },
  });
  const end = status === 0 ? [] : [`not ok ${name}.c comes to its end: ${String(status)}`];
  return [...stdout.trim().split('\n'), ...end];
}

const compiler = spawnSync('cc', ['--version']).status;

for (const [name, cases] of [
  ['requests', 45],
  ['protocol', 33],
] as const) {
  describe.skipIf(compiler !== 0)(`the agent, ${name}`, () => {
    const lines = compiler === 0 ? casesOf(name) : [];
    it('has run all of its cases', () => {
      expect(lines).toHaveLength(cases);
    });
    for (const line of lines) {
      const [, verdict, what = ''] = /^(ok|not ok) ([^:]*)/.exec(line) ?? [];
      it(what, () => {
        expect({ verdict, line }).toEqual({ verdict: 'ok', line });
      });
    }
  });
}
