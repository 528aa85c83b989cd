/** The answers of an agent that has played a plan alone; their format is described in agent/play.c. */
import { groundOf, type Ground } from './probe.ts';
import type { Machine } from './adapter.ts';
import { planFormat } from './plan-text.ts';
import { unprivilegedBpfOf } from './standing.ts';

/** What was answered to one run. */
export interface RunAnswers {
  /** To the requests behind the first one, `reset`, in order. */
  readonly lines: readonly string[];
  /** `cut`: the next call is one that the machine lacks; `failed`: the kernel broke off. */
  readonly ended: 'whole' | 'cut' | { readonly failed: string };
}

export interface Answers {
  /** The first two lines of the plan. */
  readonly title: string;
  readonly question: string;
  readonly machine: Machine;
  readonly runs: readonly RunAnswers[];
  /** Objects that outlived their runs. */
  readonly survivors: readonly number[];
  readonly ended: 'complete' | 'given-up';
}

/** The answers, or what is wrong with them, as a clause. */
export type AnswersRead = { readonly answers: Answers } | { readonly wrong: string };

const answersFormat = 'pinproof-answers/1';

class Wrong extends Error {}

/** Reads answers; lines before the first one, as of a console, are passed over. */
export function readAnswers(text: string): AnswersRead {
  try {
    return { answers: answersIn(text) };
  } catch (error) {
    if (error instanceof Wrong) return { wrong: error.message };
    throw error;
  }
}

function answersIn(text: string): Answers {
  if (text.trim() === '') throw new Wrong('it is empty');
  const all = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const first = all.findIndex((line) => line.startsWith('pinproof-answers/'));
  if (first === -1) throw new Wrong('it holds no answers of an agent');
  if (all[first] !== answersFormat) {
    throw new Wrong(
      `it is of the format ${all[first] ?? ''}, and this version reads ${answersFormat}`,
    );
  }
  const [title = '', question = '', ...rest] = all.slice(first + 1);
  const [, count] = /^pinproof-plan\/1 (\d{1,9}) [0-9a-f]{8}$/.exec(title) ?? [];
  if (count === undefined)
    throw new Wrong(`no title of a plan, ${planFormat}, is in its second line`);
  const start = rest.findIndex(
    (line) => line === 'run 1' || /^(survivors|given-up|end)/.test(line),
  );
  if (start === -1) throw new Wrong(`it ends before the first of ${count} runs`);
  const machine = machineOf(rest.slice(0, start));
  return { title, question, machine, ...runsIn(rest.slice(start), Number(count)) };
}

function machineOf(lines: readonly string[]): Machine {
  const after = (name: string): string =>
    lines.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1) ?? '';
  const release = after('kernel');
  if (release === '') throw new Wrong('it does not say which kernel answered');
  const told = lines.filter((line) => /^(without|cookies) /.test(line));
  return {
    release,
    unprivilegedBpf: unprivilegedBpfOf(after('unprivileged-bpf')),
    ...toldOf(told),
  };
}

/** The agent was root of everything there was, and is no file of this machine. */
const elsewhere = {
  platform: 'linux',
  uid: 0,
  capabilities: undefined,
  userNamespace: 'initial',
  unprivilegedBpf: 'disabled',
  seccomp: 'none',
} as const;

function toldOf(lines: readonly string[]): Ground {
  try {
    return groundOf(lines, 'the agent', elsewhere);
  } catch {
    throw new Wrong(
      `what it says of the machine, ${JSON.stringify(lines.join('; '))}, is not understood`,
    );
  }
}

function runsIn(
  lines: readonly string[],
  count: number,
): Pick<Answers, 'runs' | 'survivors' | 'ended'> {
  const runs: RunAnswers[] = [];
  let survivors: readonly number[] = [];
  let at = 0;
  const missing = (): Wrong =>
    new Wrong(
      `it ends early, in run ${runs.length} of ${count}; let the agent play the plan again`,
    );
  for (; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line === `run ${runs.length + 1}`) {
      const block = blockFrom(lines, at + 1);
      runs.push(block.answers);
      at = block.last;
    } else if (line.startsWith('survivors ')) {
      survivors = [...survivors, ...line.split(' ').slice(2).map(Number)];
    } else if (line === 'given-up') {
      return { runs, survivors, ended: 'given-up' };
    } else if (line === `end ${count}` && runs.length === count) {
      return { runs, survivors, ended: 'complete' };
    } else if (line !== '') {
      const failed = /^fail harness (.*)$/.exec(line)?.[1];
      throw failed === undefined ? missing() : new Wrong(`the agent failed: ${failed}`);
    }
  }
  throw missing();
}

/** The answers from a line on, and the place of the last line that is of them. */
function blockFrom(
  lines: readonly string[],
  from: number,
): { readonly answers: RunAnswers; readonly last: number } {
  const own: string[] = [];
  for (let at = from; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const [, failed] = /^fail implementation (.*)$/.exec(line) ?? [];
    if (failed !== undefined) {
      return { answers: { lines: own.slice(1), ended: { failed } }, last: at };
    }
    if (line === 'cut') return { answers: { lines: own.slice(1), ended: 'cut' }, last: at };
    if (/^[a-z]/.test(line)) {
      return { answers: { lines: own.slice(1), ended: 'whole' }, last: at - 1 };
    }
    if (line !== '') own.push(line.trimEnd());
  }
  return { answers: { lines: own.slice(1), ended: 'whole' }, last: lines.length };
}
