import { describe, expect, it } from 'vitest';
import { AdapterFailure } from '../adapters/contract/index.ts';
import type { Adapter, Answer, Hello } from '../adapters/contract/index.ts';
import { mutants } from '../adapters/mutants/index.ts';
import { createReference } from '../adapters/reference/index.ts';
import type { CallName, Sight } from '../model/vocabulary/index.ts';
import { fail } from '../model/vocabulary/index.ts';
import { check } from './campaign.ts';
import { judgePlayed } from './judge-played.ts';
import type { PlayedRun, PlayedRuns } from './judge-played.ts';
import { planRuns } from './planned-runs.ts';
import type { RunPlan } from './planned-runs.ts';
import { specify } from './specify.ts';

const options = { runs: 130, shortRuns: 130, length: 30, seed: 1 };
const newest = specify('linux-6.18');

interface Script {
  readonly answers: readonly Answer[];
  readonly settled: Sight | null;
}

/** An adapter that says once more what was answered. */
function again(hello: Hello, { answers, settled }: Script): Adapter {
  let at = 0;
  return {
    hello,
    reset() {
      at = 0;
    },
    play(steps) {
      const some = answers.slice(at, at + steps.length);
      at += steps.length;
      if (some.length < steps.length) throw new AdapterFailure('implementation', 'it died');
      return some;
    },
    settle: () => settled ?? { processes: [], objects: [] },
    alive: () => [],
    close: () => undefined,
  };
}

/** Plays a plan on an implementation, and changes what it answered to a run. */
async function played(
  adapter: Adapter,
  { setup, runs }: RunPlan,
  change: (script: Script, run: number) => Script = (script) => script,
): Promise<PlayedRuns> {
  const all: PlayedRun[] = [];
  for (const [number, { run, sights, scrutiny }] of runs.entries()) {
    await adapter.reset(setup);
    const steps = run.map(({ step }) => step);
    const answers = await adapter.play(steps, sights);
    const settled = scrutiny.settle === 'at-end' ? await adapter.settle() : null;
    const script = change({ answers, settled }, number);
    all.push({ adapter: again(adapter.hello, script), steps: steps.length, objects: [] });
  }
  return { hello: adapter.hello, runs: all, survivors: new Set() };
}

const sound = (): Adapter => createReference('linux-6.18');

const planned = (adapter: Adapter, more = {}) =>
  planRuns(adapter.hello, newest, { ...options, ...more });

