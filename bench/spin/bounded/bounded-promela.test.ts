import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { countedScope, countedScopes } from '../../bounded/scopes.ts';
import { searched } from '../../bounded/searched.test-data.ts';
import { createBounded } from '../../bounded/system.ts';
import { runPromela } from '../run-spin.ts';
import { boundedPromela } from './bounded-promela.ts';

const installed = ['spin', 'gcc'].every((it) => spawnSync(it, ['--version']).error === undefined);
const options = { build: 'quick', tableBits: 18 } as const;

describe.skipIf(!installed)('the Promela text of the bounded model', () => {
  it.each(countedScopes.slice(0, 4))('counts at $name what the rows count', async ({ scope }) => {
    const spin = await runPromela(boundedPromela(scope), options);
    const { verdict, states, transitions } = searched(createBounded(scope, 'none'));
    expect(verdict).toBe('pass');
    expect([spin.states, spin.transitions]).toEqual([states, transitions]);
  });

  it('counts what the rows count where namespaces and instances die', async () => {
    const scope = { processes: 2, namespaces: 3, objects: 1, descriptors: 1, names: 1 };
    const spin = await runPromela(boundedPromela(scope), options);
    const { states, transitions } = searched(createBounded(scope, 'none'));
    expect([spin.states, spin.transitions]).toEqual([states, transitions]);
  });

  it.each([
    ['a drop that keeps the kind', 'set_ob_kind(o, 0)', 'skip'],
    [
      'an unlink that keeps the reference',
      'set_in_pin1(x_i, 0);\ndrop(x_o)',
      'set_in_pin1(x_i, 0)',
    ],
    ['a namespace that dies and stays a key', 'set_in_key(1, 0)', 'skip'],
  ])('notices by its asserts %s', async (_fault, right, wrong) => {
    const text = boundedPromela(countedScope('2,2,2,2,2').scope);
    const broken = text.replace(right, wrong);
    expect(broken).not.toBe(text);
    await expect(runPromela(broken, options)).rejects.toThrow(/assertion violated/);
  });
});
