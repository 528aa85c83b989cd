import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pinproof, temporaryFolder, type TemporaryFolder } from './run-pinproof.ts';

const few = ['--phase', 'random', '--runs', '40'];

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

const check = (...args: readonly string[]) => pinproof(['check', ...args], { cwd: folder.path });

/** A program of the exec protocol that answers `start` properly and dies on the first run. */
const mortal =
  'exec:read -r l; echo \'{"version":1,"implementation":{"name":"mortal","version":"0"},' +
  '"capabilities":{"calls":["close","exit_group"],"observes":[],"descriptors":"lowest"}}\'; ' +
  'read -r l; echo \'{"ok":true}\'; read -r l; exit 7';

const example = join(import.meta.dirname, '..', 'adapters', 'exec', 'example', 'pins.py');

describe('check', () => {
  it('finds that the reference conforms, and says the same twice', async () => {
    const args = ['reference', '--profile', 'linux-4.4', ...few, '--json'];
    const [first, second] = await Promise.all([check(...args), check(...args, '--quiet')]);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(second.stdout).toBe(first.stdout);
    expect(JSON.parse(first.stdout)).toMatchObject({
      format: 'pinproof-result/1',
      verb: 'check',
      exit: 0,
      profile: 'linux-4.4',
      verdict: 'conforms',
      seed: 1,
      runs: { short: 0, random: 40 },
      deviations: [],
    });
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('prints the seed that it drew, and measurements only where they were asked for', async () => {
    const file = join(folder.path, 'measured.json');
    const { code, stdout, stderr } = await check(
      ...['reference', ...few, '--seed', 'random', '--quiet', '--measurements', file],
    );
    expect(code).toBe(0);
    expect(stderr).toMatch(/^pinproof: the seed is \d+\n$/);
    expect(stdout).toMatch(
      /^reference under linux-6\.18: conforms; [\d,]+ calls in 40 runs compared\n$/,
    );
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      format: 'pinproof-measurements/1',
      verb: 'check',
      checks: [{ target: 'reference', profile: 'linux-6.18' }],
    });
  });

  it('finds what is wrong with a mutant, and its trace deviates when it is replayed', async () => {
    const target = 'mutant:second-mount-new-instance';
    const { code, stdout } = await check(target, ...few);
    expect(code).toBe(1);
    expect(stdout).toContain('property singleton-per-namespace: ');
    const name = 'mutant-second-mount-new-instance.linux-4-4.singleton-per-namespace-1.trace';
    const trace = join('deviations', name);
    expect(stdout).toContain(`saved in ${trace}`);
    const replayed = await pinproof(['replay', trace, '--on', target, '--on', 'reference'], {
      cwd: folder.path,
    });
    expect(replayed.stdout).toMatch(/^ {2}reference: conforms$/m);
  });

  it('deviates under a profile with a switch changed, unless the target is changed with it', async () => {
    const changed = ['--profile', 'linux-6.18', '--switch', 'pinBadFd=EBADF', ...few, '--json'];
    const program = await check(`exec:python3 ${example}`, ...changed);
    expect(program.code).toBe(1);
    expect(JSON.parse(program.stdout)).toMatchObject({
      profile: 'linux-6.18 with pinBadFd=EBADF',
      verdict: 'deviates',
    });
    const reference = await check('reference', ...changed);
    expect(reference.code).toBe(0);
    expect(JSON.parse(reference.stdout)).toMatchObject({
      profile: 'linux-6.18 with pinBadFd=EBADF',
      verdict: 'conforms',
    });
  });

  it('says in what the reference cannot be changed alone', async () => {
    const { code, stderr } = await check('reference', '--switch', 'ids=none', ...few);
    expect(code).toBe(3);
    expect(stderr).toContain('the reference cannot be built as linux-6.18 with ids=none');
  });

  it('ends with 4 when time runs out, and when nothing is left to play', async () => {
    const late = await check('reference', '--time', '0.001');
    expect(late.code).toBe(4);
    expect(late.stdout).toContain('stopped before all runs were played');
    const nothing = await check('reference', '--phase', 'random', '--runs', '0');
    expect(nothing.code).toBe(4);
  });

  it('compares a program, detects its profile and says what it cannot see', async () => {
    const { code, stdout } = await check(`exec:python3 ${example}`, ...few);
    expect(stdout).toMatch(/profile: linux-6\.18, detected/);
    expect(stdout).toContain('not observable here:');
    expect(code).toBe(0);
    const strict = await check(
      ...[`exec:python3 ${example}`, ...few, '--profile', 'linux-6.18', '--strict'],
    );
    expect(strict.code).toBe(4);
  });

  it('takes the death of an implementation within a run for a deviation', async () => {
    const { code, stdout, stderr } = await check(mortal, '--profile', 'linux-6.18', ...few);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toContain('implementation-died');
    expect(stdout).toContain('status 7');
  });

  it('prints what is known when it is interrupted', async () => {
    const { code, stdout } = await pinproof(
      ['check', 'reference', '--phase', 'random', '--runs', '100000000', '--seed', 'random'],
      {
        cwd: folder.path,
        onStderr: (text, interrupt) => {
          if (text.includes('the seed is')) interrupt();
        },
      },
    );
    expect(code).toBe(130);
    expect(stdout).toContain('stopped before all runs were played');
  });
});
