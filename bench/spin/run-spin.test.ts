import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { judgedScopes } from './judged-scopes.ts';
import { promelaOf } from './promela.ts';
import { runPromela, runSpin, SpinFailure } from './run-spin.ts';
import type { SpinProfile, SpinScope } from './scope.types.ts';

const installed = ['spin', 'gcc'].every((it) => spawnSync(it, ['--version']).error === undefined);
const options = { build: 'quick', tableBits: 16, asserts: 'with-asserts' } as const;

function named(name: string, profile: SpinProfile): SpinScope {
  const found = judgedScopes.find((it) => it.name === name);
  if (found === undefined) throw new Error(`There is no scope ${name}.`);
  return { ...found.scope, profile };
}

function leftovers(): number {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('pinproof-spin-')).length;
}

describe.skipIf(!installed)('the Promela judge', () => {
  it('counts what a person counts in the smallest scope', async () => {
    const run = await runSpin(named('smallest', 'linux-6.18'), options);
    expect([run.states, run.transitions]).toEqual([14, 60]);
  });

  it('counts what a person counts where one object can be pinned', async () => {
    const run = await runSpin(named('one-pin', 'linux-4.4'), options);
    expect([run.states, run.transitions]).toEqual([22, 114]);
  });

  it('lets 4.4 mount an instance again where 6.18 has no room for a second one', async () => {
    const scope = named('alone', 'linux-4.4');
    const [old, modern] = [
      await runSpin(scope, options),
      await runSpin({ ...scope, profile: 'linux-6.18' }, options),
    ];
    expect(old.transitions).toBeGreaterThan(modern.transitions);
  });

  it('notices by its asserts a count that is not moved', async () => {
    const text = promelaOf(named('one-pin', 'linux-6.18'), 'with-asserts');
    const broken = text.replace('ob[o-1] + OB_refcnt + OB_usercnt', 'ob[o-1] + OB_refcnt');
    expect(broken).not.toBe(text);
    const before = leftovers();
    await expect(runPromela(broken, options)).rejects.toThrow(/assertion violated/);
    expect(leftovers()).toBe(before);
  });

  it('says which tool refused its input', async () => {
    await expect(runPromela('no promela', options)).rejects.toThrow(SpinFailure);
    await expect(runPromela('no promela', options)).rejects.toThrow(/^spin failed/);
  });
});
