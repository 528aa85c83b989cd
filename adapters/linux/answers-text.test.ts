import { describe, expect, it } from 'vitest';
import {
  completeHello,
  helloOn,
  isAnswered,
  playedAdapter,
  readAnswers,
  stepsPlayed,
} from './index.ts';
import type { RunToPlay } from './index.ts';

const head = ['pinproof-answers/1', 'pinproof-plan/1 2 0a1b2c3d', '{"a":1}'];
const machine = ['kernel 6.1.0-test', 'unprivileged-bpf 2'];
const firstRun = ['run 1', '0', '3 4 0 1 4', '0 0 0 0'];
const secondRun = ['run 2', '0', '-2 0 0 0'];
const whole = [...head, ...machine, ...firstRun, ...secondRun, 'survivors 1 8', 'end 2', ''];

const read = (lines: readonly string[]) => readAnswers(lines.join('\n'));

function answersIn(lines: readonly string[]) {
  const result = read(lines);
  if ('wrong' in result) throw new Error(result.wrong);
  return result.answers;
}

const wrongIn = (lines: readonly string[]): string => {
  const result = read(lines);
  return 'wrong' in result ? result.wrong : 'nothing';
};

describe('answers', () => {
  it('hold the question, the machine, every run and what outlived them', () => {
    expect(answersIn(whole)).toEqual({
      title: 'pinproof-plan/1 2 0a1b2c3d',
      question: '{"a":1}',
      machine: {
        ...{ release: '6.1.0-test', unprivilegedBpf: 'disabled' },
        ...{ lacks: {}, without: [], hides: [], identities: 'ids' },
      },
      runs: [
        { lines: ['3 4 0 1 4', '0 0 0 0'], ended: 'whole' },
        { lines: ['-2 0 0 0'], ended: 'whole' },
      ],
      survivors: [8],
      ended: 'complete',
    });
  });

  it('may have come over a console: with carriage returns, behind other lines', () => {
    const console = ['[    0.5] Run /agent as init process', ...whole].map((line) => `${line}\r`);
    expect(answersIn(console)).toEqual(answersIn(whole));
  });

  it('say what the machine lacks, and how it knows objects', () => {
    const lacking = [...head, ...machine, 'without users unshare 28', 'cookies kernel'];
    const { machine: found } = answersIn([...lacking, ...firstRun, ...secondRun, 'end 2']);
    expect(Object.keys(found.lacks ?? {})).toEqual(['unshare-user']);
    expect(helloOn(found)).toMatchObject({ observes: [], identities: 'cookies' });
    const asked = [...head, ...machine, 'cookies asked', ...firstRun, ...secondRun, 'end 2'];
    expect(answersIn(asked).machine.lacks).toMatchObject({
      BPF_MAP_GET_NEXT_ID: expect.stringMatching(/without ids/) as string,
    });
  });

  it('tell of runs that were cut, or broken off, and that the agent gave up', () => {
    const broken = [
      'run 1',
      '0',
      '3 4 0 1 4',
      'cut',
      'run 2',
      '0',
      '',
      'fail implementation it hung',
    ];
    expect(answersIn([...head, ...machine, ...broken, 'given-up'])).toMatchObject({
      runs: [
        { lines: ['3 4 0 1 4'], ended: 'cut' },
        { lines: [], ended: { failed: 'it hung' } },
      ],
      ended: 'given-up',
    });
  });

  it.each([
    [[''], 'it is empty'],
    [['# a trace'], 'it holds no answers of an agent'],
    [
      ['pinproof-answers/2', ...head.slice(1)],
      'it is of the format pinproof-answers/2, and this version reads pinproof-answers/1',
    ],
    [[head[0] ?? '', 'x'], 'no title of a plan, pinproof-plan/1, is in its second line'],
    [head, 'it ends before the first of 2 runs'],
    [[...head, 'unprivileged-bpf 2', ...firstRun], 'it does not say which kernel answered'],
    [
      [...head, ...machine, 'without wings', ...firstRun],
      'what it says of the machine, "without wings", is not understood',
    ],
    [
      [...head, ...machine, ...firstRun],
      'it ends early, in run 1 of 2; let the agent play the plan again',
    ],
    [
      [...head, ...machine, ...firstRun, 'end 2'],
      'it ends early, in run 1 of 2; let the agent play the plan again',
    ],
    [[...head, ...machine, ...firstRun, '', 'fail harness no room'], 'the agent failed: no room'],
  ])('%j: %s', (lines, wrong) => {
    expect(wrongIn(lines)).toBe(wrong);
  });
});

describe('the adapter of a run that is over', () => {
  const run: RunToPlay = {
    setup: { host: [], watch: ['/b'], descriptors: 16 },
    steps: [
      { pid: 1, call: { call: 'dup', fd: 0 } },
      { pid: 1, call: { call: 'close', fd: 3 } },
    ],
    sights: 'last',
    settle: 'at-end',
  };
  const settled = ['1 1 7 0 0 0', '0 0', '0 0'];
  const lines = ['3 0 0 0', '0 0 0 0 1 1 7 0 0 0', ...settled];

  it('says once more what was answered, with the sights that were taken', async () => {
    const adapter = playedAdapter(completeHello, run, { lines, ended: 'whole' });
    for (const attempt of [1, 2]) {
      await adapter.reset(run.setup);
      const answers = await adapter.play(run.steps, 'none');
      expect([attempt, ...answers.map(({ sight }) => sight?.processes.length)]).toEqual([
        ...[attempt, undefined, 1],
      ]);
      const sights = [];
      for (let at = 0; at < 4; at++) sights.push((await adapter.settle()).processes.length);
      expect(sights).toEqual([1, 0, 0, 0]);
    }
    expect(await adapter.alive([4])).toEqual([]);
    await adapter.close();
  });

  it('fails where the kernel did, and for what was not asked', () => {
    const broken = playedAdapter(completeHello, run, { lines: [], ended: { failed: 'it hung' } });
    expect(() => broken.play(run.steps, 'none')).toThrow(/^The agent failed: it hung\.$/);
    const short = playedAdapter(completeHello, run, { lines: [], ended: 'cut' });
    expect(() => short.settle()).toThrow(/fewer than its steps/);
  });

  it('has as many answers as there were requests, unless it was cut or broken off', () => {
    const some = lines.slice(0, 1);
    expect(isAnswered(run, { lines, ended: 'whole' })).toBe(true);
    expect(isAnswered(run, { lines: some, ended: 'whole' })).toBe(false);
    expect(isAnswered(run, { lines: some, ended: 'cut' })).toBe(true);
    expect(stepsPlayed(run, { lines: some, ended: 'cut' })).toBe(1);
    expect(stepsPlayed(run, { lines: some, ended: { failed: '' } })).toBe(2);
  });
});
