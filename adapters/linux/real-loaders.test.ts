/**
 * Programs that others have written, as clients of a run's bpffs: what they leave there is looked at through
 * the agent. They reach it by /proc/PID/root of the run's first process.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Adapter } from '../contract/index.ts';
import { bpfCompilerMissing, compileFilter, countPackets } from './bpf-compiler.test-data.ts';
import {
  agentsOf,
  by,
  eventually,
  hashMap,
  needs,
  onlyOne,
  outcomes,
  withLinux,
} from './session.test-data.ts';

interface Skippable {
  skip(reason: string): never;
}

const spawned = (command: string, args: readonly string[]) =>
  spawnSync(command, args, { encoding: 'utf8', timeout: 20_000 });

/** Skips the test, saying how to mend it, where a program is not there. */
function requireTool(context: Skippable, tool: 'bpftool' | 'tc'): void {
  if (spawned(tool, ['-V']).error === undefined) return;
  const name = tool === 'tc' ? 'iproute2' : tool;
  context.skip(`${tool}: SKIPPED (it is not there; on Debian: apt-get install ${name})`);
}

/** Runs it to its end, which has to be a good one. */
function client(command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawned(command, args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

/** The root of the run as others see it. */
function rootOfRun(): string {
  const supervisor = onlyOne(agentsOf(process.pid));
  return `/proc/${onlyOne(agentsOf(supervisor))}/root`;
}

const bytes = (value: number): readonly string[] => [String(value), '0', '0', '0'];

/** What the run finds behind a path, and under a key of it. */
async function readBack(adapter: Adapter, path: string, key: number) {
  const [got] = await adapter.play(by(1, { call: 'BPF_OBJ_GET', path }), 'none');
  const fd = got?.outcome.ok === true ? got.outcome.value : -1;
  return outcomes(
    await adapter.play(
      by(1, { call: 'BPF_MAP_LOOKUP_ELEM', fd, key }, { call: 'close', fd }),
      'none',
    ),
  );
}

const mounted = by(1, { call: 'mount', target: '/b' });

describe('what real loaders leave in a bpffs', () => {
  it('is a map that bpftool has made, pinned and filled, after bpftool has ended', async (context) => {
    requireTool(context, 'bpftool');
    await withLinux(context, async (adapter) => {
      await adapter.play(mounted, 'none');
      const pin = `${rootOfRun()}/b/m`;
      const like = 'type hash key 4 value 4 entries 2 name m flags 0'.split(' ');
      client('bpftool', 'map', 'create', pin, ...like);
      client('bpftool', 'map', 'update', 'pinned', pin, 'key', ...bytes(1), 'value', ...bytes(7));
      const [dup] = await adapter.play(by(1, { call: 'dup', fd: 0 }), 'last');
      const path = dup?.sight?.processes[0]?.paths.find((one) => one.path === '/b/m');
      expect(path).toMatchObject({ kind: 'map' });
      expect(await readBack(adapter, '/b/m', 1)).toEqual([7, 0]);
    });
  });

  it('is what bpftool reads and changes of a map that a run has pinned, and its second name', async (context) => {
    requireTool(context, 'bpftool');
    await withLinux(context, async (adapter) => {
      await adapter.play(
        [
          ...mounted,
          ...by(1, hashMap, {
            call: 'BPF_MAP_UPDATE_ELEM',
            fd: 3,
            key: 1,
            value: 5,
            flag: 'BPF_ANY',
          }),
          ...by(1, { call: 'BPF_OBJ_PIN', path: '/b/m', fd: 3 }, { call: 'close', fd: 3 }),
        ],
        'none',
      );
      const root = rootOfRun();
      const dumped = client('bpftool', '-j', 'map', 'dump', 'pinned', `${root}/b/m`);
      expect(JSON.parse(dumped)).toMatchObject([{ value: ['0x05', '0x00', '0x00', '0x00'] }]);
      client(
        'bpftool',
        'map',
        'update',
        'pinned',
        `${root}/b/m`,
        'key',
        ...bytes(1),
        'value',
        ...bytes(9),
      );
      client('bpftool', 'map', 'pin', 'pinned', `${root}/b/m`, `${root}/b/again`);
      await adapter.play(by(1, { call: 'unlink', path: '/b/m' }), 'none');
      expect(await readBack(adapter, '/b/again', 1)).toEqual([9, 0]);
    });
  });

  it('is the value of a pinned map whose program tc has hung up, after tc and its network have ended', async (context) => {
    requireTool(context, 'tc');
    await withLinux(context, async (adapter) => {
      needs(context, adapter, 'RTM_NEWTFILTER');
      await adapter.play(
        [
          ...mounted,
          ...by(1, hashMap, {
            call: 'BPF_MAP_UPDATE_ELEM',
            fd: 3,
            key: 1,
            value: 5,
            flag: 'BPF_ANY',
          }),
          ...by(1, { call: 'BPF_PROG_LOAD', type: 'BPF_PROG_TYPE_SCHED_CLS', mapFd: 3 }),
          ...by(1, { call: 'BPF_OBJ_PIN', path: '/b/m', fd: 3 }),
          ...by(1, { call: 'BPF_OBJ_PIN', path: '/b/p', fd: 4 }),
          ...by(1, { call: 'close', fd: 3 }, { call: 'close', fd: 4 }),
        ],
        'none',
      );
      const script =
        'ip link set lo up && tc qdisc add dev lo clsact && ' +
        'tc filter add dev lo ingress bpf da object-pinned "$1" && tc filter show dev lo ingress';
      const shown = client('unshare', '--net', 'sh', '-c', script, 'sh', `${rootOfRun()}/b/p`);
      expect(shown).toContain('direct-action');
      // With its pin gone, only what tc has left could hold the program.
      const [removed] = await adapter.play(by(1, { call: 'unlink', path: '/b/p' }), 'none');
      expect(removed?.outcome).toMatchObject({ ok: true });
      expect(await readBack(adapter, '/b/m', 1)).toEqual([5, 0]);
      // The network, and with it the filter, ends some time after its last process.
      const isAlone = async () => (await adapter.settle()).objects.length === 1;
      expect(await eventually(isAlone)).toBe(true);
      expect(await readBack(adapter, '/b/m', 1)).toEqual([5, 0]);
    });
  });

  it('is the map that tc made for a program and pinned by its name, with what it counted, after tc and its network have ended', async (context) => {
    requireTool(context, 'tc');
    const missing = bpfCompilerMissing();
    if (missing !== null) context.skip(`tc: SKIPPED (${missing})`);
    const folder = mkdtempSync(join(tmpdir(), 'pinproof-loaders-'));
    try {
      const filter = join(folder, 'count-packets.o');
      compileFilter(countPackets, filter);
      await withLinux(context, async (adapter) => {
        needs(context, adapter, 'RTM_NEWTFILTER');
        await adapter.play(mounted, 'none');
        const script =
          'ip link set lo up && tc qdisc add dev lo clsact && ' +
          'tc filter add dev lo ingress bpf da obj "$1" sec tc && ' +
          "python3 -c \"import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))\"";
        const bpffs = `TC_BPF_MNT=${rootOfRun()}/b`;
        // What libbpf tells of debug information that gcc writes its own way is no failure.
        const { status } = spawned('env', [
          bpffs,
          ...['unshare', '--net', 'sh', '-c', script, 'sh', filter],
        ]);
        expect(status).toBe(0);
        const [counted] = await readBack(adapter, '/b/tc/globals/packets', 0);
        expect(counted).toBeGreaterThan(0);
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
