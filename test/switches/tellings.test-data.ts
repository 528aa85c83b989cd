/** What the traces that a switch names tell apart, found by replaying them. */
import { corpusFile } from '../../cli/differences.ts';
import { readTraceFile } from '../../cli/replay/read-trace.ts';
import { chooseProfile, switchNames } from '../../cli/selection.ts';
import { whereDifferent } from '../../cli/where-different.ts';
import { switches, switchFacts, type ProfileName, type SwitchName } from '../../model/index.ts';

/** A trace that conforms with one value of a switch and deviates with another one in its place. */
export interface Telling {
  readonly trace: string;
  readonly profile: ProfileName;
  readonly value: string;
  readonly otherValue: string;
  /** The first line that is answered differently. */
  readonly line: number;
}

/** Of each pair of values, under the first of the trace's profiles that shows it. */
async function tellingsOfTrace(name: SwitchName, trace: string): Promise<readonly Telling[]> {
  const file = readTraceFile(corpusFile(trace));
  const tellings: Telling[] = [];
  for (const profile of file.profiles) {
    const kernel = chooseProfile(profile, file.settings);
    const value = kernel.switches[name];
    for (const otherValue of switches[name].values) {
      const isKnown = tellings.some((one) => one.value === value && one.otherValue === otherValue);
      if (otherValue === value || isKnown) continue;
      const changed = [...file.settings, { name, value: otherValue }];
      const found = await whereDifferent(file, kernel, chooseProfile(profile, changed));
      if (found !== null) tellings.push({ trace, profile, value, otherValue, line: found.line });
    }
  }
  return tellings;
}

/** By switch, what its traces tell, in their order. */
export async function allTellings(): Promise<ReadonlyMap<SwitchName, readonly Telling[]>> {
  const all = new Map<SwitchName, readonly Telling[]>();
  for (const name of switchNames) {
    const tellings: Telling[] = [];
    for (const trace of switchFacts[name].traces) {
      tellings.push(...(await tellingsOfTrace(name, trace)));
    }
    all.set(name, tellings);
  }
  return all;
}
