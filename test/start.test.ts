import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { linuxMissing, nobodyMissing, pinproof, temporaryFolder } from './run-pinproof.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const missing = await linuxMissing();
const noNobody = await nobodyMissing();

describe('start', () => {
  it('verifies, checks the reference, and checks linux where that is permitted', async () => {
    const { code, stdout } = await pinproof(['start', '--scope', 'singleton', '--runs', '20'], {
      cwd: folder.path,
    });
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^part +profile +verdict +found$/);
    expect(lines.filter((line) => /^verify singleton +\S+ +pass /.test(line))).toHaveLength(2);
    expect(lines.filter((line) => /^check reference +\S+ +conforms /.test(line))).toHaveLength(2);
    if (missing === null) {
      expect(stdout).toMatch(/^check linux \S+ +\S+ +conforms /m);
      expect(lines.at(-1)).toMatch(/^3 of 3 parts done: .* linux conforms$/);
    } else {
      expect(stdout).toContain(`linux: SKIPPED (${missing})`);
      expect(lines.at(-1)).toMatch(/^2 of 3 parts done: .* linux skipped$/);
    }
  }, 180_000);

  it('goes through all of it with a switch changed', async () => {
    const { code, stdout } = await pinproof(
      [
        ...['start', '--scope', 'singleton', '--runs', '0'],
        ...['--switch', 'nsKeyReuse=adversarial'],
      ],
      { cwd: folder.path },
    );
    expect(code).toBe(1);
    expect(stdout).toContain('linux-4.4 with nsKeyReuse=adversarial');
    expect(stdout).toContain('no-foreign-instance is violated');
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(
      /^[23] of 3 parts done: the model is violated/,
    );
  }, 180_000);

  it('skips linux without the privileges, says so, and is content', async (context) => {
    if (noNobody !== null) context.skip(noNobody);
    chmodSync(folder.path, 0o777);
    const args = ['start', '--scope', 'singleton', '--runs', '0'];
    const { code, stdout } = await pinproof(args, { cwd: folder.path, user: 'nobody' });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^linux: SKIPPED \(The linux adapter needs .*\)$/m);
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^2 of 3 parts done: .* linux skipped$/);
  }, 180_000);

  it('skips linux where its agent would lie in a folder that others may write', async () => {
    const open = join(folder.path, 'open');
    mkdirSync(join(open, 'pinproof'), { recursive: true });
    chmodSync(join(open, 'pinproof'), 0o777);
    const args = ['start', '--scope', 'singleton', '--runs', '0', '--strict'];
    const environment = { XDG_CACHE_HOME: open };
    const { code, stdout } = await pinproof(args, { cwd: folder.path, environment });
    expect(code).toBe(4);
    expect(stdout).toMatch(/^linux: SKIPPED \(.+\)$/m);
  }, 180_000);

  it('fails to check linux without the privileges, in one sentence', async (context) => {
    if (noNobody !== null) context.skip(noNobody);
    const { code, stdout, stderr } = await pinproof(['check', 'linux'], {
      cwd: '/tmp',
      user: 'nobody',
    });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^pinproof: The linux adapter needs [^\n]*\n$/);
  });
});
