import { describe, expect, it } from 'vitest';
import { AdapterFailure } from '../adapters/contract/index.ts';
import type { Adapter } from '../adapters/contract/index.ts';
import { mutants } from '../adapters/mutants/index.ts';
import { createReference } from '../adapters/reference/index.ts';
import { fail, succeed } from '../model/vocabulary/index.ts';
import type { Call, Outcome } from '../model/vocabulary/index.ts';
import { replay } from './replay.ts';
import type { RecordedStep } from './replay.ts';
import { campaignWatch } from './setup.ts';
import { specify } from './specify.ts';

const by1 = (call: Call, outcome?: Outcome): RecordedStep =>
  outcome === undefined ? { step: { pid: 1, call } } : { step: { pid: 1, call }, outcome };
const mountA = { call: 'mount', target: '/mnt/a' } as const;
const mountB = { call: 'mount', target: '/mnt/b' } as const;
const umountA = { call: 'umount2', target: '/mnt/a', flag: 'none' } as const;
const createMap = {
  call: 'BPF_MAP_CREATE',
  type: 'BPF_MAP_TYPE_HASH',
  keySize: 4,
  valueSize: 4,
  maxEntries: 1,
} as const;
const pinInA = { call: 'BPF_OBJ_PIN', path: '/mnt/a/x', fd: 3 } as const;
const makeInA = { call: 'mkdir', path: '/mnt/a/d' } as const;
const makeInB = { call: 'mkdir', path: '/mnt/b/d' } as const;

const targets = [
  { name: 'old', adapter: createReference('linux-4.4') },
  { name: 'new', adapter: createReference('linux-6.18') },
];

