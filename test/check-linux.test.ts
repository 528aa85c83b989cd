import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { linuxMissing, pinproof, temporaryFolder } from './run-pinproof.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const missing = await linuxMissing();

const check = (...args: readonly string[]) =>
  pinproof(['check', 'linux', '--json', ...args], { cwd: folder.path });

describe('check linux', () => {
  it('finds that the kernel conforms to its profile, the same twice', async (context) => {
    if (missing !== null) context.skip(`linux: SKIPPED (${missing})`);
    const args = ['--profile', 'linux-6.18', '--phase', 'random', '--runs', '60'];
    const first = await check(...args);
    const second = await check(...args, '--measurements', join(folder.path, 'measured.json'));
    expect(second.stdout).toBe(first.stdout);
    expect(first.code).toBe(0);
    expect(JSON.parse(first.stdout)).toMatchObject({
      profileOrigin: 'given',
      verdict: 'conforms',
      notObservable: [{ property: 'refcount-equals-holders' }, { property: 'frozen-maps-stay' }],
    });
  }, 180_000);

  it('measures how long what was let go was there, whoever plays', async (context) => {
    if (missing !== null) context.skip(`linux: SKIPPED (${missing})`);
    const file = join(folder.path, 'measured.json');
    const args = [
      '--profile',
      'linux-6.18',
      '--phase',
      'random',
      '--runs',
      '300',
      '--workers',
      '2',
    ];
    await check(...args, '--measurements', file);
    const { checks } = JSON.parse(readFileSync(file, 'utf8')) as { checks: unknown[] };
    const times = {
      count: expect.any(Number) as number,
      microseconds: Object.fromEntries(
        ['min', 'median', 'p90', 'p99', 'max'].map((name) => [name, expect.any(Number)]),
      ),
    };
    const { deferredReleases } = checks[0] as { deferredReleases: { byCall: unknown[] }[] };
    const maps = { object: 'map', ...times, byCall: expect.anything() as unknown };
    expect(deferredReleases[0]).toEqual(maps);
    expect(deferredReleases[0]?.byCall).toContainEqual({ call: 'exit_group', ...times });
  }, 180_000);

  it('reports how a modern kernel differs from linux-4.4', async (context) => {
    if (missing !== null) context.skip(`linux: SKIPPED (${missing})`);
    const { code, stdout } = await check(
      ...['--profile', 'linux-4.4', '--phase', 'random', '--runs', '40'],
    );
    expect(code).toBe(1);
    const { deviations } = JSON.parse(stdout) as {
      deviations: { id: string; of: string; calls: number; file: string }[];
    };
    expect(new Set(deviations.map(({ of }) => of))).toEqual(new Set(['property', 'clause']));
    const singleton = deviations.filter(({ id }) => id === 'singleton-per-namespace');
    expect(Math.min(...singleton.map(({ calls }) => calls))).toBeLessThanOrEqual(5);
  }, 180_000);
});
