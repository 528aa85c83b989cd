import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { corpusFile, listDifferences } from '../../cli/differences.ts';
import { switchNames } from '../../cli/selection.ts';
import { switches, switchFacts, type SwitchName, type Untold } from '../../model/index.ts';
import { plain } from '../../report/index.ts';
import { expectGoldenAt } from '../golden-file.ts';
import { switchesPage } from './switches-page.test-data.ts';
import { allTellings } from './tellings.test-data.ts';

const file = join(import.meta.dirname, '../../docs/switches.md');
const tellings = await allTellings();

const named = switchNames.flatMap((name) =>
  switchFacts[name].traces.map((trace) => [trace, name] as const),
);

/** Every two values of a switch, as `one other` in the order of the switch. */
function pairsOf(name: SwitchName): readonly string[] {
  const values: readonly string[] = switches[name].values;
  return values.flatMap((one, at) =>
    values.slice(at + 1).map((other) => pairText(name, one, other)),
  );
}

function pairText(name: SwitchName, one: string, other: string): string {
  const values: readonly string[] = switches[name].values;
  return values.indexOf(one) < values.indexOf(other) ? `${one} ${other}` : `${other} ${one}`;
}

const toldPairs = (name: SwitchName): readonly string[] =>
  (tellings.get(name) ?? []).map(({ value, otherValue }) => pairText(name, value, otherValue));

const untoldOf = (name: SwitchName): readonly Untold<string>[] => switchFacts[name].untold ?? [];

it('docs/switches.md is what switches, facts and traces say', async () => {
  const options = await resolveConfig(file);
  expectGoldenAt(file, await format(switchesPage(tellings), { ...options, parser: 'markdown' }));
});

describe('the traces of a switch', () => {
  it.each(named)('%s is there, and shows %s', (trace, name) => {
    expect(existsSync(corpusFile(trace))).toBe(true);
    const own = (tellings.get(name) ?? []).filter((telling) => telling.trace === trace);
    expect(own).not.toEqual([]);
  });

  it.each(switchNames)('tell all values of %s apart, but for those that none can', (name) => {
    const told = toldPairs(name);
    const accounted = untoldOf(name).map(({ values: [one, other] }) => pairText(name, one, other));
    expect(pairsOf(name).filter((pair) => ![...told, ...accounted].includes(pair))).toEqual([]);
  });

  it('are missing only where the facts say so, and there indeed', async () => {
    const { text } = await listDifferences({ paint: plain });
    const stale = switchNames.flatMap((name) =>
      untoldOf(name).filter(
        ({ values: [one, other], why }) =>
          toldPairs(name).includes(pairText(name, one, other)) && !text.includes(why),
      ),
    );
    expect(stale).toEqual([]);
  });
});

it.each(switchNames)('the prose about %s names traces that are there', (name) => {
  const { means, more = '', source } = switchFacts[name];
  const paths = [...`${means} ${more} ${source}`.matchAll(/`([a-z-]+(?:\/[a-z0-9.-]+)+\/?)`/g)];
  const missing = paths
    .map(([, path = '']) =>
      path.endsWith('/') ? corpusFile(path).replace('.trace', '') : corpusFile(path),
    )
    .filter((path) => !existsSync(path));
  expect(missing).toEqual([]);
});
