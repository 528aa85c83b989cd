import { describe, expect, it } from 'vitest';
import { createReference } from '../adapters/reference/index.ts';
import type { Answer } from '../adapters/contract/index.ts';
import { fail, pairValue, succeed } from '../model/vocabulary/index.ts';
import type { Step } from '../model/vocabulary/index.ts';
import { createJudge } from './judge.ts';
import type { Judge, RunJudgement } from './judge.ts';
import { planSteps } from './plan.ts';
import { campaignWatch, setupFor } from './setup.ts';
import { specify } from './specify.ts';
import { hashMap as map } from './small-runs.test-data.ts';

const specification = specify('linux-6.18');
const world = specification.makeWorld();
const steps: readonly Step[] = (
  [
    map,
    { call: 'mount', target: '/mnt/a' },
    { call: 'BPF_OBJ_PIN', path: '/mnt/a/x', fd: 3 },
    { call: 'BPF_PROG_LOAD', mapFd: 3 },
    { call: 'BPF_OBJ_GET', path: '/mnt/a/x' },
    { call: 'close', fd: 3 },
    { call: 'close', fd: 5 },
    { call: 'unlink', path: '/mnt/a/x' },
    { call: 'close', fd: 4 },
  ] as const
).map((call) => ({ pid: 1, call }));

/** What a sound implementation answers, with a sight after each step. */
function soundAnswers(): readonly Answer[] {
  const adapter = createReference('linux-6.18');
  adapter.reset(setupFor(world, campaignWatch));
  return adapter.play(steps, 'each');
}

function newJudge(covered = new Map<string, number>()): Judge {
  const { hello } = createReference('linux-6.18');
  return createJudge(specification, hello, campaignWatch, covered);
}

/** An answer without its sight. */
function unseen({ outcome, object, alive }: Answer): Answer {
  const answer = object === undefined ? { outcome } : { outcome, object };
  return alive === undefined ? answer : { ...answer, alive };
}

/** Judges the steps with one answer changed, and no sight of it nor of what follows. */
function judgedBlind(at: number, change: Partial<Answer>): RunJudgement {
  return judgedWith((answer, place) => {
    if (place < at) return answer;
    return place === at ? { ...unseen(answer), ...change } : unseen(answer);
  });
}

function judgedWith(changed: (answer: Answer, at: number) => Answer): RunJudgement {
  const judge = newJudge();
  judge.begin('stop');
  for (const [at, answer] of soundAnswers().entries()) {
    const step = steps[at];
    if (step === undefined || judge.step(step, changed(answer, at)) === 'stop') break;
  }
  return judge.result();
}

