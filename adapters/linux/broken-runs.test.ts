/** What an agent that plays alone tells of runs that the kernel broke off. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { objectsNamed, planText, readAnswers, type RunToPlay } from './index.ts';
import { permittedOrSkip, run } from './play.test-data.ts';
import { by, hashMap, setup } from './session.test-data.ts';
import { withWrapper } from './wrapped-agent.test-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'pinproof-broken-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const receive = { call: 'recvmsg', fd: 0, room: 0, flag: 'none' } as const;
const rest = { setup, sights: 'none', settle: 'never' } as const;
const broken: RunToPlay = { ...rest, steps: by(1, hashMap, receive) };
const whole: RunToPlay = { ...rest, steps: by(1, { call: 'dup', fd: 0 }) };

const dying = '#include <unistd.h>\nlong __wrap_recvmsg(void) { _exit(5); }';
// As if the kernel went on to list what it has released.
const leaking = `${dying}\n#include <stdint.h>\nint __wrap_is_listed(uint64_t object) { return object != 0; }`;

it('tells of the objects that outlived the broken one', async (context) => {
  await withWrapper('is_listed,--wrap=recvmsg', leaking, async (options) => {
    const agent = await permittedOrSkip(context, options);
    const plan = join(folder, 'a.plan');
    writeFileSync(plan, planText('{}', [broken, whole, broken]).text);
    const { status, stdout } = run(agent, '--play', plan);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^fail implementation process 1 died.*\nsurvivors 1 \d+\nrun 2$/m);
    const read = readAnswers(stdout);
    if ('wrong' in read) throw new Error(read.wrong);
    const { runs, survivors } = read.answers;
    const [first, , last] = runs.map((one) => objectsNamed(broken, one));
    expect([first?.length, last?.length]).toEqual([1, 1]);
    expect(survivors).toEqual([...(first ?? []), ...(last ?? [])]);
  });
});

it('tells of none where all are gone', async (context) => {
  await withWrapper('recvmsg', dying, async (options) => {
    const agent = await permittedOrSkip(context, options);
    const plan = join(folder, 'b.plan');
    writeFileSync(plan, planText('{}', [broken, whole]).text);
    const { stdout } = run(agent, '--play', plan);
    expect(stdout.match(/^survivors .*$/gm)).toEqual(['survivors 0']);
  });
});
