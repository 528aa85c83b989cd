import { describe, expect, it } from 'vitest';
import { callNames, sightFields } from '../../model/vocabulary/index.ts';
import type { Call, Step } from '../../model/vocabulary/index.ts';
import { AdapterFailure } from '../contract/index.ts';
import { createReference } from './adapter.ts';
import { plainSetup, startScenario } from './scenario.test-data.ts';

const create: Call = {
  call: 'BPF_MAP_CREATE',
  type: 'BPF_MAP_TYPE_ARRAY',
  keySize: 4,
  valueSize: 4,
  maxEntries: 1,
};

const byFirst = (...calls: readonly Call[]): readonly Step[] =>
  calls.map((call) => ({ pid: 1, call }));

describe('the reference as an adapter', () => {
  it('offers every call and shows every field', () => {
    const { hello } = createReference('linux-4.4');
    expect(hello).toMatchObject({ name: 'reference', version: 'linux-4.4' });
    expect(hello.calls).toEqual(callNames);
    expect(hello.observes).toEqual(sightFields);
  });

  it('plays nothing before the first reset', () => {
    const adapter = createReference('linux-6.18');
    expect(() => adapter.play([], 'none')).toThrow(AdapterFailure);
    expect(() => adapter.settle()).toThrow(AdapterFailure);
    expect(adapter.alive([1])).toEqual([]);
  });

  it('names the object behind each descriptor that a call returns', () => {
    const adapter = createReference('linux-6.18');
    adapter.reset(plainSetup);
    const answers = adapter.play(
      byFirst(
        create,
        { call: 'dup', fd: 3 },
        { call: 'dup', fd: 0 },
        { call: 'close', fd: 3 },
        { call: 'dup', fd: 7 },
      ),
      'none',
    );
    const [created, copied, ...others] = answers;
    expect(created?.object).toBeGreaterThan(0);
    expect(copied?.object).toBe(created?.object);
    expect(copied?.alive).toEqual([created?.object]);
    for (const answer of others) expect(answer).not.toHaveProperty('object');
  });

  it('takes sights after each step, after the last, or not at all', () => {
    const adapter = createReference('linux-6.18');
    const sighted = (['each', 'last', 'none'] as const).map((sights) => {
      adapter.reset(plainSetup);
      return adapter.play(byFirst(create, create), sights).map((answer) => 'sight' in answer);
    });
    expect(sighted).toEqual([
      [true, true],
      [false, true],
      [false, false],
    ]);
  });

  it('shows descriptors, watched paths of a bpffs, and contents', () => {
    const run = startScenario(createReference('linux-6.18'));
    const caller = run.by(1);
    caller.mount('/a');
    caller.create('BPF_MAP_TYPE_ARRAY', 1);
    caller.pin('/a/m', 3);
    caller.update(3, 0, 5);
    caller.load();
    const [map, program] = run.sight().objects;
    expect(run.process(1)?.descriptors).toEqual([
      { fd: 3, object: map?.id },
      { fd: 4, object: program?.id },
    ]);
    expect(run.process(1)?.paths).toMatchObject([
      { path: '/a', kind: 'directory', object: 0 },
      { path: '/a/m', kind: 'map', object: map?.id },
    ]);
    expect(map?.content).toEqual([5, null]);
    expect(program).not.toHaveProperty('content');
  });

  it('ends everything at a reset and never gives an identity twice', () => {
    const adapter = createReference('linux-6.18');
    adapter.reset(plainSetup);
    const first = adapter.play(byFirst(create), 'none')[0]?.object ?? 0;
    expect(adapter.alive([first])).toEqual([first]);
    adapter.reset(plainSetup);
    expect(adapter.alive([first])).toEqual([]);
    const second = adapter.play(byFirst(create), 'none')[0]?.object ?? 0;
    expect(second).toBeGreaterThan(first);
    adapter.close();
    expect(adapter.alive([first, second])).toEqual([]);
  });
});
