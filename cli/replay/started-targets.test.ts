import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { idle } from '../../test/idle-program.ts';
import { temporaryFolder } from '../../test/run-pinproof.ts';
import { readTarget } from '../check/targets.ts';
import { chooseProfile } from '../selection.ts';
import { startedTargets } from './started-targets.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const old = chooseProfile('linux-4.4', []);
const recent = chooseProfile('linux-6.18', []);

describe('the targets of a replay', () => {
  it('are started once, whatever they are compared with', async () => {
    const file = join(folder.path, 'starts');
    const counting = idle.replace('exec:', `exec:echo started >> ${file}; `);
    const targets = startedTargets([readTarget(counting)]);
    const [first] = await targets.under(old);
    const [second] = await targets.under(recent);
    await targets.close();
    expect(second).toBe(first);
    expect(readFileSync(file, 'utf8')).toBe('started\n');
  });

  it('are a reference for each profile, and one each time that one is named', async () => {
    const targets = startedTargets(['reference', 'reference'].map(readTarget));
    const [one, other] = await targets.under(old);
    expect(other?.adapter).not.toBe(one?.adapter);
    expect((await targets.under(old)).map((target, at) => target === [one, other][at])).toEqual([
      true,
      true,
    ]);
    const [built] = await targets.under(recent);
    expect([one, built].map((target) => target?.adapter.hello.version)).toEqual([
      'linux-4.4',
      'linux-6.18',
    ]);
    await targets.close();
  });

  it('are all closed, also where the first cannot be', async () => {
    const targets = startedTargets(['reference', 'reference'].map(readTarget));
    const [first, second] = await targets.under(recent);
    if (first === undefined || second === undefined) throw new Error('two were asked for');
    vi.spyOn(first.adapter, 'close').mockImplementation(() => {
      throw new Error('something is left');
    });
    const closed = vi.spyOn(second.adapter, 'close');
    await expect(targets.close()).rejects.toThrow('something is left');
    expect(closed).toHaveBeenCalledOnce();
  });
});