describe('a replay', () => {
  it('shows what was recorded, what is allowed and what each target answers', async () => {
    const trace = [by1(mountA), by1(mountB), by1(makeInA), by1(makeInB, fail('EEXIST'))];
    const { rows, verdicts } = await replay(specify('linux-4.4'), trace, targets, []);
    expect(rows[3]).toMatchObject({
      recorded: fail('EEXIST'),
      allowed: [{ outcome: fail('EEXIST'), row: 'mkdir.name-taken' }],
      answers: [fail('EEXIST'), succeed(0)],
    });
    expect(verdicts).toMatchObject([
      { of: 'trace', verdict: 'conforms', at: null, reason: '' },
      { of: 'old', verdict: 'conforms', at: null, reason: '' },
      { of: 'new', verdict: 'deviates', at: 3, reason: '' },
    ]);
  });

  it('gives no verdict on a trace without outcomes', async () => {
    const { rows, verdicts } = await replay(specify('linux-6.18'), [by1(mountA)], [], []);
    expect(verdicts).toMatchObject([]);
    expect(rows[0]).toMatchObject({ recorded: null, answers: [] });
  });

  it('is inconclusive where the model meets a bound', async () => {
    const trace = [by1(makeInA, succeed(0)), by1(mountA, succeed(0))];
    const { rows, verdicts } = await replay(specify('linux-6.18'), trace, [], []);
    expect(verdicts).toMatchObject([
      { of: 'trace', verdict: 'inconclusive', at: 0, reason: 'bound.host' },
    ]);
    // What it would answer from there on says nothing.
    expect(rows.map(({ allowed }) => allowed)).toEqual([[], []]);
  });

  it('goes on where the recorded outcome is not allowed', async () => {
    const trace = [by1(mountA, fail('EPERM')), by1(makeInA, succeed(0))];
    const { rows, verdicts } = await replay(specify('linux-6.18'), trace, [], []);
    expect(verdicts).toMatchObject([{ of: 'trace', verdict: 'deviates', at: 0, reason: '' }]);
    expect(rows[1]?.allowed).toMatchObject([{ row: 'mkdir.ok' }]);
  });

  it('says why a target that died did', async () => {
    const adapter = {
      ...createReference('linux-6.18'),
      play() {
        throw new AdapterFailure('implementation', 'it hung');
      },
    };
    const { rows, verdicts } = await replay(
      specify('linux-6.18'),
      [by1(mountA)],
      [{ name: 'dead', adapter }],
      [],
    );
    expect(verdicts).toMatchObject([{ of: 'dead', verdict: 'deviates', at: 0, reason: 'it hung' }]);
    expect(rows[0]?.answers).toEqual([null]);
  });

  it('names the property that a target breaks though all its outcomes are allowed', async () => {
    const trace = [by1(mountA, succeed(0)), by1(mountB, succeed(0))];
    const { verdicts } = await replay(specify('linux-4.4'), trace, targets, campaignWatch);
    expect(verdicts).toMatchObject([
      { of: 'trace', verdict: 'conforms' },
      { of: 'old', verdict: 'conforms', property: null },
      { of: 'new', verdict: 'deviates', at: 1, property: 'singleton-per-namespace' },
    ]);
  });

  it.each([
    ['pin-takes-no-reference', [], 2, 'refcount-equals-holders'],
    [
      'umount-leaks-pins',
      [by1({ call: 'close', fd: 3 }), by1(umountA)],
      4,
      'refcount-equals-holders',
    ],
  ] as const)('finds what %s leaves behind', async (id, more, at, property) => {
    const mutant = mutants.find((one) => one.id === id);
    if (mutant === undefined) throw new Error('no such mutant');
    const trace = [by1(createMap), by1(mountA), by1(pinInA), ...more];
    const both = [
      { name: 'sound', adapter: createReference(mutant.kernel) },
      { name: 'mutant', adapter: mutant.create() },
    ];
    const { verdicts } = await replay(specify(mutant.kernel), trace, both, campaignWatch);
    expect(verdicts).toMatchObject([
      { of: 'sound', verdict: 'conforms' },
      { of: 'mutant', verdict: 'deviates', at, property },
    ]);
  });

  it('waits for a target to settle that shows life only, and sees what is never freed', async () => {
    const leaking = mutants.find(({ id }) => id === 'umount-leaks-pins')?.create();
    if (leaking === undefined) throw new Error('no such mutant');
    const adapter: Adapter = { ...leaking, hello: { ...leaking.hello, observes: ['alive'] } };
    const trace = [createMap, mountA, pinInA, { call: 'close', fd: 3 }, umountA] as const;
    const steps = trace.map((call) => by1(call));
    const both = [{ name: 'mutant', adapter }, ...targets.slice(1)];
    const { verdicts } = await replay(specify('linux-6.18'), steps, both, campaignWatch);
    expect(verdicts).toMatchObject([
      { verdict: 'deviates', at: 4, property: 'alive-iff-held' },
      { verdict: 'conforms' },
    ]);
  });

  it('asks a target for nothing from a raw call on of which nobody knows what it does', async () => {
    const byId = { offset: 0, width: 4, value: 1 } as const;
    const trace = [
      by1(createMap),
      by1({ call: 'bpf', command: 14, attr: [byId], size: 4 }),
      by1({ call: 'BPF_MAP_FREEZE', fd: 4 }),
    ];
    const { rows, verdicts } = await replay(specify('linux-6.18'), trace, targets.slice(1), []);
    expect(rows.map(({ answers }) => answers)).toEqual([[succeed(3)], [null], [null]]);
    const reason = 'what its attributes ask for is no matter of this specification';
    expect(verdicts).toMatchObject([{ verdict: 'inconclusive', at: 1, reason, skippedFrom: 1 }]);
  });

  it('asks a target for nothing from a call on that it does not declare', async () => {
    const sound = createReference('linux-6.18');
    const calls = sound.hello.calls.filter((name) => name !== 'mkdir');
    const asked: string[] = [];
    const adapter: Adapter = {
      ...sound,
      hello: { ...sound.hello, calls },
      play(steps, sights) {
        asked.push(...steps.map(({ call }) => call.call));
        return sound.play(steps, sights);
      },
    };
    const trace = [by1(mountA), by1(makeInA), by1(mountB)];
    const target = { name: 'partial', adapter };
    const { rows, verdicts } = await replay(specify('linux-6.18'), trace, [target], campaignWatch);
    expect(asked).toEqual(['mount']);
    expect(rows.map(({ answers }) => answers)).toEqual([[succeed(0)], [null], [null]]);
    const reason = 'mkdir is not declared';
    expect(verdicts).toMatchObject([{ verdict: 'inconclusive', at: 1, reason, skippedFrom: 1 }]);
  });

  it('says what is missing where a call is declared and its type is not', async () => {
    const sound = createReference('linux-6.18');
    const calls = sound.hello.calls.filter((name) => name !== 'RTM_NEWTFILTER');
    const adapter: Adapter = { ...sound, hello: { ...sound.hello, calls } };
    const classifier = {
      call: 'BPF_PROG_LOAD',
      mapFd: null,
      type: 'BPF_PROG_TYPE_SCHED_CLS',
    } as const;
    const target = { name: 'partial', adapter };
    const { verdicts } = await replay(specify('linux-6.18'), [by1(classifier)], [target], []);
    const reason = 'RTM_NEWTFILTER is not declared';
    expect(verdicts).toMatchObject([{ verdict: 'inconclusive', at: 0, reason, skippedFrom: 0 }]);
  });
});
