/** The verb `export`: a trace in another form. */
import { replay, specify } from '../../conformance/index.ts';
import type { Specification } from '../../conformance/index.ts';
import type { ProfileName } from '../../model/index.ts';
import {
  cProgram,
  headerEntries,
  itfText,
  printStep,
  shellScript,
  traceToJsonLines,
} from '../../traces/index.ts';
import type { Exported, ItfState } from '../../traces/index.ts';
import { BadInput, refusalOf } from '../bad-input.ts';
import { writeInto } from '../check/deviation-files.ts';
import type { CommandResult, CommonOptions } from '../command.types.ts';
import { readTraceFile } from '../replay/read-trace.ts';
import type { TraceFile } from '../replay/read-trace.ts';
import { boundsOf, descriptorLimit } from '../replay/trace-bounds.ts';
import { watchedPaths } from '../replay/watched-paths.ts';
import { chooseProfile, newestProfile } from '../selection.ts';
import type { ChosenProfile, SwitchSetting } from '../selection.ts';
import { readCParts } from './c-parts.ts';
import { modelStates } from './model-states.ts';

export const exportFormats = ['jsonl', 'itf', 'c', 'sh'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface ExportOptions extends CommonOptions {
  readonly format: ExportFormat;
  /** `auto`: the newest that the trace names, or else the newest. */
  readonly profile: ProfileName | 'auto';
  readonly switch?: readonly SwitchSetting[];
  readonly out?: string;
}

/** @throws BadInput for a trace that cannot be read or expressed. */
export async function exportTrace(file: string, options: ExportOptions): Promise<CommandResult> {
  const { format, out } = options;
  const trace = readTraceFile(file);
  const chosen = chosenFor(trace, options);
  const text = await textOf(trace, chosen, format);
  if (out !== undefined) writeTo(out, text);
  return {
    ending: 'fine',
    text: out === undefined ? text : `${file} as ${format} is in ${out}.\n`,
    readBy: 'program',
    document: { file, format, profile: chosen.label, ...(out === undefined ? { text } : { out }) },
    measurements: {},
  };
}

function chosenFor(
  trace: TraceFile,
  { profile, switch: settings = [] }: ExportOptions,
): ChosenProfile {
  const base = profile === 'auto' ? (trace.profiles.at(-1) ?? newestProfile) : profile;
  return chooseProfile(base, [...trace.settings, ...settings]);
}

async function textOf(
  trace: TraceFile,
  chosen: ChosenProfile,
  format: ExportFormat,
): Promise<string> {
  switch (format) {
    case 'jsonl':
      return traceToJsonLines({ ...trace, header: headerEntries(trace.header) });
    case 'itf':
      return itfText({ title: trace.header.title, profile: chosen.label }, statesOf(trace, chosen));
    case 'c':
      return programOf(trace, await exportedOf(trace, chosen));
    case 'sh': {
      const exported = await exportedOf(trace, chosen);
      return shellScript(exported, programOf(trace, exported));
    }
  }
}

function statesOf(trace: TraceFile, chosen: ChosenProfile): readonly ItfState[] {
  const watch = watchedPaths([trace.events]);
  const specification = specificationOf(trace, chosen);
  const result = modelStates(specification.makeWorld(), trace.events, watch);
  if (!result.ok) throw refused(trace, result);
  return result.states;
}

function programOf(trace: TraceFile, exported: Exported): string {
  const program = cProgram(exported, readCParts());
  if (!program.ok) throw refused(trace, program);
  return program.text;
}

async function exportedOf(trace: TraceFile, chosen: ChosenProfile): Promise<Exported> {
  const { header, events } = trace;
  if (header.unprivilegedBpf === 'allowed') {
    const message =
      'the trace cannot be exported: unprivileged-bpf-disabled is set for a whole machine, and a program leaves it';
    throw refused(trace, { line: 0, message });
  }
  const specification = specificationOf(trace, chosen);
  const { rows } = await replay(specification, events, [], []);
  const steps = rows.map(({ step, allowed }, at) => {
    const line = events[at]?.line ?? 0;
    if (allowed.length === 0) {
      const why = 'the model has no answer within its bounds';
      throw refused(trace, { line, message: `${printStep(step)} cannot be exported: ${why}` });
    }
    return { line, step, allowed: allowed.map(({ outcome }) => outcome) };
  });
  const { title, host } = header;
  return { title, profile: chosen.label, host, descriptors: descriptorLimit(header), steps };
}

function specificationOf({ header, events }: TraceFile, chosen: ChosenProfile): Specification {
  const bounds = boundsOf(header, events);
  return specify(chosen.base, { ...chosen, bounds, host: header.host });
}

/** @param place a line of 0 is the header's. */
function refused(
  { file }: TraceFile,
  { line, message }: { readonly line: number; readonly message: string },
): BadInput {
  return new BadInput(`${file}:${Math.max(1, line)}:1: ${message}`);
}

function writeTo(out: string, text: string): void {
  try {
    writeInto(out, text);
  } catch (error) {
    throw new BadInput(
      `the export cannot be written to ${out} (${refusalOf(error)}); choose another file with --out.`,
    );
  }
}