describe('runs that were played before', () => {
  it('get the verdict and the counts that a check of the same implementation gets', async () => {
    const plan = await planned(sound());
    const { campaign, unconfirmed } = await judgePlayed(
      newest,
      plan,
      await played(sound(), plan),
      1,
    );
    expect(campaign).toEqual(await check(sound(), newest, options));
    expect(unconfirmed).toEqual([]);
  });

  it('tell of what a run that was broken off has left', async () => {
    const plan = await planned(sound());
    const broken = plan.runs.findIndex(({ run }) => run.length > 1);
    const answers = await played(sound(), plan, (script, run) =>
      run === broken ? { ...script, answers: script.answers.slice(0, 1) } : script,
    );
    const judged = async (survivors: readonly number[]): Promise<readonly string[]> => {
      const runs = answers.runs.map((one, at) => (at === broken ? { ...one, objects: [4] } : one));
      const all = { ...answers, runs, survivors: new Set(survivors) };
      const { campaign } = await judgePlayed(newest, plan, all, 1);
      return campaign.deviations.map(({ kind }) => kind);
    };
    expect(await judged([400])).toEqual(['implementation-died']);
    expect(await judged([4])).toEqual(['implementation-died', 'late-death']);
  });

  for (const { id, kernel, create } of mutants.slice(0, 6)) {
    it(`deviate as a check of ${id} does`, async () => {
      const specification = specify(kernel);
      const plan = await planRuns(create().hello, specification, options);
      const answers = await played(create(), plan);
      const { campaign } = await judgePlayed(specification, plan, answers, 1);
      expect(campaign.verdict).toBe('deviates');
      for (const { trace, answer, seen, repeatable } of campaign.deviations) {
        expect(repeatable).toBe('untried');
        if (seen === 'at-once' && answer !== null) expect(trace.at(-1)?.answer).toEqual(answer);
      }
    });
  }

  it('show a deviation in the shortest run that has it, and what was not judged behind it', async () => {
    const plan = await planned(sound(), { phase: 'short' });
    const wrong = { outcome: fail('EXDEV') };
    const answers = await played(sound(), plan, ({ answers: own, settled }) => ({
      settled,
      answers: own.map((answer, at) => (at === own.length - 1 ? { ...answer, ...wrong } : answer)),
    }));
    const { campaign, unconfirmed } = await judgePlayed(newest, plan, answers, 1);
    expect(campaign.deviations[0]).toMatchObject({ kind: 'outcome', answer: wrong.outcome });
    expect(campaign.deviations[0]?.trace.length).toBe(1);
    expect(unconfirmed).toEqual([
      { of: 'the calls behind one that deviates were not judged', count: 130 },
    ]);
  });

  it('that were broken off tell which call it was', async () => {
    const plan = await planned(sound(), { phase: 'random', runs: 2 });
    const answers = await played(sound(), plan, (script, run) =>
      run === 0 ? { ...script, answers: script.answers.slice(0, 5) } : script,
    );
    const { campaign } = await judgePlayed(newest, plan, answers, 1);
    expect(campaign.deviations).toMatchObject([{ kind: 'implementation-died', at: 5, runs: 1 }]);
    expect(campaign.runs).toEqual({ traces: null, short: 0, random: 2 });
  });

  it('are held to what was played of them, and to what the machine can be held to', async () => {
    const plan = await planned(sound());
    const whole = await played(sound(), plan);
    const fewer = whole.runs.map((one) => ({ ...one, steps: Math.min(one.steps, 4) }));
    const cut = await judgePlayed(newest, plan, { ...whole, runs: fewer }, 1);
    expect(cut.campaign).toMatchObject({ verdict: 'conforms', ended: 'complete' });
    expect(cut.campaign.skipped.map(({ of }) => of)).toContain('mount was not played');
    const calls = whole.hello.calls.filter((call) => call !== 'mount');
    const poorer = { ...whole, hello: { ...whole.hello, calls, lacks: { mount: 'no mounts' } } };
    const { campaign } = await judgePlayed(newest, plan, poorer, 1);
    expect(campaign.skipped.map(({ of }) => of)).toEqual(['no mounts']);
    expect(campaign.verdict).toBe('conforms');
  });

  it('that the agent did not come to are told', async () => {
    const plan = await planned(sound());
    const whole = await played(sound(), plan);
    const { campaign } = await judgePlayed(
      newest,
      plan,
      { ...whole, runs: whole.runs.slice(0, 9) },
      1,
    );
    expect(campaign).toMatchObject({ ended: 'stopped', runs: { short: 9, random: 0 } });
    // Not every short run is among them.
    expect([plan.exhaustiveUpTo, campaign.exhaustiveUpTo]).toEqual([1, 0]);
    const most = { ...whole, runs: whole.runs.slice(0, -1) };
    expect((await judgePlayed(newest, plan, most, 1)).campaign.exhaustiveUpTo).toBe(1);
  });

  it('deviate where an object of theirs outlives all of them', async () => {
    const plan = await planned(sound(), { phase: 'random' });
    const answers = await played(sound(), plan, ({ answers: own, settled }) => {
      const [made] = own.flatMap(({ object }) => object ?? []);
      const from = own.findIndex(({ object }) => object !== undefined);
      const stays = ({ alive = [], ...rest }: Answer): Answer => ({
        ...rest,
        alive: made === undefined ? alive : [...new Set([...alive, made])],
      });
      return { settled, answers: own.map((answer, at) => (at < from ? answer : stays(answer))) };
    });
    const survivors = new Set(Array.from({ length: 100 }, (_, at) => at));
    const late = await judgePlayed(newest, plan, answers, 1);
    expect(late.campaign.deviations.map(({ id }) => id)).toEqual([]);
    expect(late.unconfirmed.map(({ of }) => of)).toEqual([
      'an object was still there when nothing held it, and was not waited for',
    ]);
    const { campaign } = await judgePlayed(newest, plan, { ...answers, survivors }, 1);
    expect(campaign.deviations.map(({ id }) => id)).toContain('quiescence-leaves-nothing');
  });
});

describe('where objects are known by cookies', () => {
  /** As the agent does without ids: maps have one, and nothing tells what is alive. */
  function cookied(adapter: Adapter): Adapter {
    const { lacks = {} } = adapter.hello;
    let maps = new Set<number>();
    const isMap = (object: number): boolean => maps.has(object);
    const shown = ({ outcome, object, sight }: Answer, call: CallName | undefined): Answer => {
      if (call === 'BPF_MAP_CREATE' && object !== undefined) maps.add(object);
      return {
        outcome,
        ...(object !== undefined && isMap(object) ? { object } : {}),
        ...(sight === undefined ? {} : { sight: onlyMaps(sight) }),
      };
    };
    const onlyMaps = (sight: Sight): Sight => ({
      objects: [],
      processes: sight.processes.map((process) => ({
        ...process,
        descriptors: process.descriptors.filter(({ object }) => isMap(object)),
        paths: process.paths.filter(({ object }) => isMap(object)),
      })),
    });
    return {
      ...adapter,
      hello: { ...adapter.hello, lacks, observes: [], identities: 'cookies' },
      reset(setup) {
        maps = new Set();
        return adapter.reset(setup);
      },
      play: async (steps, sights) =>
        (await adapter.play(steps, sights)).map((answer, at) =>
          shown(answer, steps[at]?.call.call),
        ),
      settle: async () => onlyMaps(await adapter.settle()),
    };
  }

  it('a sound implementation conforms', async () => {
    const { verdict, deviations, judgedProperties } = await check(
      cookied(sound()),
      newest,
      options,
    );
    expect(deviations.map(({ text }) => text)).toEqual([]);
    expect({ verdict, judgedProperties }).toEqual({ verdict: 'conforms', judgedProperties: [] });
  });

  it('a map that is gone from its pin, or is another, deviates', async () => {
    const dropping = mutants.find(({ id }) => id === 'exit-drops-pins');
    if (dropping === undefined) throw new Error('no such mutant');
    const adapter = cookied(dropping.create());
    const { deviations } = await check(adapter, specify(dropping.kernel), {
      ...options,
      shrink: 'no',
    });
    expect(
      deviations.filter(({ kind }) => kind === 'sight').map(({ text }) => text),
    ).toContainEqual(
      expect.stringMatching(
        /^the cookie at process \d+, watched path \d+ is \d+ in the model and 0 here$/,
      ),
    );
  });
});
