import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { exported, inCorpus } from './exports.ts';
import { expectGolden } from './golden-file.ts';
import { pinproof, temporaryFolder } from './run-pinproof.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const parts = join(import.meta.dirname, '..', 'cli', 'export', 'c');

/** A program with the name of a part wherever the whole of that part stands. */
function withoutParts(program: string): string {
  return readdirSync(parts).reduce(
    (text, part) => text.replace(readFileSync(join(parts, part), 'utf8'), `(${part})\n`),
    program,
  );
}

describe('an exported trace', () => {
  const few = ['survival/killed-creator', 'sockets/sent-map-survives-its-sender'] as const;
  const goldenOf = (name: string, format: string): string =>
    `export/${name.replace('/', '-')}.${format}`;

  it.each(few.flatMap((name) => ['jsonl', 'itf'].map((as) => [name, as] as const)))(
    '%s is written as %s',
    async (name, format) => {
      expectGolden(goldenOf(name, format), await exported(name, format));
    },
  );

  it.each(few)('%s is written as a program: what is its own, among parts', async (name) => {
    expectGolden(goldenOf(name, 'c'), withoutParts(await exported(name, 'c')));
  });

  it('is written as a script around that very program', async () => {
    const program = await exported(few[0], 'c');
    const pieces = (await exported(few[0], 'sh')).split(program);
    expect(pieces).toHaveLength(2);
    expectGolden('export/script.sh', pieces.join('(the program)\n'));
  });

  it('is read again from JSON lines as the same trace', async () => {
    const file = join(folder.path, 'again.jsonl');
    writeFileSync(file, await exported('survival/killed-creator', 'jsonl'));
    const { code, stdout } = await pinproof(['export', file, '--format', 'jsonl']);
    expect([code, stdout]).toEqual([0, readFileSync(file, 'utf8')]);
  });

  it('shows what takes place between two calls as a state of its own', async () => {
    const name = 'tail-calls/closed-array-is-emptied';
    const { states } = JSON.parse(await exported(name, 'itf')) as {
      states: { 'mbt::actionTaken': string }[];
    };
    expect(states.map((state) => state['mbt::actionTaken'])).toContain('clear-slots');
  });

  it('goes into a file where one is named', async () => {
    const out = join(folder.path, 'named.itf.json');
    const name = 'survival/killed-creator';
    const args = ['export', inCorpus(name), '--format', 'itf', '--out', out];
    const { code, stdout } = await pinproof(args);
    expect([code, stdout]).toEqual([0, `${inCorpus(name)} as itf is in ${out}.\n`]);
    expect(readFileSync(out, 'utf8')).toBe(await exported(name, 'itf'));
    const bad = await pinproof([...args.slice(0, -1), join(folder.path, 'no', 'such')]);
    expect(bad.code).toBe(2);
    expect(bad.stderr).toMatch(/^pinproof: the export cannot be written to [^\n]+--out\.\n$/);
  });

  it('is whole where only the last line of a result is asked for, and is measured', async () => {
    const file = join(folder.path, 'measured.json');
    const args = ['--quiet', '--strict', '--measurements', file];
    const quiet = await exported('survival/killed-creator', 'jsonl', ...args);
    expect(quiet).toBe(await exported('survival/killed-creator', 'jsonl'));
    expect(readFileSync(file, 'utf8')).toContain('"verb": "export"');
  });

  it('is refused in one sentence that names the call that cannot be expressed', async () => {
    const name = 'traffic-filters/two-tcs-share-a-map';
    const { code, stdout, stderr } = await pinproof(['export', inCorpus(name), '--format', 'c']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /^[^\n]+\.trace:\d+:1: \d rtnetlink\([^\n]+ cannot be exported: the program makes [^\n]+\n$/,
    );
  });

  it.each([
    ['#: host: /cgroup/a/', '1 fork()', /:1:1: \/cgroup\/ of the host tree cannot be exported/],
    [
      '#: unprivileged-bpf-disabled: 0',
      '1 fork()',
      /:1:1: the trace cannot be exported: unprivileged-bpf-disabled is set/,
    ],
    ['#: host: /mnt/a/', '# nothing', /:1:1: the trace cannot be exported: there is no call in it/],
    ['#: title: a', '1 chdir("/proc/self")', /:2:1: 1 chdir\("\/proc\/self"\) cannot be/],
  ])('is refused with %s and %s', async (header, line, sentence) => {
    const file = join(folder.path, 'refused.trace');
    writeFileSync(file, `${header}\n${line}\n`);
    const { code, stderr } = await pinproof(['export', file, '--format', 'sh']);
    expect(code).toBe(2);
    expect(stderr).toMatch(sentence);
  });

  it('has no states where the model never answers as recorded', async () => {
    const file = join(folder.path, 'wrong.trace');
    writeFileSync(file, '1 fork() = 2\n1 close(9) = 0\n');
    const { code, stderr } = await pinproof(['export', file, '--format', 'itf']);
    expect(code).toBe(2);
    expect(stderr).toBe(
      `${file}:2:1: 1 close(9) cannot be exported: the model has no state in which it answers 0\n`,
    );
    for (const format of ['itf', 'c']) {
      writeFileSync(file, '1 dup(1)\n');
      const outside = await pinproof(['export', file, '--format', format]);
      expect([outside.code, outside.stderr]).toEqual([
        2,
        `${file}:1:1: 1 dup(1) cannot be exported: the model has no answer within its bounds\n`,
      ]);
    }
  });
});
