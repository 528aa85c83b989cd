import { beforeAll, describe, expect, it } from 'vitest';
import type { Judged } from './mutation.types.ts';
import { parseOptions } from './options.ts';
import { run, type Ended } from './run.ts';
import { exitCode, verdictOf, type Listed, type Verdict } from './verdict.ts';

const newest = ['--profile', 'linux-6.18'];

describe('a check that is left out', () => {
  it('is noticed, and it is told by whom', () => {
    const { code, text } = run(['--call', 'close', ...newest, '--json'], {});
    expect(JSON.parse(text)).toMatchObject({
      mutations: [{ name: 'close without close.closed', judge: 'random runs' }],
      stale: [],
    });
    expect(code).toBe(0);
  });
});

describe('two checks that change places', () => {
  let ended: Ended = { text: '', code: 0 };
  beforeAll(() => {
    ended = run(['--call', 'chdir', ...newest], {});
  });

  it('are equivalent if no state of a scope has both', () => {
    expect(ended.text).toMatch(
      /with walk.loop before walk.missing \(chdir\): \d scopes, [\d,]+ states, /,
    );
  });

  it('do not excuse a check beside them that nobody misses', () => {
    expect(ended.text).toContain(
      'chdir without walk.bad-descriptor: NOT LISTED\n    EBADF becomes ok in',
    );
    expect(ended.code).toBe(1);
  });
});

describe('a flipped transition', () => {
  it('is noticed, and the same is said in every run', () => {
    const args = ['--chart', 'qdisc', ...newest, '--json'];
    const { code, text } = run(args, {});
    expect(text).toContain('"name": "qdisc: present meets delete -> unhandled"');
    expect(code).toBe(0);
    expect(run(args, {}).text).toBe(text);
  });
});

describe('the verdict', () => {
  const mutation = {
    kind: 'dropped',
    name: 'dup without dup.closed',
    call: 'dup',
    profiles: [],
  } as const;
  const { name } = mutation;
  const left: Judged = { mutation, end: { kind: 'differs', how: 'EBADF becomes ok' } };
  const noticed: Judged = { mutation, end: { judge: 'random runs', by: 'a.trace' } };
  const same: Judged = {
    mutation,
    end: { kind: 'equivalent', scopes: ['counts'], states: 10, bounded: 0 },
  };

  function verdict(judged: Judged, listed: Listed, ...args: readonly string[]): Verdict {
    const parsed = parseOptions(args);
    if (!parsed.ok) throw new Error(parsed.why);
    return verdictOf([judged], listed, parsed.options);
  }

  it('is bad while something is left without a reason', () => {
    expect(exitCode(verdict(left, {}))).toBe(1);
    const explained = verdict(left, { why: [name] });
    expect(explained.survivors).toEqual([{ judged: left, reason: 'why' }]);
    expect(exitCode(explained)).toBe(0);
  });

  it('is bad while a reason is listed for what needs none', () => {
    expect(verdict(noticed, { why: [name] }).stale).toEqual([name]);
    expect(verdict(same, { why: [name] }).stale).toEqual([name]);
    expect(verdict(left, { why: [name, 'gone'] }).stale).toEqual(['gone']);
    expect(exitCode(verdict(noticed, { why: [name] }))).toBe(1);
    expect(exitCode(verdict(noticed, {}))).toBe(0);
  });

  it('on a part says nothing of the rest', () => {
    expect(verdict(left, { why: [name, 'gone'] }, '--call', 'dup').stale).toEqual([]);
    expect(verdict(same, { why: [name] }, ...newest).stale).toEqual([]);
  });
});

describe('an argument that is wrong', () => {
  it('is told with what there is', () => {
    expect(run(['--call', 'clos'], {})).toMatchObject({ code: 2 });
    expect(run(['--kind', 'moved'], {}).text).toMatch(/^mutate: no kind is called "moved"; there/);
    expect(run(['--fast'], {}).code).toBe(2);
  });
});
