/** The agent that plays a plan alone, as a program. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, describe, expect, it, type TestContext } from 'vitest';
import { readyAgent } from './agent-binary.ts';
import { planText, portableAgent, readAnswers, type RunToPlay } from './index.ts';
import { agentOrSkip, permittedOrSkip, run } from './play.test-data.ts';
import { asksForLinker } from './portable-agent.ts';
import { by, hashMap, setup } from './session.test-data.ts';
import { withWrapper } from './wrapped-agent.test-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'pinproof-play-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const rest = { setup, sights: 'none', settle: 'never' } as const;
const dup: RunToPlay = { ...rest, steps: by(1, { call: 'dup', fd: 0 }) };
const made: RunToPlay = { ...rest, steps: by(1, hashMap), settle: 'at-end' };
const { text } = planText('{}', [dup, made]);
const received: RunToPlay = {
  ...rest,
  steps: by(1, { call: 'recvmsg', fd: 0, room: 0, flag: 'none' }),
};

/** A plan of any lines, with its sum. */
function planOf(...lines: readonly string[]): string {
  const body = ['{}', ...lines, ''].join('\n');
  return `pinproof-plan/1 1 ${crc32(body).toString(16).padStart(8, '0')}\n${body}`;
}

function file(content: string): string {
  const path = join(folder, 'a.plan');
  writeFileSync(path, content);
  return path;
}

describe('the agent alone', () => {
  it('plays run after run and answers every request', async (context) => {
    const agent = await permittedOrSkip(context);
    const { status, stdout, stderr } = run(agent, '--play', file(text));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const read = readAnswers(stdout);
    expect(read).toMatchObject({
      answers: { ended: 'complete', survivors: [], runs: [{ ended: 'whole' }, { ended: 'whole' }] },
    });
    if ('wrong' in read) throw new Error(read.wrong);
    expect(read.answers.runs.map(({ lines }) => lines.length)).toEqual([1, 4]);
    expect(read.answers.runs[0]?.lines).toEqual(['3 0 0 0']);
  });

  it('writes its answers to a file, too', async (context) => {
    const agent = await permittedOrSkip(context);
    const answers = join(folder, 'ANSWERS');
    // Longer than what comes: nothing of it stays.
    writeFileSync(answers, 'of yesterday\n'.repeat(1000));
    const { status, stdout } = run(agent, '--play', file(text), '--answers', answers);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(readFileSync(answers, 'utf8')).toMatch(/^pinproof-answers\/1\n[^y]*\nend 2\n$/);
  });

  const damaged = 'it is torn or damaged: copy it again';

  it.each([
    ['is empty', '', 'it is empty'],
    ['is something else', '# a trace\n', 'it is no plan of pinproof'],
    [
      'is of another version',
      text.replace('/1 ', '/2 '),
      'it is a plan of another version: take the agent that came with it',
    ],
    ['is torn', text.slice(0, -30), damaged],
    ['ends behind its first line', text.slice(0, text.indexOf('\n') + 1), damaged],
    ['has a wrong letter', text.replace('dup', 'dap'), damaged],
    ['has fewer runs than it says', planOf(), damaged],
    ['has more runs than it says', planOf('run 1', 'run 2'), damaged],
  ])('refuses with one sentence a plan that %s', async (_, content, why) => {
    const agent = await readyAgent({});
    if ('missing' in agent) return;
    const { status, stdout, stderr } = run(agent.binary, '--play', file(content));
    const sentence = `agent: the plan ${file(content)} cannot be played: ${why}.\n`;
    expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: '', stderr: sentence });
  });

  it.each([
    [['--play', '/nowhere'], 'the plan /nowhere cannot be played: No such file or directory'],
    [['--play', '/'], 'the plan / cannot be played: it is no regular file'],
    [['--answers', '/x'], 'there is no plan to play: give --play FILE'],
    [
      ['--play', 'p', '--fast'],
      '--fast is not understood; give --play FILE, --answers FILE, --times FILE, --cookies or --power-off',
    ],
    [['--play', 'p', '--power-off'], '--power-off is for the first process of a machine only'],
  ])('refuses %j with one sentence', async (args, why) => {
    const agent = await readyAgent({});
    if ('missing' in agent) return;
    const { status, stderr } = run(agent.binary, ...args);
    expect({ status, stderr }).toEqual({ status: 2, stderr: `agent: ${why}.\n` });
  });

  it('says in one sentence what of its own failed', async (context) => {
    const agent = await permittedOrSkip(context);
    const { status, stderr } = run(agent, '--play', file(planOf('run 1', 'nonsense')));
    const sentence = 'agent: the agent does not know the request nonsense.\n';
    expect({ status, stderr }).toEqual({ status: 3, stderr: sentence });
    const full = openSync('/dev/full', 'w');
    const stdio = ['ignore', full, 'pipe'] as const;
    const unwritten = spawnSync(agent, ['--play', file(text)], {
      encoding: 'utf8',
      stdio: [...stdio],
    });
    expect(unwritten.status).toBe(3);
    expect(unwritten.stderr).toMatch(/^agent: cannot write the answers: .*\.\n$/);
  });

  it('goes on with the next run where the kernel does not come back from a call', async (context) => {
    const hanging = 'long __wrap_recvmsg(void) { for (;;) usleep(1000); }';
    await withWrapper('recvmsg', `#include <unistd.h>\n${hanging}`, async (options) => {
      const agent = await permittedOrSkip(context, options);
      const { status, stdout } = run(agent, '--play', file(planText('{}', [received, made]).text));
      expect(status).toBe(0);
      expect(readAnswers(stdout)).toMatchObject({
        answers: {
          ended: 'complete',
          runs: [
            { lines: [], ended: { failed: 'a call of process 1 did not return within 5000 ms' } },
            { ended: 'whole' },
          ],
        },
      });
    });
  });

  it('gives up where the kernel comes back from none', async (context) => {
    const dying = '#include <unistd.h>\nlong __wrap_recvmsg(void) { _exit(5); }';
    await withWrapper('recvmsg', dying, async (options) => {
      const agent = await permittedOrSkip(context, options);
      const many = planText('{}', Array<RunToPlay>(20).fill(received));
      const { status, stdout, stderr } = run(agent, '--play', file(many.text));
      expect({ status, stderr }).toEqual({
        status: 3,
        stderr: 'agent: 16 runs were broken off by the kernel, so the others were not played.\n',
      });
      const read = readAnswers(stdout);
      expect('answers' in read && read.answers.runs.length).toBe(16);
      expect(read).toMatchObject({ answers: { ended: 'given-up' } });
    });
  });

  it('leaves out what the machine lacks', async (context) => {
    const refusing =
      '#include <sched.h>\nint __real_unshare(int);\nint __wrap_unshare(int flags) { errno = ENOSPC; return flags & CLONE_NEWUSER ? -1 : __real_unshare(flags); }';
    await withWrapper('unshare', refusing, async (options) => {
      const agent = await permittedOrSkip(context, options);
      const steps = by(1, { call: 'dup', fd: 0 }, { call: 'unshare-user' }, { call: 'dup', fd: 0 });
      const { text: own } = planText('{}', [{ ...rest, steps }]);
      const { status, stdout } = run(agent, '--play', file(own));
      expect(status).toBe(0);
      expect(readAnswers(stdout)).toMatchObject({
        answers: { runs: [{ lines: ['3 0 0 0'], ended: 'cut' }] },
      });
    });
  });
});

