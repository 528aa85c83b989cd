import { describe, expect, it } from 'vitest';
import { createReference } from '../../adapters/reference/index.ts';
import { Interrupted } from '../bad-input.ts';
import { interruptible, responsive } from './responsive.ts';

const setup = { host: ['/a/'], watch: ['/a'], descriptors: 8 };

describe('a responsive adapter', () => {
  it('lets other events happen between runs, however fast it answers', async () => {
    const adapter = responsive(createReference('linux-4.4'));
    const heard: string[] = [];
    setTimeout(() => heard.push('timer'), 1);
    const start = performance.now();
    while (performance.now() - start < 5000) {
      await adapter.reset(setup);
      if (heard.length > 0) break;
    }
    expect(heard).toEqual(['timer']);
    await adapter.close();
  });

  it('answers as the adapter behind it', async () => {
    const adapter = responsive(createReference('linux-4.4'));
    expect(adapter.hello.version).toBe('linux-4.4');
    await adapter.reset(setup);
    const steps = [{ pid: 1, call: { call: 'fork' } } as const];
    expect(await adapter.play(steps, 'none')).toMatchObject([{ outcome: { ok: true, value: 2 } }]);
    expect((await adapter.settle()).processes).toHaveLength(2);
    expect(await adapter.alive([1])).toEqual([]);
    expect(adapter).not.toHaveProperty('goneAt');
    await adapter.close();
  });

  it('tells when objects were seen to be gone if that one does', async () => {
    const adapter = responsive({
      ...createReference('linux-4.4'),
      goneAt: (ids: readonly number[]) => ids.map((id) => 10 * id),
    });
    expect(await adapter.goneAt?.([1, 2])).toEqual([10, 20]);
  });
});

describe('an interruptible adapter', () => {
  it('refuses another run once it is interrupted', async () => {
    const controller = new AbortController();
    const adapter = interruptible(responsive(createReference('linux-4.4')), controller.signal);
    await adapter.reset(setup);
    controller.abort();
    await expect(async () => adapter.reset(setup)).rejects.toThrow(Interrupted);
    await adapter.close();
  });
});
