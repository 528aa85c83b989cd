import { describe, expect, it } from 'vitest';
import type { Adapter, Hello } from '../adapters/contract/index.ts';
import { mutants } from '../adapters/mutants/index.ts';
import { createReference } from '../adapters/reference/index.ts';
import type { Call, CallName } from '../model/vocabulary/index.ts';
import { check } from './campaign.ts';
import type { CampaignOptions, CampaignResult } from './campaign.types.ts';
import type { Deviation } from './deviation.types.ts';
import type { RecordedStep } from './replay.types.ts';
import { specify } from './specify.ts';

const mount = { call: 'mount', target: '/mnt/a' } as const;
const create: Call = {
  call: 'BPF_MAP_CREATE',
  type: 'BPF_MAP_TYPE_ARRAY',
  keySize: 4,
  valueSize: 4,
  maxEntries: 1,
};
const pin: Call = { call: 'BPF_OBJ_PIN', path: '/mnt/a/x', fd: 3 };
const get: Call = { call: 'BPF_OBJ_GET', path: '/mnt/a/x' };
const close: Call = { call: 'close', fd: 3 };
const unlink: Call = { call: 'unlink', path: '/mnt/a/x' };
const dup: Call = { call: 'dup', fd: 3 };
const exit: Call = { call: 'exit_group' };

const trace = (...calls: readonly Call[]): readonly RecordedStep[] =>
  calls.map((call) => ({ step: { pid: 1, call } }));

const traces = [
  trace(mount, create, pin, close, get),
  trace(create, dup),
  trace(mount, create, pin, unlink, close),
  trace(mount, create, pin, { call: 'fork' }, exit),
];

function mutant(name: string): Adapter {
  const found = mutants.find(({ id }) => id === name);
  if (found === undefined) throw new Error(`no mutant is called ${name}`);
  return found.create();
}

/** The same adapter, but for what it says of itself. */
const declaring = (adapter: Adapter, changes: Partial<Hello>): Adapter => ({
  ...adapter,
  hello: { ...adapter.hello, ...changes },
});

const callsOf = (deviation: Deviation | undefined): readonly CallName[] =>
  (deviation?.trace ?? []).map(({ step }) => step.call.call);

const play = (adapter: Adapter, options: Partial<CampaignOptions> = {}): Promise<CampaignResult> =>
  check(adapter, specify('linux-6.18'), { runs: 9, length: 9, seed: 1, traces, ...options });

describe('a campaign of traces', () => {
  it('plays them, and no other runs', async () => {
    const result = await play(createReference('linux-6.18'));
    expect(result).toMatchObject({
      verdict: 'conforms',
      runs: { traces: 4, short: 0, random: 0 },
      compared: 17,
      skipped: [],
      exhaustiveUpTo: 0,
    });
  });

  it('holds an implementation against the model, not against what was recorded', async () => {
    const wrong = trace(create, close).map((step) => ({
      ...step,
      outcome: { ok: false, errno: 'EPERM' } as const,
    }));
    const result = await play(createReference('linux-6.18'), { traces: [wrong] });
    expect(result).toMatchObject({ verdict: 'conforms', compared: 2 });
  });

  it('finds what is wrong, with the shortest trace', async () => {
    const { deviations } = await play(mutant('exit-drops-pins'));
    expect(deviations[0]?.id).toBe('survival-after-exit');
    expect(callsOf(deviations[0])).toEqual([
      'mount',
      'BPF_MAP_CREATE',
      'BPF_OBJ_PIN',
      'fork',
      'exit_group',
    ]);
  });

  it('waits for what should have died where nothing else shows that it has not', async () => {
    const adapter = declaring(mutant('unlink-keeps-reference'), { observes: ['alive'] });
    const { deviations } = await play(adapter);
    expect(deviations.map(({ id, kind }) => [id, kind])).toEqual([
      ['alive-iff-held', 'late-death'],
    ]);
    expect(callsOf(deviations[0])).toEqual([
      'mount',
      'BPF_MAP_CREATE',
      'BPF_OBJ_PIN',
      'unlink',
      'close',
    ]);
  });

  it('plays a trace up to the first call that is not declared, and counts the rest', async () => {
    const reference = createReference('linux-6.18');
    const calls = reference.hello.calls.filter((call) => call !== 'BPF_OBJ_PIN');
    const adapter = declaring(reference, { calls });
    const result = await play(adapter);
    expect(result).toMatchObject({ verdict: 'conforms', compared: 8, runs: { traces: 4 } });
    expect(result.skipped).toEqual([{ of: 'BPF_OBJ_PIN is not declared', count: 9 }]);
  });

  it('splits them into shards', async () => {
    const part = async (index: number): Promise<readonly (number | null)[]> => {
      const shard = { index, of: 3 };
      const { runs, compared } = await play(createReference('linux-6.18'), { shard });
      return [runs.traces, compared];
    };
    expect(await Promise.all([part(0), part(1), part(2)])).toEqual([
      [2, 10],
      [1, 2],
      [1, 5],
    ]);
  });

  it('stops when it is told to', async () => {
    let asked = 0;
    const seen: string[] = [];
    const result = await play(createReference('linux-6.18'), {
      stop: () => ++asked > 2,
      onProgress: ({ phase, runs }) => seen.push(`${phase} ${runs}`),
    });
    expect(result).toMatchObject({ ended: 'stopped', runs: { traces: 2 } });
    expect(seen).toEqual(['traces 1', 'traces 2']);
  });

  it('is inconclusive without traces', async () => {
    const result = await play(createReference('linux-6.18'), { traces: [] });
    expect(result).toMatchObject({ verdict: 'inconclusive', runs: { traces: 0 } });
  });
});
