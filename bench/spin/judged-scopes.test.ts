import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { search } from '../../checker/index.ts';
import { createSearch } from '../../model/index.ts';
import { judgedScopes } from './judged-scopes.ts';
import { runSpin } from './run-spin.ts';
import { searchOptions } from './search-options.ts';

const installed = ['spin', 'gcc'].every((it) => spawnSync(it, ['--version']).error === undefined);
const small = judgedScopes.filter(({ name }) =>
  ['smallest', 'one-pin', 'alone', 'two-namespaces'].includes(name),
);
const limits = { states: 1e6, memory: 2 ** 30, stop: (): boolean => false };

describe.skipIf(!installed).each(['linux-6.18', 'linux-4.4'] as const)('under %s', (profile) => {
  it.each(small)(
    'the judge counts in $name what the model counts',
    async ({ scope, tableBits }) => {
      const judged = { ...scope, profile };
      const spin = await runSpin(judged, { build: 'quick', tableBits });
      const { states, transitions } = search(createSearch(searchOptions(judged)), [], limits);
      expect([spin.states, spin.transitions]).toEqual([states, transitions]);
    },
  );
});
