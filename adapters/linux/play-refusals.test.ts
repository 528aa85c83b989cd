/** Where the agent does not play a plan: each in one sentence, and earlier answers stay as they are. */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, type TestContext } from 'vitest';
import { planText } from './index.ts';
import { agentOrSkip, permittedOrSkip, run } from './play.test-data.ts';
import { by, hashMap, setup } from './session.test-data.ts';
import { readStanding } from './standing.ts';
import { mountWithout, withWrapper } from './wrapped-agent.test-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'pinproof-play-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const plan = join(folder, 'a.plan');
const made = { setup, sights: 'none', settle: 'never', steps: by(1, hashMap) } as const;
writeFileSync(plan, planText('{}', [made]).text);

describe('the agent of somebody who may not do everything', () => {
  const asRoot = ': run it as root, with all capabilities and in no user namespace';
  const refusal = (what: string, mend: string): string =>
    `agent: this machine does not let the agent ${what}${mend}.\n`;

  /** Through a command that takes rights away, with answers in a file that holds others. */
  function playThrough(context: TestContext, through: readonly string[], agent: string) {
    const [command = '', ...args] = through;
    if (spawnSync(command, [...args, 'true']).status !== 0) {
      context.skip(`${through.join(' ')} cannot be run here`);
    }
    chmodSync(folder, 0o755);
    const own = join(folder, 'agent');
    copyFileSync(agent, own);
    chmodSync(own, 0o755);
    const answers = join(folder, 'EARLIER');
    writeFileSync(answers, 'of yesterday\n');
    chmodSync(answers, 0o666);
    const played = run(command, ...args, own, '--play', plan, '--answers', answers);
    expect(readFileSync(answers, 'utf8')).toBe('of yesterday\n');
    return { status: played.status, stdout: played.stdout, stderr: played.stderr };
  }

  for (const [who, through, what] of [
    [
      'nobody',
      ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'],
      'create eBPF maps (Operation not permitted)',
    ],
    [
      'the root of a user namespace',
      ['unshare', '-Ur'],
      'create eBPF maps (Operation not permitted)',
    ],
    [
      'a root that may not change its root',
      ['setpriv', '--inh-caps=-sys_chroot', '--bounding-set=-sys_chroot'],
      'change its root (Operation not permitted)',
    ],
    [
      'a root that may not give files away',
      ['setpriv', '--inh-caps=-chown', '--bounding-set=-chown'],
      'act as root with all capabilities (Operation not permitted)',
    ],
  ] as const) {
    it(`plays nothing for ${who}, and says why in one sentence`, async (context) => {
      const agent = await permittedOrSkip(context);
      if (readStanding().unprivilegedBpf === 'allowed') {
        context.skip('kernel.unprivileged_bpf_disabled is 0: everybody may do more here');
      }
      const played = playThrough(context, through, agent);
      expect(played).toEqual({ status: 3, stdout: '', stderr: refusal(what, asRoot) });
    });
  }

  it('does not send who has no bpf file system to root', async (context) => {
    const noBpffs = mountWithout('bpf');
    await withWrapper('mount', noBpffs, async (options) => {
      const { status, stderr } = run(await permittedOrSkip(context, options), ...['--play', plan]);
      const what = 'have a mount namespace and a bpf file system of its own (No such device)';
      expect({ status, stderr }).toEqual({ status: 3, stderr: refusal(what, '') });
    });
  });

  it('says so where trying out what there is comes to nothing', async (context) => {
    await withWrapper(
      'getrlimit',
      '#include <unistd.h>\nint __wrap_getrlimit(void) { _exit(1); }',
      async (options) => {
        const { status, stderr } = run(await agentOrSkip(context, options), '--play', plan);
        expect({ status, stderr }).toEqual({
          status: 3,
          stderr: 'agent: the machine could not be probed.\n',
        });
      },
    );
  });

  it('leaves earlier answers as they are where the plan is none', async (context) => {
    const agent = await agentOrSkip(context);
    const answers = join(folder, 'KEPT');
    writeFileSync(answers, 'of yesterday\n');
    expect(run(agent, '--play', '/nowhere', '--answers', answers).status).toBe(2);
    expect(readFileSync(answers, 'utf8')).toBe('of yesterday\n');
  });
});
