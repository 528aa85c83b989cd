import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { exported, inCorpus } from './exports.ts';
import { linuxMissing, pinproof, temporaryFolder } from './run-pinproof.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

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

/** Of different kinds: processes, exec, namespaces, sockets, tail calls, permissions, limits, ids, lists. */
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
  'ids/map-of-a-program-is-opened-again',
  'ids/no-id-is-given-twice',
  'measured/names/listing',
] as const;

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

  it('writes listed names as the trace does, whatever is in them', async (context) => {
    if (missing !== null) context.skip(loudly(missing));
    const file = join(folder.path, 'names.trace');
    const names = ['a b', '\\"', '\\\\', '\\n\\1', '\\0017', 'é', 'é1'];
    const made = names.map((name) => `1 mkdir("/mnt/a/${name}", 0755)`);
    const lines = ['#: host: /mnt/a/', '1 mount("bpf", "/mnt/a", "bpf", 0, NULL)', ...made];
    writeFileSync(file, [...lines, '1 readdir("/mnt/a", [])', ''].join('\n'));
    const program = await pinproof(['export', file, '--format', 'c']);
    const { code, stdout } = await played('names', program.stdout);
    expect(stdout).not.toContain('DIFFERS');
    expect(code).toBe(0);
  });

  it('passes over what others on the machine have made', async (context) => {
    if (missing !== null) context.skip(loudly(missing));
    const other = await exported('ids/no-id-is-given-twice', 'c');
    // A map of nobody's is made right before each call that lists.
    const crowded = other.replace(
      'uint32_t number) {\n  static const int commands[] = {\n      [MAP] = BPF_MAP_GET_NEXT_ID',
      'uint32_t number) {\n  bpf(BPF_MAP_CREATE, &(union bpf_attr){.map_type = 2, .key_size = 4, .value_size = 4, .max_entries = 1});\n  static const int commands[] = {\n      [MAP] = BPF_MAP_GET_NEXT_ID',
    );
    expect(crowded).not.toBe(other);
    const { stdout } = await played('crowded', crowded);
    const listed = stdout.split('\n').filter((line) => line.includes('GET_NEXT_ID'));
    expect(listed.filter((line) => line.startsWith('DIFFERS'))).toEqual([]);
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
