import { describe, expect, it } from 'vitest';
import { chooseProfile } from '../selection.ts';
import { numbersIn, processors, startPool } from './share-pool.ts';

const job = {
  target: { kind: 'reference', name: 'reference' },
  profile: chooseProfile('linux-6.18', []),
  options: { runs: 600, length: 5, seed: 1, phase: 'random' },
  deadline: null,
} as const;

describe('the pool of those who play shares', () => {
  it('hands on what each tells, in its order', async () => {
    const pool = startPool(2, job, new AbortController().signal);
    const kinds = async (index: number, count: number): Promise<readonly string[]> => {
      const messages: string[] = [];
      for (let at = 0; at < count; at++) messages.push((await pool.players.next(index)).kind);
      return messages;
    };
    expect(await kinds(0, 3)).toEqual(['part', 'part', 'end']);
    expect(await kinds(1, 2)).toEqual(['part', 'end']);
    await pool.close();
  });

  it('stops all of them at an interrupt', async () => {
    const controller = new AbortController();
    const pool = startPool(
      2,
      { ...job, options: { ...job.options, runs: 1e8 } },
      controller.signal,
    );
    await pool.players.next(0);
    controller.abort();
    let message = await pool.players.next(1);
    while (message.kind === 'part') message = await pool.players.next(1);
    expect(message.end).toMatchObject({ ended: 'stopped' });
    await pool.close();
  });

  it('says so if one has ended that was not at its end', async () => {
    const pool = startPool(1, job, new AbortController().signal);
    await pool.close();
    const all = async (): Promise<void> => {
      for (;;) await pool.players.next(0);
    };
    await expect(all()).rejects.toThrow('a worker ended with status 0');
  });

  it('passes on why a target cannot be started, as a failure of ours', async () => {
    const target = { kind: 'exec', name: 'exec:false', command: 'false' } as const;
    const pool = startPool(1, { ...job, target }, new AbortController().signal);
    await expect(pool.players.next(0)).rejects.toMatchObject({ blame: 'harness' });
    await pool.close();
  });
});

describe('the processors that we may use', () => {
  it('are read from a list as the kernel writes it', () => {
    expect(numbersIn('0-2,5,7-8')).toEqual([0, 1, 2, 5, 7, 8]);
    expect(numbersIn('')).toEqual([]);
  });

  it('are some here', () => {
    expect(processors().length).toBeGreaterThan(0);
  });
});
