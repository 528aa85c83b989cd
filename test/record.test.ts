import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  bpfCompilerMissing,
  compileFilter,
  countPackets,
} from '../adapters/linux/bpf-compiler.test-data.ts';
import { linuxMissing, pinproof, temporaryFolder } from './run-pinproof.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const scenes = join(import.meta.dirname, 'logs');

/** Why nothing can be recorded here, or null. */
async function missingFor(...programs: readonly string[]): Promise<string | null> {
  for (const program of ['strace', 'unshare', ...programs]) {
    const { status } = spawnSync('sh', ['-c', `command -v ${program}`]);
    if (status !== 0) return `${program} is not installed`;
  }
  return linuxMissing();
}

const toolsMissing = await missingFor('bpftool');
const compilerMissing = await missingFor('cc');
const loaderMissing = bpfCompilerMissing() ?? (await missingFor('tc', 'ip', 'bpftool', 'python3'));

interface Told {
  readonly explanations: readonly {
    readonly explanation: {
      readonly verdict: { readonly verdict: string };
      readonly assumptions: readonly unknown[];
      readonly objects: readonly {
        readonly label: string;
        readonly end: { readonly kind: string };
        readonly outlived: { readonly paths: readonly string[] } | null;
      }[];
      readonly mounts: readonly { readonly unmounted: unknown }[];
    };
  }[];
}

/** Records a command in a mount namespace of its own, which takes every mount with it. */
async function recorded(place: string, ...command: readonly string[]): Promise<Told> {
  mkdirSync(join(place, 'a'), { recursive: true });
  mkdirSync(join(place, 'b'), { recursive: true });
  const { code, stdout, stderr } = await pinproof(
    ['record', '--json', '--keep', join(place, 'log'), '--']
      .concat(['unshare', '--mount', '--propagation', 'private'])
      .concat(command),
    { environment: { PLACE: place } },
  );
  expect([code, code === 0 ? '' : stderr + stdout]).toEqual([0, '']);
  return JSON.parse(stdout) as Told;
}

describe('record', () => {
  it('explains bpftool and the tools of files: two mounts, rename, link, another namespace', async (context) => {
    if (toolsMissing !== null) context.skip(`record: SKIPPED (${toolsMissing})`);
    const place = join(folder.path, 'tools');
    const told = await recorded(place, 'sh', join(scenes, 'two-mounts.sh'));
    const [{ explanation } = { explanation: null }] = told.explanations;
    expect(explanation?.verdict).toEqual({ verdict: 'conforms' });
    expect(explanation?.assumptions).toEqual([]);
    expect(explanation?.objects.map(({ label, end }) => [label, end.kind])).toEqual([
      ['map one', 'died'],
      ['map two', 'died'],
    ]);
    expect(explanation?.mounts.map(({ unmounted }) => unmounted !== null)).toEqual([true, true]);
    // The log is kept, and tells the same again.
    const again = await pinproof(['explain', join(place, 'log'), '--json']);
    const { explanations } = JSON.parse(again.stdout) as Told;
    expect(explanations[0]?.explanation).toEqual(explanation);
  });

  it('explains a program that passes maps on: a socket, a pidfd, fork and exec', async (context) => {
    if (compilerMissing !== null) context.skip(`record: SKIPPED (${compilerMissing})`);
    const program = join(folder.path, 'pass-on');
    const built = spawnSync('cc', ['-o', program, join(scenes, 'pass-on.c')], { encoding: 'utf8' });
    expect(built.stderr).toBe('');
    const place = join(folder.path, 'passing');
    const script = 'mount -t bpf bpf "$PLACE/a" && "$0" "$PLACE/a" && umount "$PLACE/a"';
    const told = await recorded(place, 'sh', '-c', script, program);
    const [{ explanation } = { explanation: null }] = told.explanations;
    expect(explanation?.verdict).toEqual({ verdict: 'conforms' });
    expect(explanation?.assumptions).toEqual([]);
    expect(explanation?.objects.map(({ label, end }) => [label, end.kind])).toEqual([
      ['map sent', 'died'],
      ['map taken', 'died'],
    ]);
  });

  it('explains tc, which makes a map, pins it and ends: what it counted outlives tc and the filter', async (context) => {
    if (loaderMissing !== null) context.skip(`record: SKIPPED (${loaderMissing})`);
    const place = join(folder.path, 'counting');
    mkdirSync(place);
    const filter = join(place, 'count-packets.o');
    compileFilter(countPackets, filter);
    const script = join(scenes, 'count-packets.sh');
    const told = await recorded(place, 'env', `FILTER=${filter}`, 'unshare', '--net', 'sh', script);
    const [{ explanation } = { explanation: null }] = told.explanations;
    expect(explanation?.verdict).toEqual({ verdict: 'conforms' });
    expect(explanation?.assumptions).toEqual([]);
    expect(explanation?.objects.map(({ label, end }) => [label, end.kind])).toEqual([
      ['map packets', 'died'],
      ['program count', 'died'],
    ]);
    const [map] = explanation?.objects ?? [];
    expect(map?.outlived?.paths).toEqual(['/sys/fs/bpf/tc/globals/packets']);
    const counted: unknown = JSON.parse(readFileSync(join(place, 'counted'), 'utf8'));
    const [first] = (counted as { readonly value: readonly string[] }[])[0]?.value ?? [];
    expect(Number(first)).toBeGreaterThan(0);
  });

  it('says in one sentence that strace is missing', async () => {
    const { code, stdout, stderr } = await pinproof(['record', '--', 'true'], {
      environment: { PATH: folder.path },
    });
    expect(stderr).toMatch(
      /^pinproof: strace could not be started \([^\n]*\); install it[^\n]*\n$/,
    );
    expect([code, stdout]).toEqual([3, '']);
  });

  it('says in one sentence where the log cannot be kept', async (context) => {
    if (toolsMissing !== null) context.skip(`record: SKIPPED (${toolsMissing})`);
    writeFileSync(join(folder.path, 'file'), '');
    const keep = join(folder.path, 'file', 'log');
    const { code, stderr } = await pinproof(['record', '--keep', keep, '--', 'true']);
    expect(stderr).toMatch(
      /the log cannot be written to [^\n]*; choose another file with --keep\.\n$/,
    );
    expect(code).toBe(2);
    expect(existsSync(keep)).toBe(false);
    expect(readFileSync(join(folder.path, 'file'), 'utf8')).toBe('');
  });
});
