import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { expectGolden } from '../test/golden-file.ts';
import { parsingSentence } from './parsing-sentence.ts';
import { createProgram } from './program.ts';

/** What was asked: the verb, its arguments and its options. */
type Asked = readonly unknown[];

/** Parses a command line; what it asks, or the sentence about what is wrong with it. */
async function parsed(...args: readonly string[]): Promise<Asked | string> {
  const asked: unknown[] = [];
  const note =
    (verb: string) =>
    (...given: readonly unknown[]): Promise<void> => {
      asked.push(verb, ...given.filter((one) => !(one instanceof Object && 'parent' in one)));
      return Promise.resolve();
    };
  const program = createProgram('1.2.3', {
    start: note('start'),
    verify: note('verify'),
    check: note('check'),
    plan: note('plan'),
    judge: note('judge'),
    replay: note('replay'),
    survey: note('survey'),
    export: note('export'),
    explain: note('explain'),
    record: note('record'),
    list: note('list'),
  });
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return parsingSentence(error.code, error.message);
    throw error;
  }
  return asked;
}

describe('the command line', () => {
  it('has defaults for everything', async () => {
    expect(await parsed('verify')).toEqual([
      'verify',
      { profile: 'all', engine: 'drivers', symmetry: 'on', maxMemory: 2000, maxStates: 50_000_000 },
    ]);
    expect(await parsed('check', 'reference')).toEqual([
      'check',
      { kind: 'reference', name: 'reference' },
      { profile: 'auto', runs: 2000, length: 20, seed: 1, workers: 1 },
    ]);
    expect(await parsed('start')).toEqual(['start', { runs: 1000, seed: 1 }]);
    expect(await parsed('replay', 'a', 'b')).toEqual(['replay', ['a', 'b'], { profile: 'auto' }]);
    expect(await parsed('survey', 'linux', 'reference@linux-4.4')).toEqual([
      'survey',
      [
        { kind: 'linux', name: 'linux' },
        { kind: 'reference', name: 'reference@linux-4.4', profile: 'linux-4.4' },
      ],
      { format: 'text' },
    ]);
    expect(await parsed('list')).toEqual(['list', undefined, {}]);
    expect(await parsed('list', '--quiet')).toEqual(['list', undefined, { quiet: true }]);
  });

  it('reads values and lists of values', async () => {
    const check = await parsed(
      ...['check', 'exec:a b:c', '--shard', '2/4', '--seed', 'random', '--time', '1.5'],
      ...['--workers', '3'],
      ...['--switch', 'instance=per-mount', '--switch', 'hashFull=after-flags', '--strict'],
    );
    expect(check[1]).toEqual({ kind: 'exec', name: 'exec:a b:c', command: 'a b:c' });
    expect(check[2]).toMatchObject({
      shard: { index: 1, of: 4 },
      workers: 3,
      seed: 'random',
      time: 1.5,
      strict: true,
      switch: [
        { name: 'instance', value: 'per-mount' },
        { name: 'hashFull', value: 'after-flags' },
      ],
    });
    const replay = await parsed('replay', 'a', '--on', 'linux', '--on', 'mutant:exit-drops-pins');
    expect(replay[2]).toMatchObject({ on: [{ kind: 'linux' }, { id: 'exit-drops-pins' }] });
    const verify = await parsed('verify', '--scope', 'counts', '--scope', 'errors');
    expect(verify[1]).toMatchObject({ scope: ['counts', 'errors'] });
    expect((await parsed('verify', '--emit-traces', 'x'))[1]).toMatchObject({ emitTraces: 'x' });
    expect((await parsed('verify', '--lossy'))[1]).toMatchObject({ lossy: true });
    expect((await parsed('check', 'linux', '--corpus', 'x'))[2]).toMatchObject({ corpus: 'x' });
  });

  it.each([
    [['chek'], "unknown command 'chek' (Did you mean check?); see pinproof --help."],
    [['check'], "missing required argument 'target'; see pinproof --help."],
    [
      ['check', 'mutant:exit-drops-pin'],
      'no mutant is called "exit-drops-pin"; did you mean exit-drops-pins?',
    ],
    [['check', 'exec:'], '"exec:" was found, but a command behind "exec:" was expected.'],
    [
      ['check', 'zzz'],
      'no target is called "zzz"; known are reference, reference@PROFILE, linux, exec:COMMAND, mutant:NAME.',
    ],
    [
      ['survey', 'reference@linux-4.5'],
      'no profile is called "linux-4.5"; did you mean linux-4.4?',
    ],
    [['survey'], "missing required argument 'target'; see pinproof --help."],
    [
      ['survey', 'linux', '--format', 'html'],
      '--format: no format is called "html"; known are text, json, markdown.',
    ],
    [
      ['survey', 'linux', '--format', 'markdown', '--json'],
      "option '--format <name>' cannot be used with option '--json'; see pinproof --help.",
    ],
    [
      ['check', 'linux', '--runs', 'many'],
      '--runs: "many" was found, but a whole number from 0 to 100000000 was expected.',
    ],
    [
      ['check', 'linux', '--time', '0'],
      '--time: "0" was found, but seconds, a number above 0 and at most 604800, was expected.',
    ],
    [
      ['check', 'linux', '--seed', '4294967296'],
      '--seed: "4294967296" was found, but a whole number from 0 to 4294967295, or "random", was expected.',
    ],
    [
      ['check', 'linux', '--workers', '0'],
      '--workers: "0" was found, but a whole number from 1 to 256, or "all", was expected.',
    ],
    [
      ['check', 'linux', '--shard', '3/2'],
      '--shard: "3/2" was found, but a part like 1/4, the first of four, was expected.',
    ],
    [
      ['check', 'linux', '--corpus', 'x', '--phase', 'short'],
      "option '--corpus <dir>' cannot be used with option '--phase <name>'; see pinproof --help.",
    ],
    [
      ['check', 'linux', '--runs', '5', '--corpus', 'x'],
      "option '--corpus <dir>' cannot be used with option '--runs <n>'; see pinproof --help.",
    ],
    [
      ['verify', '--emit-traces'],
      "option '--emit-traces <dir>' argument missing; see pinproof --help.",
    ],
    [
      ['verify', '--scope', 'survivl'],
      '--scope: no scope is called "survivl"; did you mean survival?',
    ],
    [
      ['verify', '--switch', 'instance'],
      '--switch: "instance" was found, but NAME=VALUE was expected.',
    ],
    [
      ['verify', '--switch', 'instanse=per-mount'],
      '--switch: no switch is called "instanse"; did you mean instance?',
    ],
    [
      ['verify', '--switch', 'instance=per-mnt'],
      '--switch: no value of the switch instance is called "per-mnt"; did you mean per-mount?',
    ],
    [
      ['replay', 'a', '--profile', 'auto'],
      '--profile: no profile is called "auto"; known are seed-2015, linux-4.4, linux-4.6, linux-4.7, linux-6.1, linux-6.12, linux-6.18.',
    ],
    [
      ['list', 'goals', '--json', 'more'],
      "too many arguments for 'list'. Expected 1 argument but got 2; see pinproof --help.",
    ],
  ])('answers %j with one sentence', async (args, sentence) => {
    expect(await parsed(...args)).toBe(sentence);
  });
});

describe('the help', () => {
  const nothing = (): Promise<void> => Promise.resolve();
  const program = createProgram('1.2.3', {
    start: nothing,
    verify: nothing,
    check: nothing,
    plan: nothing,
    judge: nothing,
    replay: nothing,
    survey: nothing,
    export: nothing,
    explain: nothing,
    record: nothing,
    list: nothing,
  });

  it.each(program.commands.map((command) => [command.name(), command] as const))(
    'explains %s',
    (name, command) => {
      command.configureOutput({ getOutHelpWidth: () => 100 });
      expectGolden(`help-${name}.txt`, command.helpInformation());
    },
  );
});
