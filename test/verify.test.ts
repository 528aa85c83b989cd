import { describe, expect, it } from 'vitest';
import { pinproof } from './run-pinproof.ts';

const verify = (...args: readonly string[]) =>
  pinproof(['verify', '--scope', 'singleton', '--profile', 'linux-6.18', ...args]);

describe('verify', () => {
  it('finds that everything holds, the same twice and with either engine', async () => {
    const [first, second] = await Promise.all([
      verify('--json'),
      verify('--json', '--engine', 'loop'),
    ]);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(second.stdout).toBe(first.stdout);
    expect(JSON.parse(first.stdout)).toMatchObject({
      format: 'pinproof-result/1',
      verb: 'verify',
      exit: 0,
      searches: [{ scope: 'singleton', profile: 'linux-6.18', verdict: 'pass', unreached: [] }],
    });
  });

  it('is inconclusive when a limit is hit', async () => {
    const { code, stdout } = await verify('--max-states', '50', '--property', 'alive-iff-held');
    expect(code).toBe(4);
    expect(stdout).toContain('not searched to the end: the limit on states (--max-states)');
    expect(stdout).toMatch(/^one search: 0 passed, 1 inconclusive$/m);
  });

  it('leaves nothing but the last line if it is to be quiet', async () => {
    const { stdout } = await verify('--time', '0.001', '--quiet');
    expect(stdout).toBe('one search: 0 passed, 1 inconclusive\n');
  });
});

describe('list', () => {
  it.concurrent('prints nothing but a document if that is wanted', async () => {
    const { code, stdout, stderr } = await pinproof(['list', 'profiles', '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ verb: 'list', topic: 'profiles' });
  });

  it.concurrent('is silent about a reader that has gone away', async () => {
    const { code, stderr } = await pinproof(['list', 'clauses'], { closeStdout: 'at-once' });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it.concurrent('says which version it is', async () => {
    const { code, stdout } = await pinproof(['--version']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '0.1.0\n' });
  });
});
