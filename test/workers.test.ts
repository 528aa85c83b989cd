/** Checks whose runs several processes play. */
import { join } from 'node:path';
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { linuxMissing, pinproof, temporaryFolder, type TemporaryFolder } from './run-pinproof.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

const check = (...args: readonly string[]) => pinproof(['check', ...args], { cwd: folder.path });

const example = join(import.meta.dirname, '..', 'adapters', 'exec', 'example', 'pins.py');

/** The names of the processes that there are. */
const processNames = (): readonly string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [`${pid} ${readFileSync(`/proc/${pid}/comm`, 'utf8').trim()}`];
      } catch {
        return []; // it has ended
      }
    });

describe('check --workers', () => {
  it('gives the same bytes for any number of them, deviations and their traces, too', async () => {
    const args = [
      'mutant:exit-drops-pins',
      '--phase',
      'random',
      '--runs',
      '600',
      '--json',
      '--quiet',
    ];
    const traces = (out: string): readonly string[] =>
      readdirSync(join(folder.path, out))
        .sort()
        .map((name) => `${name}\n${readFileSync(join(folder.path, out, name), 'utf8')}`);
    const alone = await check(...args, '--length', '8', '--out', 'deviations');
    const before = traces('deviations');
    const shared = await check(...args, '--length', '8', '--out', 'deviations', '--workers', '3');
    expect(alone.code).toBe(1);
    expect(shared).toEqual(alone);
    expect(before.length).toBeGreaterThan(0);
    expect(traces('deviations')).toEqual(before);
  });

  it('starts a program once for each of them', async () => {
    const log = join(folder.path, 'starts');
    const target = `exec:echo start >> ${log}; exec python3 ${example}`;
    const { code } = await check(
      target,
      '--profile',
      'linux-6.18',
      '--runs',
      '4',
      '--workers',
      '2',
    );
    expect(code).not.toBe(3);
    expect(readFileSync(log, 'utf8')).toBe('start\n'.repeat(3));
  });

  it('ends with one sentence where one of them cannot start its target', async () => {
    // The first start is of the process that puts the shares together.
    const target = `exec:mkdir ${join(folder.path, 'once')} && exec python3 ${example}`;
    const { code, stdout, stderr } = await check(
      target,
      '--profile',
      'linux-6.18',
      '--workers',
      '2',
    );
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^(mkdir: .*\n)*pinproof: [^\n]+\n(mkdir: .*\n)*$/);
    expect(stderr).not.toMatch(/ at .*:\d+/);
  });

  it('gives up at the end of its time, with what was compared by then', async () => {
    const { code, stdout } = await check(
      ...['reference', '--runs', '1000000', '--time', '8', '--workers', '2', '--json'],
    );
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'conforms', ended: 'stopped' });
  });

  it('hears an interrupt', async () => {
    const { code, stdout } = await pinproof(
      ['check', 'reference', '--runs', '1000000', '--workers', '2', '--seed', 'random', '--json'],
      {
        cwd: folder.path,
        onStderr(text, interrupt) {
          if (text.includes('compared')) interrupt();
        },
      },
    );
    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ ended: 'stopped' });
  });

  it('gives the running kernel to each, finds the same, and leaves no process', async (context) => {
    const missing = await linuxMissing();
    if (missing !== null) context.skip(`linux: SKIPPED (${missing})`);
    const before = new Set(processNames());
    const args = [
      'linux',
      '--profile',
      'linux-6.18',
      '--phase',
      'random',
      '--runs',
      '520',
      '--json',
    ];
    const [alone, shared] = [await check(...args), await check(...args, '--workers', 'all')];
    expect(JSON.parse(shared.stdout)).toMatchObject({ runs: { random: 520 } });
    // Rows that were met in runs that were repeated are counted, and late objects decide about these.
    const counted = ({ stdout }: { readonly stdout: string }): unknown => ({
      ...(JSON.parse(stdout) as object),
      covered: null,
    });
    expect(counted(shared)).toEqual(counted(alone));
    const left = processNames().filter((one) => !before.has(one) && one.includes('pinproof'));
    expect(left).toEqual([]);
  });
});
