import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { linuxMissing, pinproof, temporaryFolder } from './run-pinproof.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const run = (...args: readonly string[]) => pinproof(args, { cwd: folder.path });
const emit = (into: string, ...args: readonly string[]) =>
  run('verify', '--scope', 'singleton', '--emit-traces', into, ...args);

const contentOf = (name: string): readonly string[] => {
  const root = join(folder.path, name);
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => `${file.slice(root.length + 1)}\n${readFileSync(file, 'utf8')}`);
};

const missing = await linuxMissing();
const written = await emit('traces', '--profile', 'linux-6.18');

describe.concurrent('traces that take every transition', () => {
  it('are written with what verify found', () => {
    expect(written).toMatchObject({ code: 0, stderr: '' });
    expect(written.stdout).toMatch(
      /^ {2}covered: 492 distinct transitions by [\d,]+ calls in \d+ traces$/m,
    );
    expect(written.stdout).toMatch(/^one search: 1 passed; \d+ traces written to traces$/m);
    expect(readdirSync(join(folder.path, 'traces'))).toEqual(['singleton']);
  });

  it('are the same bytes when they are written again', async () => {
    const again = await emit('again', '--profile', 'linux-6.18');
    expect(again.stdout).toBe(written.stdout.replace('to traces', 'to again'));
    expect(contentOf('again')).toEqual(contentOf('traces'));
    expect(contentOf('traces')[0]).toMatch(/^singleton\/linux-6\.18\/000001\.trace\n#: title: /);
  });

  it('are what the reference is checked with: it conforms', async () => {
    const { code, stdout } = await run('check', 'reference', '--corpus', 'traces', '--json');
    expect(code).toBe(0);
    const traces = contentOf('traces').length;
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'conforms',
      runs: { traces, short: 0, random: 0 },
      skipped: [],
      inconclusive: [],
      deviations: [],
    });
  });

  it.skipIf(missing !== null)(
    `are what this kernel is checked with (${missing ?? 'here'})`,
    async () => {
      const { stdout } = await run(
        'check',
        'linux',
        '--profile',
        'linux-6.18',
        '--corpus',
        'traces',
      );
      expect(stdout).toMatch(/ in \d+ traces compared/);
    },
  );

  it('show what is wrong with a mutant, by a trace that can be replayed', async () => {
    const target = 'mutant:second-mount-same-instance';
    const { code, stdout } = await run('check', target, '--corpus', 'traces', '--out', 'out');
    expect(code).toBe(1);
    const [, file = ''] = /saved in (\S+)/.exec(stdout) ?? [];
    expect(readFileSync(join(folder.path, file), 'utf8')).toContain('\n#: host: /a/ /b/\n');
    const replayed = await run('replay', file, '--on', target, '--on', 'reference');
    expect(replayed.stdout).toMatch(/^ {2}reference: conforms$/m);
    expect(replayed.stdout).toMatch(/^ {2}mutant:second-mount-same-instance: deviates/m);
  });

  it('say nothing of another profile', async () => {
    const { code, stdout } = await run(
      ...['check', 'reference', '--profile', 'linux-4.4', '--corpus', 'traces'],
    );
    expect(code).toBe(4);
    expect(stdout).toMatch(/the trace is of another profile than linux-4\.4: [\d,]+ calls/);
    expect(stdout).toContain('compared: 0 calls in 0 traces');
  });

  it('are not written if a limit is hit', async () => {
    const { code, stdout } = await emit(
      'few',
      '--max-states',
      '50',
      '--property',
      'alive-iff-held',
    );
    expect(code).toBe(4);
    expect(stdout).toContain('; no traces were written, as not all could be found');
    expect(existsSync(join(folder.path, 'few'))).toBe(false);
  });
});
