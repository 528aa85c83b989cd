/** The file that `plan` writes. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { pinproof, temporaryFolder } from './run-pinproof.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const seeded = ['--runs', '70', '--phase', 'random', '--profile', 'linux-6.18'] as const;

describe('a plan', () => {
  it('is the same bytes for the same seed, under a title and the question', async () => {
    const write = async (name: string, ...more: readonly string[]): Promise<string> => {
      const file = join(folder.path, name);
      const { stdout } = await pinproof(['plan', '--out', file, ...seeded, ...more]);
      expect(stdout).toMatch(/\n\S+: 70 runs, [\d,]+ bytes\n$/);
      return readFileSync(file, 'utf8');
    };
    const first = await write('first', '--seed', '4');
    expect(await write('second', '--seed', '4')).toBe(first);
    expect(await write('third', '--seed', '5')).not.toBe(first);
    const [title, question, run, reset] = first.split('\n');
    expect(title).toMatch(/^pinproof-plan\/1 70 [0-9a-f]{8}$/);
    expect(question).toBe(
      '{"suite":"0.1.0","profile":"linux-6.18","runs":70,"length":20,"seed":4,"phase":"random","shard":null,"corpus":null,"switches":[]}',
    );
    expect([run, reset?.slice(0, 26)]).toEqual(['run 1', 'reset 13 10 =2f7379732f =2']);
  });

  it('that cannot be written is bad input', async () => {
    for (const args of [
      ['--out', '/nowhere/plan'],
      ['--out', join(folder.path, 'p'), '--agent', '/nowhere/agent'],
    ]) {
      const { code, stderr } = await pinproof([
        'plan',
        '--runs',
        '1',
        '--phase',
        'random',
        ...args,
      ]);
      const option = args.at(-2) ?? '';
      expect(code).toBe(2);
      expect(stderr).toMatch(
        new RegExp(
          `^pinproof: the (plan|agent) cannot be written to ${args.at(-1) ?? ''} \\(.*\\); choose another file with ${option}\\.\\n$`,
        ),
      );
    }
  });
});

describe('a plan of more runs than memory holds', () => {
  it.each([
    [[], '25 parts or more with --shard 1/25.'],
    [['--shard', '1/24'], '25 parts or more with --shard 1/25.'],
    [['--length', '40'], '50 parts or more with --shard 1/50.'],
  ])('is refused before anything is drawn: %j', async (more, end) => {
    const out = join(folder.path, 'huge');
    const args = ['plan', '--out', out, '--runs', '2500000', ...more];
    const { code, stdout, stderr } = await pinproof(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(
      /^pinproof: 2,500,000 runs of \d0 calls are more than one plan can hold: /,
    );
    expect(stderr.trimEnd().endsWith(end), stderr).toBe(true);
    expect(existsSync(out)).toBe(false);
  });

  it('can be made in parts', async () => {
    const out = join(folder.path, 'part');
    const args = ['--out', out, '--runs', '100001', '--phase', 'random', '--shard', '1/9999'];
    expect((await pinproof(['plan', ...args])).code).toBe(0);
  });
});
