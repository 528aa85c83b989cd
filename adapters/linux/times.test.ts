/** What the agent tells of the time that runs took. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, type TestContext } from 'vitest';
import { readyAgent } from './agent-binary.ts';
import { planText, probeLinux, type RunToPlay } from './index.ts';
import { by, hashMap, setup } from './session.test-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'pinproof-times-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const dup: RunToPlay = {
  ...{ setup, sights: 'none', settle: 'never' },
  steps: by(1, { call: 'dup', fd: 0 }),
};
const made: RunToPlay = { ...dup, steps: by(1, hashMap), settle: 'at-end' };
const plan = join(folder, 'a.plan');
writeFileSync(plan, planText('{}', [dup, made]).text);

async function playOrSkip(context: TestContext, times: string) {
  const permission = await probeLinux();
  if (!permission.permitted) context.skip(`linux: SKIPPED (${permission.reason})`);
  const agent = await readyAgent({});
  if ('missing' in agent) context.skip(agent.missing);
  const args = ['--play', plan, '--times', times];
  return spawnSync(agent.binary, args, { encoding: 'utf8', timeout: 60_000 });
}

describe('the times of an agent that plays alone', () => {
  it('say where the time of runs went, and how often each call was made', async (context) => {
    const times = join(folder, 'TIMES');
    expect(await playOrSkip(context, times)).toMatchObject({ status: 0, stderr: '' });
    const lines = readFileSync(times, 'utf8').trim().split('\n');
    const fields = lines.map((line) => line.split(' '));
    const nanoseconds = (part: string): number =>
      Number(fields.find(([kind, name]) => kind === 'part' && name === part)?.[3]);
    expect(nanoseconds('namespace')).toBeGreaterThan(0);
    expect(nanoseconds('spawn')).toBeGreaterThan(0);
    // Two grace periods, of some milliseconds each.
    expect(nanoseconds('settle')).toBeGreaterThan(1e6);
    expect(nanoseconds('whole')).toBeGreaterThan(nanoseconds('settle') + nanoseconds('calls'));
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^part whole 2 \d+$/),
        expect.stringMatching(/^call dup 1 \d+ \d \d+$/),
        expect.stringMatching(/^call BPF_MAP_CREATE 1 \d+ \d \d+$/),
      ]),
    );
    expect(fields.filter(([kind]) => kind === 'call')).toHaveLength(2);
  });

  it('are refused in one sentence where they cannot be written', async (context) => {
    const { status, stderr } = await playOrSkip(context, join(folder, 'no', 'file'));
    expect(status).toBe(2);
    expect(stderr).toMatch(/^agent: the times cannot be written to .*: No such file or dir.*\.\n$/);
  });
});
