/** Conformance without Node on the target: plan, the agent alone, judge. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, type TestContext } from 'vitest';
import { linuxMissing, pinproof, temporaryFolder } from './run-pinproof.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const missing = await linuxMissing();

const short = ['--phase', 'short', '--profile', 'linux-6.18'] as const;
const seeded = ['--runs', '70', '--phase', 'random', '--profile', 'linux-6.18'] as const;

/** Writes a plan, and the agent beside it, into a new folder. */
async function planned(...more: readonly string[]): Promise<string> {
  const box = mkdtempSync(join(folder.path, 'box-'));
  const files = ['--out', join(box, 'plan'), '--agent', join(box, 'agent')];
  const { code, stderr } = await pinproof(['plan', ...files, '--quiet', ...more]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return box;
}

/** As the first process of namespaces in which there is nothing but the folder. */
function playIn(box: string, ...more: readonly string[]): string {
  const command = ['/agent', '--play', '/plan', ...more];
  const namespaces = ['--mount', '--pid', '--fork', `--root=${box}`];
  const { status, stdout, stderr } = spawnSync('unshare', [...namespaces, ...command], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(readdirSync(box).sort()).toEqual(['agent', 'plan']);
  return stdout;
}

function skipIfMissing(context: TestContext): void {
  if (missing !== null) context.skip(`linux: SKIPPED (${missing})`);
}

interface Played {
  /** The plan's text, and the agent's. */
  readonly plan: string;
  readonly answers: string;
}

/** What the agent answers to a plan. */
async function playedPlan(args: readonly string[], ...more: readonly string[]): Promise<Played> {
  const box = await planned(...args);
  return { answers: playIn(box, ...more), plan: readFileSync(join(box, 'plan'), 'utf8') };
}

let seededPlay: Promise<Played> | null = null;

/** The same of seeded runs, played once for all who read it. */
const playedSeeded = (): Promise<Played> => (seededPlay ??= playedPlan(seeded));

const answersOf = (text: string): string => {
  const file = join(mkdtempSync(join(folder.path, 'answers-')), 'ANSWERS');
  writeFileSync(file, text);
  return file;
};

const judge = (file: string, ...args: readonly string[]) =>
  pinproof(['judge', file, ...args], { cwd: folder.path });

const documentOf = (text: string) => JSON.parse(text) as Record<string, unknown>;

describe('answers of an agent with nothing but its plan', () => {
  it('get the verdict and the counts of a check of the same runs', async (context) => {
    skipIfMissing(context);
    const args = ['--runs', '40', '--profile', 'linux-6.18'] as const;
    const file = answersOf(playIn(await planned(...args)));
    const judged = await judge(file, '--profile', 'linux-6.18', '--json');
    const checked = await pinproof(['check', 'linux', ...args, '--json'], { cwd: folder.path });
    const { remarks, ...rest } = documentOf(judged.stdout);
    expect(judged.code).toBe(checked.code);
    expect(rest).toEqual({ ...documentOf(checked.stdout), verb: 'judge' });
    expect(rest['verdict']).toBe('conforms');
    expect(remarks).toHaveLength(1);
  }, 240_000);

  it('tell the profile of the kernel', async (context) => {
    skipIfMissing(context);
    const { answers } = await playedSeeded();
    const { stdout } = await judge(answersOf(answers), '--json');
    expect(documentOf(stdout)).toMatchObject({ profile: 'linux-6.18', profileOrigin: 'detected' });
  }, 240_000);

  it('are to traces as well', async (context) => {
    skipIfMissing(context);
    const corpus = join(folder.path, 'corpus');
    mkdirSync(corpus);
    writeFileSync(
      join(corpus, 'a.trace'),
      '1 fork() = 2\n1 close(9) = -1 EBADF\n2 close(9) = -1 EBADF\n',
    );
    const file = answersOf(playIn(await planned('--corpus', corpus)));
    const { code, stdout } = await judge(file, '--profile', 'linux-6.18');
    expect(stdout).toMatch(/: conforms; 3 calls in 1 trace compared/);
    expect(code).toBe(0);
  }, 120_000);

  it('go without ids, and say so', async (context) => {
    skipIfMissing(context);
    const played = await playedPlan(short, '--cookies');
    const file = answersOf(played.answers);
    const { code, stdout } = await judge(file, '--profile', 'linux-6.18');
    expect(stdout).toMatch(/^ {4}objects had no ids: .* by a cookie in it/m);
    expect(stdout).toMatch(/: conforms; /);
    expect(code).toBe(0);
    const cookie = /^step 1 1 BPF_MAP_CREATE 1 4 4 /m;
    const [at, answers] = answerTo(played, cookie);
    const other = answers.map((line, place) =>
      // The process's first descriptor leads to another map than the one that was made.
      place === at ? line.replace(/^(3 (\d+) 0 0 1 1 \d+ 1 3) \2/, '$1 400') : line,
    );
    const swapped = await judge(answersOf(other.join('\n')), '--profile', 'linux-6.18');
    expect(swapped.stdout).toMatch(
      /the cookie at process 1, descriptor 3 is 1 in the model and 0 here/,
    );
    expect(swapped.code).toBe(1);
  }, 120_000);

  it('that the model does not allow deviate at the call', async (context) => {
    skipIfMissing(context);
    const create = /^step \d 1 BPF_MAP_CREATE [12] 4 4 [1-9]/m;
    const [at, answers] = answerTo(await playedSeeded(), create);
    const wrong = answers.map((line, place) => (place === at ? line.replace(/^\d+/, '-18') : line));
    const { code, stdout } = await judge(
      answersOf(wrong.join('\n')),
      '--profile',
      'linux-6.18',
      '--json',
    );
    expect(code).toBe(1);
    const { verdict, deviations } = documentOf(stdout);
    expect(verdict).toBe('deviates');
    expect(deviations).toMatchObject([
      {
        call: expect.stringMatching(/^1 bpf\(BPF_MAP_CREATE, /) as string,
        answer: expect.stringMatching(/EXDEV/) as string,
        repeatable: 'untried',
      },
    ]);
  }, 120_000);

  it('that are torn, or of something else, are bad input', async (context) => {
    skipIfMissing(context);
    const { answers: text } = await playedSeeded();
    const lines = text.split('\n');
    const without = (pattern: RegExp): string =>
      lines.filter((line) => !pattern.test(line)).join('\n');
    const inRun = lines.indexOf('run 5');
    const cases: readonly (readonly [string, string])[] = [
      ['', 'cannot be judged: it is empty.'],
      [text.slice(0, text.length / 2), 'let the agent play the plan again.'],
      [without(/^end /), 'it ends early, in run 70 of 70; let the agent play the plan again.'],
      [without(/^run 7$/), 'let the agent play the plan again.'],
      [
        lines.filter((_, at) => at !== inRun + 2).join('\n'),
        'calls; let the agent play the plan again.',
      ],
      [
        lines.map((line, at) => (at === inRun + 2 ? '9 x' : line)).join('\n'),
        'where a number belongs.',
      ],
      [text.replace('"suite":"0.1.0"', '"suite":"9.0.0"'), 'or make a new plan.'],
      [text.replace('"seed":1', '"seed":2'), 'or make a new plan.'],
      [text.replace('{"suite"', '{"suit"'), 'is damaged: let the agent play the plan again.'],
      [text.replace('answers/1', 'answers/9'), 'and this version reads pinproof-answers/1.'],
    ];
    for (const [content, ending] of cases) {
      const { code, stdout, stderr } = await judge(answersOf(content), '--profile', 'linux-6.18');
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
      expect(stderr.trimEnd().endsWith(ending), stderr).toBe(true);
    }
    const { code, stderr } = await judge('/nowhere');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'pinproof: the answers /nowhere cannot be read (ENOENT: no such file or directory).\n',
    });
  }, 240_000);
});

/** The lines of some answers, and which of them answers the first such request of the plan. */
function answerTo(
  { plan, answers }: Played,
  request: RegExp,
): readonly [number, readonly string[]] {
  const requests = plan.split('\n');
  const found = requests.findIndex((line) => request.test(line));
  const first = requests.findLastIndex((line, at) => at < found && line.startsWith('run '));
  const lines = answers.split('\n');
  return [lines.indexOf(requests[first] ?? '') + found - first, lines];
}