describe('the judge', () => {
  it('finds nothing in sound answers, and counts the rows they met', () => {
    expect(planSteps(world, steps)).toHaveLength(steps.length);
    const covered = new Map<string, number>();
    const judge = newJudge(covered);
    judge.begin('stop');
    soundAnswers().forEach((answer, at) => {
      const step = steps[at];
      if (step !== undefined) judge.step(step, answer);
    });
    expect(judge.result()).toMatchObject({ findings: [], compared: 9, inconclusive: null });
    expect(covered.get('close.ok')).toBe(3);
  });

  it('files an unexpected error under the call and the error', () => {
    const { findings, compared } = judgedBlind(4, { outcome: fail('EPERM') });
    expect(findings).toMatchObject([
      {
        kind: 'outcome',
        id: 'BPF_OBJ_GET.unexpected-EPERM',
        at: 4,
        answer: fail('EPERM'),
        allowed: [{ outcome: succeed(5), row: 'get.ok' }],
      },
    ]);
    expect(compared).toBe(5);
  });

  it('files an unexpected success under the clause that was not met, with its source', () => {
    const judge = newJudge();
    judge.begin('stop');
    const verdict = judge.step({ pid: 1, call: { call: 'close', fd: 7 } }, { outcome: succeed(0) });
    expect(verdict).toBe('stop');
    const [finding] = judge.result().findings;
    expect(finding).toMatchObject({ id: 'close.closed', allowed: [{ row: 'close.closed' }] });
    expect(finding?.allowed[0]?.source).toBeTypeOf('string');
  });

  it('says of two descriptors which ones they are', () => {
    const judge = newJudge();
    judge.begin('stop');
    judge.step({ pid: 1, call: { call: 'socketpair' } }, { outcome: succeed(pairValue(3, 5)) });
    const [finding] = judge.result().findings;
    expect(finding?.text).toBe('answered [3, 5], allowed is [3, 4] (socketpair.ok)');
  });

  it('finds an object that was got and is another one', () => {
    const program = soundAnswers()[3]?.object ?? 0;
    expect(judgedBlind(4, { object: program }).findings).toMatchObject([
      { kind: 'identity', id: 'get-returns-what-was-pinned', at: 4 },
    ]);
  });

  it('knows nothing in one run of what died in another', () => {
    const judge = newJudge();
    const answers = soundAnswers().map(unseen);
    const play = (changed: (answer: Answer, at: number) => Answer): void => {
      judge.begin('stop');
      answers.forEach((answer, at) => {
        const step = steps[at];
        if (step !== undefined) judge.step(step, changed(answer, at));
      });
    };
    play((answer, at) => (at === 8 ? { ...answer, alive: [] } : answer));
    expect(judge.result().findings).toEqual([]);
    play((answer, at) => (at === 2 ? { ...answer, alive: [] } : answer));
    expect(judge.result().findings).toMatchObject([{ kind: 'premature-death', at: 2 }]);
  });

  it('holds properties against unbroken rows of sights only', () => {
    const old = createReference('linux-4.4');
    const judge = createJudge(specify('linux-4.4'), old.hello, campaignWatch, new Map());
    // Two instances that one process sees: without the sights in between, one that the last mount
    // did not make would pass for its work.
    const run: readonly Step[] = [
      { pid: 1, call: { call: 'mount', target: '/mnt/a' } },
      { pid: 1, call: { call: 'fork' } },
      { pid: 2, call: { call: 'unshare' } },
      { pid: 2, call: { call: 'mount', target: '/mnt/b' } },
    ];
    for (const sights of ['each', 'last'] as const) {
      old.reset(setupFor(world, campaignWatch));
      judge.begin('stop');
      old.play(run, sights).forEach((answer, at) => {
        const step = run[at];
        if (step !== undefined) judge.step(step, answer);
      });
      expect(judge.result()).toMatchObject({ compared: 4, findings: [] });
    }
  });

  it('lets the map of a program that is gone be there or not', () => {
    const { findings } = judgedBlind(8, { alive: [] });
    expect(findings).toEqual([]);
  });

  it('files what a sight shows under the property that it breaks', () => {
    const before = soundAnswers()[1]?.sight ?? { processes: [], objects: [] };
    const { findings } = judgedWith((answer, at) =>
      at === 2 ? { ...answer, sight: before } : answer,
    );
    expect(findings).toMatchObject([
      { kind: 'property', id: 'get-returns-what-was-pinned', at: 2 },
    ]);
  });

  it('says which objects are late, and finds it wrong only where the system has settled', () => {
    const adapter = createReference('linux-6.18');
    adapter.reset(setupFor(world, []));
    const short = [
      { pid: 1, call: map },
      { pid: 1, call: { call: 'close', fd: 3 } },
    ] as const;
    const [made, closed] = adapter.play(short, 'none');
    const sound = adapter.settle();
    if (made?.object === undefined || closed === undefined) throw new Error('no answers');
    const id = made.object;
    const still = { ...sound, objects: [{ id, kind: 'map', refcnt: 1, usercnt: 1 } as const] };
    const judge = newJudge();
    judge.begin('stop');
    judge.step(short[0], made);
    judge.step(short[1], { ...closed, alive: [id] });
    expect(judge.late()).toEqual([id]);
    expect(judge.result().unaccounted).toEqual([id]);
    expect(judge.result().findings).toEqual([]);
    expect([judge.agrees(still), judge.agrees(sound)]).toEqual([false, true]);
    judge.settled(still);
    expect(judge.result().findings.map(({ answer }) => answer)).toContain(null);
  });

  it('is inconclusive at a bound', () => {
    const judge = newJudge();
    judge.begin('stop');
    const mkdir: Step = { pid: 1, call: { call: 'mkdir', path: '/mnt/a/d' } };
    expect(judge.step(mkdir, { outcome: succeed(0) })).toBe('stop');
    expect(judge.result()).toMatchObject({ inconclusive: 'bound.host', findings: [], compared: 0 });
  });
});
