import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { expectGolden } from './golden-file.ts';
import { linuxMissing, pinproof, temporaryFolder } from './run-pinproof.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const corpus = join(import.meta.dirname, '..', 'traces', 'corpus');
const parts = join(import.meta.dirname, '..', 'cli', 'export', 'c');
const inCorpus = (name: string): string => join(corpus, `${name}.trace`);

/** What a command printed, and how it ended. */
interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(command: string, ...args: readonly string[]): Promise<Run> {
  try {
    const { stdout, stderr } = await promisify(execFile)(command, args, { timeout: 60_000 });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as Run;
    return { code, stdout, stderr };
  }
}

/** Why programs cannot be compiled and run on this kernel, or null. */
async function programsMissing(): Promise<string | null> {
  const { code } = await run('cc', '--version');
  return code === 0 ? await linuxMissing() : 'there is no C compiler called cc';
}

const missing = await programsMissing();

/** The text of an export. */
async function exported(name: string, format: string, ...more: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await pinproof([
    ...['export', inCorpus(name), '--format', format],
    ...more,
  ]);
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
}

/** A program with the name of a part wherever the whole of that part stands. */
function withoutParts(program: string): string {
  return readdirSync(parts).reduce(
    (text, part) => text.replace(readFileSync(join(parts, part), 'utf8'), `(${part})\n`),
    program,
  );
}

/** Compiles a program with every warning an error, and runs it. */
async function played(name: string, program: string): Promise<Run> {
  const source = join(folder.path, `${name.replaceAll('/', '-')}.c`);
  const binary = source.slice(0, -2);
  writeFileSync(source, program);
  const flags = ['-Wall', '-Wextra', '-Werror', '-static', '-O1'];
  const compiled = await run('cc', ...flags, '-o', binary, source);
  expect(compiled).toEqual({ code: 0, stdout: '', stderr: '' });
  return run(binary);
}

/** Of different kinds: processes, exec, namespaces, sockets, tail calls, permissions, limits. */
const traces = [
  'survival/pinned-map-survives-its-creator',
  'survival/killed-creator',
  'survival/exec-keeps-a-duplicate',
  'singleton/instance-per-mount',
  'sockets/daemon-holds-what-its-peer-sent',
  'counts/descriptor-limit',
  'propagation/mount-of-a-child-appears',
  'tail-calls/closed-array-is-emptied',
  'permissions/modes-of-pins',
] as const;

