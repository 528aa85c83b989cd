/** The traces that decide switches: those of the corpus that the facts name, and a longer one. */
import { createKernels, referenceLimitProbe } from '../../conformance/index.ts';
import type { Probe, SurveyQuestion } from '../../conformance/index.ts';
import { switchFacts } from '../../model/index.ts';
import type { Facts, SwitchName } from '../../model/index.ts';
import { corpusFile } from '../differences.ts';
import { readTraceFile } from '../replay/read-trace.ts';
import { boundsOf } from '../replay/trace-bounds.ts';
import { switchNames } from '../selection.ts';

/** Reads them, to compare targets with these profiles. */
export function surveyQuestion(candidates: SurveyQuestion['candidates']): SurveyQuestion {
  const probes = new Map(switchNames.map((name) => [name, probesOf(name)]));
  return { probes: (name) => probes.get(name) ?? [], candidates, kernels: createKernels() };
}

function probesOf(name: SwitchName): readonly Probe[] {
  const { traces, countTraces = [] }: Facts<string> = switchFacts[name];
  const long = name === 'refLimit' ? [referenceLimitProbe()] : [];
  return [
    ...traces.map((trace) => readProbe(trace, 'answers')),
    ...countTraces.map((trace) => readProbe(trace, 'counts')),
    ...long,
  ];
}

function readProbe(name: string, by: Probe['by']): Probe {
  const { header, events } = readTraceFile(corpusFile(name));
  const bounds = boundsOf(header, events);
  return { name: `${name}.trace`, by, length: 'short', host: header.host, bounds, steps: events };
}
