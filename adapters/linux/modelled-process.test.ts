import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { expect, it } from 'vitest';
import { agentsOf, by, hashMap, onlyOne, setup, withLinux } from './session.test-data.ts';

const read = (pid: number, file: string): string => readFileSync(`/proc/${pid}/${file}`, 'utf8');

/** What a process inherits from us must not reach the modelled ones. */
async function withUmask(umask: number, use: () => Promise<void>): Promise<void> {
  const old = process.umask(umask);
  try {
    await use();
  } finally {
    process.umask(old);
  }
}

it('a modelled process has nothing of ours: descriptors, mounts, umask and limits are the world’s', (context) =>
  withUmask(0o077, () =>
    withLinux(context, async (adapter) => {
      const steps = [...by(1, { call: 'mount', target: '/b' }, hashMap, { call: 'fork' })];
      await adapter.play(steps, 'each');
      const processes = agentsOf(onlyOne(agentsOf(process.pid)));
      expect(processes).toHaveLength(2);
      for (const pid of processes) {
        const open = readdirSync(`/proc/${pid}/fd`).map((fd) => [
          fd,
          readlinkSync(`/proc/${pid}/fd/${fd}`),
        ]);
        expect(open).toEqual([
          ['0', '/dev/null'],
          ['1', '/dev/null'],
          ['2', '/dev/null'],
          ['3', 'anon_inode:bpf-map'],
        ]);
        const mounts = read(pid, 'mountinfo').trim().split('\n');
        expect(mounts.map((line) => line.split(' ').slice(3, 5).join(' '))).toEqual([
          '/ /',
          '/ /b',
        ]);
        expect(mounts.join('\n')).not.toMatch(/shared:|master:/);
        expect(readlinkSync(`/proc/${pid}/cwd`)).toBe('/');
        expect(read(pid, 'status')).toMatch(/^Umask:\t0022$/m);
        expect(read(pid, 'limits')).toMatch(
          new RegExp(`^Max open files +${setup.descriptors} `, 'm'),
        );
        expect(readdirSync(`/proc/${pid}/root`).sort()).toEqual(['b', 'c', 'file']);
      }
    }),
  ));

it('an observation leaves a busy mount and a full table of descriptors as they are', (context) =>
  withLinux(context, async (adapter) => {
    await adapter.reset({ ...setup, descriptors: 4 });
    const answers = await adapter.play(
      by(
        1,
        { call: 'mount', target: '/b' },
        hashMap,
        { call: 'BPF_OBJ_PIN', path: '/b/m', fd: 3 },
        { call: 'close', fd: 3 },
        { call: 'BPF_OBJ_GET', path: '/b/m' },
        { call: 'umount2', target: '/b', flag: 'none' },
        { call: 'close', fd: 3 },
      ),
      'each',
    );
    expect(answers.map(({ outcome }) => outcome.ok)).toEqual(answers.map(() => true));
    expect(answers.map(({ alive }) => alive?.length)).toEqual([0, 1, 1, 1, 1, 1, 0]);
    expect(answers[3]?.sight?.processes[0]?.paths.map(({ path }) => path)).toEqual(['/b', '/b/m']);
  }));