describe('an exported trace', () => {
  const few = ['survival/killed-creator', 'sockets/sent-map-survives-its-sender'] as const;
  const goldenOf = (name: string, format: string): string =>
    `export/${name.replace('/', '-')}.${format}`;

  it.each(few.flatMap((name) => ['jsonl', 'itf'].map((as) => [name, as] as const)))(
    '%s is written as %s',
    async (name, format) => {
      expectGolden(goldenOf(name, format), await exported(name, format));
    },
  );

  it.each(few)('%s is written as a program: what is its own, among parts', async (name) => {
    expectGolden(goldenOf(name, 'c'), withoutParts(await exported(name, 'c')));
  });

  it('is written as a script around that very program', async () => {
    const program = await exported(few[0], 'c');
    const pieces = (await exported(few[0], 'sh')).split(program);
    expect(pieces).toHaveLength(2);
    expectGolden('export/script.sh', pieces.join('(the program)\n'));
  });

  it('is read again from JSON lines as the same trace', async () => {
    const file = join(folder.path, 'again.jsonl');
    writeFileSync(file, await exported('survival/killed-creator', 'jsonl'));
    const { code, stdout } = await pinproof(['export', file, '--format', 'jsonl']);
    expect([code, stdout]).toEqual([0, readFileSync(file, 'utf8')]);
  });

  it('shows what takes place between two calls as a state of its own', async () => {
    const name = 'tail-calls/closed-array-is-emptied';
    const { states } = JSON.parse(await exported(name, 'itf')) as {
      states: { 'mbt::actionTaken': string }[];
    };
    expect(states.map((state) => state['mbt::actionTaken'])).toContain('clear-slots');
  });

  it('goes into a file where one is named', async () => {
    const out = join(folder.path, 'named.itf.json');
    const name = 'survival/killed-creator';
    const args = ['export', inCorpus(name), '--format', 'itf', '--out', out];
    const { code, stdout } = await pinproof(args);
    expect([code, stdout]).toEqual([0, `${inCorpus(name)} as itf is in ${out}.\n`]);
    expect(readFileSync(out, 'utf8')).toBe(await exported(name, 'itf'));
    const bad = await pinproof([...args.slice(0, -1), join(folder.path, 'no', 'such')]);
    expect(bad.code).toBe(2);
    expect(bad.stderr).toMatch(/^pinproof: the export cannot be written to [^\n]+--out\.\n$/);
  });

  it('is whole where only the last line of a result is asked for, and is measured', async () => {
    const file = join(folder.path, 'measured.json');
    const args = ['--quiet', '--strict', '--measurements', file];
    const quiet = await exported('survival/killed-creator', 'jsonl', ...args);
    expect(quiet).toBe(await exported('survival/killed-creator', 'jsonl'));
    expect(readFileSync(file, 'utf8')).toContain('"verb": "export"');
  });

  it('is refused in one sentence that names the call that cannot be expressed', async () => {
    const name = 'ids/' + (readdirSync(join(corpus, 'ids'))[0] ?? '').replace('.trace', '');
    const { code, stdout, stderr } = await pinproof(['export', inCorpus(name), '--format', 'c']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /^[^\n]+\.trace:\d+:1: \d bpf\(BPF_\w+_ID, [^\n]+ cannot be exported: ids are [^\n]+\n$/,
    );
  });

  it.each([
    ['#: host: /cgroup/a/', '1 fork()', /:1:1: \/cgroup\/ of the host tree cannot be exported/],
    [
      '#: unprivileged-bpf-disabled: 0',
      '1 fork()',
      /:1:1: the trace cannot be exported: unprivileged-bpf-disabled is set/,
    ],
    ['#: title: a', '1 chdir("/proc/self")', /:2:1: 1 chdir\("\/proc\/self"\) cannot be/],
  ])('is refused with %s and %s', async (header, line, sentence) => {
    const file = join(folder.path, 'refused.trace');
    writeFileSync(file, `${header}\n${line}\n`);
    const { code, stderr } = await pinproof(['export', file, '--format', 'sh']);
    expect(code).toBe(2);
    expect(stderr).toMatch(sentence);
  });

  it('has no states where the model never answers as recorded', async () => {
    const file = join(folder.path, 'wrong.trace');
    writeFileSync(file, '1 fork() = 2\n1 close(9) = 0\n');
    const { code, stderr } = await pinproof(['export', file, '--format', 'itf']);
    expect(code).toBe(2);
    expect(stderr).toBe(
      `${file}:2:1: 1 close(9) cannot be exported: the model has no state in which it answers 0\n`,
    );
    for (const format of ['itf', 'c']) {
      writeFileSync(file, '1 dup(1)\n');
      const outside = await pinproof(['export', file, '--format', format]);
      expect([outside.code, outside.stderr]).toEqual([
        2,
        `${file}:1:1: 1 dup(1) cannot be exported: the model has no answer within its bounds\n`,
      ]);
    }
  });
});

describe('an exported program', () => {
  it.for(traces)(
    'finds that the running kernel answers to %s as the model',
    async (name, context) => {
      if (missing !== null) context.skip(loudly(missing));
      const { code, stdout, stderr } = await played(name, await exported(name, 'c'));
      expect(stdout).not.toContain('DIFFERS');
      expect([code, stderr]).toEqual([0, '']);
      const calls = stdout.trimEnd().split('\n').slice(0, -1);
      // The answers are those that the trace records, line by line.
      expect(calls.map(answerIn)).toEqual(recorded(name).map(answerIn));
      expect(stdout).toMatch(/(\d+) of \1 answers are what the model says\.\n$/);
    },
  );

  it('finds an answer that is not the expected one', async (context) => {
    if (missing !== null) context.skip(loudly(missing));
    const program = await exported('survival/killed-creator', 'c');
    const broken = program.replace('{"0 (value=7)", NULL}', '{"0 (value=8)", NULL}');
    expect(broken).not.toBe(program);
    const { code, stdout } = await played('broken', broken);
    expect(code).toBe(1);
    expect(stdout.split('\n').filter((line) => line.startsWith('DIFFERS'))).toEqual([
      'DIFFERS  1 bpf(BPF_MAP_LOOKUP_ELEM, {map_fd=3, key=0}, 32) = 0 (value=7); the model says 0 (value=8)',
    ]);
    expect(stdout).toMatch(/9 of 10 answers are what the model says\.\n$/);
  });

  it('says in one line that it cannot begin, and that a process ended', async (context) => {
    if (missing !== null) context.skip(loudly(missing));
    const program = await exported('survival/killed-creator', 'c');
    const refused = program.replace('unshare(CLONE_NEWNS)', 'unshare(-1)');
    const unbegun = await played('unbegun', refused);
    expect(unbegun).toMatchObject({
      code: 3,
      stdout: '',
      stderr: 'cannot make a private mount namespace (this wants root): Invalid argument\n',
    });
    const ended = await played(
      'ended',
      program.replace('    map_lookup(', '    _exit(0);\n    map_lookup('),
    );
    expect(ended.code).toBe(3);
    expect(ended.stderr).toBe(
      '2 bpf(BPF_MAP_LOOKUP_ELEM, {map_fd=3, key=0}, 32): the process ended\n',
    );
  });

  it('finds that this kernel is not that of another profile', async (context) => {
    if (missing !== null) context.skip(loudly(missing));
    const name = 'singleton/two-mounts-one-instance';
    const { code, stdout } = await played(name, await exported(name, 'c'));
    expect(code).toBe(1);
    expect(stdout).toContain(
      'DIFFERS  1 bpf(BPF_OBJ_GET, {pathname="/mnt/b/m"}, 16) = -1 ENOENT; the model says 4\n',
    );
  });
});

describe('an exported script', () => {
  it.for(traces)('plays %s with the same answers', async (name, context) => {
    if (missing !== null) context.skip(loudly(missing));
    const file = join(folder.path, 'script.sh');
    writeFileSync(file, await exported(name, 'sh'));
    const { code, stdout, stderr } = await run('sh', file);
    expect([code, stderr]).toEqual([0, '']);
    const calls = stdout.trimEnd().split('\n').slice(0, -1);
    expect(calls.map(answerIn)).toEqual(recorded(name).map(answerIn));
  });

  it('says so where there is no compiler, and leaves nothing behind', async () => {
    const file = join(folder.path, 'script.sh');
    writeFileSync(file, await exported('survival/killed-creator', 'sh'));
    const { code, stderr } = await run('env', 'CC=false', `TMPDIR=${folder.path}`, 'sh', file);
    expect([code, stderr]).toEqual([
      3,
      'the program cannot be compiled; name a C compiler in CC\n',
    ]);
    expect(readdirSync(folder.path).filter((name) => name.startsWith('tmp.'))).toEqual([]);
  });
});

/** The lines of a trace in the corpus that hold calls. */
const recorded = (name: string): readonly string[] =>
  readFileSync(inCorpus(name), 'utf8')
    .split('\n')
    .filter((line) => /^\d/.test(line));

/** The value or the name of the error behind the last `=` of a line. */
const answerIn = (line: string): string =>
  /.* = (?:-1 )?([A-Z]+|\?|\d+(?: \(value=\d+\))?)/.exec(line)?.[1] ?? line;

const loudly = (why: string): string => `exported programs: SKIPPED (${why})`;