/** As the kernel does where the root is the first file system of all; the run's own roots are others. */
const initramfs = `
#include <sys/syscall.h>
long __real_syscall(long, ...);
long __wrap_syscall(long number, ...) {
  static int is_refused;
  long given[6];
  va_list list;
  va_start(list, number);
  for (int i = 0; i < 6; i++) given[i] = va_arg(list, long);
  va_end(list);
  if (number == SYS_pivot_root && !is_refused) {
    is_refused = 1;
    errno = EINVAL;
    return -1;
  }
  return __real_syscall(number, given[0], given[1], given[2], given[3], given[4], given[5]);
}`;

describe('the agent in an initramfs', () => {
  it('moves its home over a root that cannot be changed for another', async (context) => {
    await withWrapper('syscall', initramfs, async (options) => {
      const agent = await permittedOrSkip(context, options);
      const steps = by(
        1,
        { call: 'mount', target: '/b' },
        { call: 'unshare-user' },
        { call: 'mkdir', path: '/b/d' },
        { call: 'umount2', target: '/b', flag: 'none' },
      );
      const { text: own } = planText('{}', [{ ...rest, steps }]);
      const moved = run(agent, '--play', file(own));
      const plain = run(await permittedOrSkip(context), '--play', file(own));
      expect({ status: moved.status, stderr: moved.stderr }).toEqual({ status: 0, stderr: '' });
      expect(moved.stdout).toBe(plain.stdout);
    });
  });
});

describe('the agent that is taken elsewhere', () => {
  it('needs no dynamic linker', async (context: TestContext) => {
    const agent = await portableAgent();
    if ('missing' in agent) context.skip(agent.missing);
    expect(asksForLinker(agent.bytes)).toBe(false);
  });

  it('is not one that needs it', async (context) => {
    const cacheHome = mkdtempSync(join(tmpdir(), 'pinproof-'));
    try {
      await agentOrSkip(context, { cacheHome, compilers: [['cc']] });
      expect(await portableAgent({ cacheHome })).toMatchObject({
        missing: expect.stringMatching(/^The agent could not be linked statically/) as string,
      });
      expect(await portableAgent({ cacheHome: 'relative' })).toHaveProperty('missing');
    } finally {
      rmSync(cacheHome, { recursive: true });
    }
  });

  it('is told apart on machines of 32 bits, too', () => {
    const elf = Buffer.alloc(128);
    elf[4] = 1;
    elf.writeUInt32LE(64, 28);
    elf.writeUInt16LE(32, 42);
    elf.writeUInt16LE(2, 44);
    expect(asksForLinker(elf)).toBe(false);
    elf.writeUInt32LE(3, 96);
    expect(asksForLinker(elf)).toBe(true);
  });
});
