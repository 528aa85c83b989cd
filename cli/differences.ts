/** `list profiles --differences`: what neighbouring profiles differ in, and the traces that show it. */
import { fileURLToPath } from 'node:url';
import { profileNames, profiles, switchFacts } from '../model/index.ts';
import type { ProfileName, SwitchName, Untold } from '../model/index.ts';
import { differencesText } from '../report/index.ts';
import type { NeighboursReport, SwitchDifference, TellingTrace } from '../report/index.ts';
import type { CommandResult, Surroundings } from './command.types.ts';
import { readTraceFile } from './replay/read-trace.ts';
import { chooseProfile, switchNames } from './selection.ts';
import { whereDifferent } from './where-different.ts';

/** Two profiles of which no other one is between. */
interface Neighbours {
  readonly older: ProfileName;
  readonly newer: ProfileName;
}

export async function listDifferences({
  paint,
}: Pick<Surroundings, 'paint'>): Promise<CommandResult> {
  const reports: NeighboursReport[] = [];
  for (const [at, newer] of profileNames.entries()) {
    const older = profileNames[at - 1];
    if (older !== undefined) reports.push(await differencesOf({ older, newer }));
  }
  return {
    ending: 'fine',
    text: differencesText(reports, paint),
    document: { topic: 'profiles', differences: reports },
    measurements: {},
  };
}

async function differencesOf({ older, newer }: Neighbours): Promise<NeighboursReport> {
  const switches: SwitchDifference[] = [];
  for (const name of switchNames) {
    const values = [profiles[older][name], profiles[newer][name]] as const;
    if (values[0] === values[1]) continue;
    const trace = await firstTelling(name, { older, newer });
    const why = trace === null ? whyUntold(name, values) : null;
    switches.push({ switch: name, older: values[0], newer: values[1], trace, why });
  }
  return { older, newer, switches };
}

async function firstTelling(name: SwitchName, pair: Neighbours): Promise<TellingTrace | null> {
  const { older, newer } = pair;
  for (const file of switchFacts[name].traces) {
    const telling =
      (await tellingTrace(file, name, older, newer)) ??
      (await tellingTrace(file, name, newer, older));
    if (telling !== null) return telling;
  }
  return null;
}

/**
 * The trace, if it conforms to one profile and not to the other, and the one switch is enough to
 * have it deviate where the other profile does.
 */
async function tellingTrace(
  name: string,
  theSwitch: SwitchName,
  own: ProfileName,
  other: ProfileName,
): Promise<TellingTrace | null> {
  const trace = readTraceFile(corpusFile(name));
  const { settings } = trace;
  const changed = { name: theSwitch, value: profiles[other][theSwitch] };
  const kernel = chooseProfile(own, settings);
  const between = await whereDifferent(trace, kernel, chooseProfile(other, settings));
  if (between === null) return null;
  const alone = await whereDifferent(trace, kernel, chooseProfile(own, [...settings, changed]));
  if (alone?.line !== between.line) return null;
  const { line, call, own: conforming, other: deviating } = between;
  return {
    file: `${name}.trace`,
    conforms: own,
    line,
    call,
    answers: { [own]: conforming, [other]: deviating },
  };
}

function whyUntold(name: SwitchName, values: readonly [string, string]): string {
  const untold: readonly Untold<string>[] = switchFacts[name].untold ?? [];
  const [first, second] = values;
  return untold.find((one) => one.values.includes(first) && one.values.includes(second))?.why ?? '';
}

/** The corpus lies where the sources do, and where they are built. */
export const corpusFile = (name: string): string =>
  fileURLToPath(new URL(`../traces/corpus/${name}.trace`, import.meta.url));
