import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { boundsOf } from '../cli/replay/trace-bounds.ts';
import { createOracle, stateLimit } from '../conformance/index.ts';
import type { Oracle } from '../conformance/index.ts';
import { createWorld, sameOutcome } from '../model/index.ts';
import { isProfileName, profiles } from '../model/profiles/index.ts';
import { newestKernel, readAnswers } from './observed.test-data.ts';
import type { TraceEvent, TraceHeader } from './index.ts';
import { parseTrace, printOutcome, readHeader } from './index.ts';

const folder = join(import.meta.dirname, 'corpus', 'observed');
const answers = readAnswers(readFileSync(join(folder, 'answers.json'), 'utf8'));

function read(file: string): { header: TraceHeader; events: readonly TraceEvent[] } {
  const result = parseTrace(readFileSync(join(folder, file), 'utf8'));
  const header = readHeader(result.ok ? result.trace.header : []);
  if (!result.ok || !header.ok) throw new Error(`${file} cannot be read`);
  return { header: header.header, events: result.trace.events };
}

function oracleOf(kernel: string, header: TraceHeader, events: readonly TraceEvent[]): Oracle {
  const profile = answers.profiles[kernel] ?? '';
  if (!isProfileName(profile)) throw new Error(`${profile} is no profile`);
  const bounds = boundsOf(header, events);
  const world = createWorld({ switches: profiles[profile], bounds, host: header.host });
  const oracle = createOracle(world, stateLimit, (_call, a, b) => sameOutcome(a, b));
  oracle.reset();
  return oracle;
}

/** What the model of a kernel allows as the answer to the last call, all others as recorded. */
function allowedLast(kernel: string, file: string): readonly string[] {
  const { header, events } = read(file);
  const oracle = oracleOf(kernel, header, events);
  for (const { line, step, outcome } of events.slice(0, -1)) {
    const verdict = outcome && oracle.step(step.pid, step.call, outcome);
    if (verdict?.kind !== 'consistent') throw new Error(`${file}: line ${line} is not allowed`);
  }
  const step = events.at(-1)?.step;
  if (step === undefined) return [];
  return oracle.allowed(step.pid, step.call).map(({ outcome }) => printOutcome(step, outcome));
}

/** Where the model of a kernel does not allow what that kernel answered in a running sequence. */
function refusedIn(kernel: string, file: string): readonly string[] {
  const { header, events } = read(file);
  const oracle = oracleOf(kernel, header, events);
  const refused: string[] = [];
  events.forEach(({ step, outcome }, at) => {
    const row = answers.sequences[file]?.[`${at + 1}`];
    const answered = row?.answers[kernel] ?? (outcome && printOutcome(step, outcome));
    const allowed = oracle.allowed(step.pid, step.call);
    const same = allowed.find((each) => printOutcome(step, each.outcome) === answered);
    if (same !== undefined) oracle.step(step.pid, step.call, same.outcome);
    else refused.push(`${row?.row ?? `call ${at + 1}`}: ${answered}`);
  });
  return refused;
}

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.trace'))
  .sort();
const cases = Object.entries(answers.traces).flatMap(([file, { answers: byKernel }]) =>
  Object.entries(byKernel).map(([kernel, answer]) => ({ file, kernel, answer })),
);

describe('the newest kernel', () => {
  it('is the one with the highest version, wherever it is listed', () => {
    expect(newestKernel(['4.4.11', '6.1.192', '6.1.176'])).toBe('6.1.192');
    expect(newestKernel(['6.18.44', '6.12.117', '6.2.9'])).toBe('6.18.44');
    expect(newestKernel([])).toBe('');
  });
});

describe('what six kernels answered', () => {
  it('is listed for every trace, and for the kernels that have a profile', () => {
    const named = [...Object.keys(answers.traces), ...Object.keys(answers.sequences)];
    expect(named.sort()).toEqual(files);
    expect(Object.values(answers.profiles).filter((name) => !isProfileName(name))).toEqual([]);
    expect(cases.filter(({ kernel }) => !(kernel in answers.profiles))).toEqual([]);
  });

  it.each(Object.keys(answers.traces))(
    'is, as far as %s has recorded it, the answer to its last call',
    (file) => {
      const { header, events } = read(file);
      const last = events.at(-1);
      const { step, answers: byKernel = {} } = answers.traces[file] ?? {};
      const recorded = newestKernel(Object.keys(byKernel));
      expect(step).toBe(events.length);
      expect(header.profiles).toEqual([answers.profiles[recorded]]);
      expect(last?.outcome && printOutcome(last.step, last.outcome)).toBe(byKernel[recorded]);
    },
  );

  it.each(cases)('is allowed in $file by the profile of $kernel: $answer', (each) => {
    expect(allowedLast(each.kernel, each.file)).toContain(each.answer);
  });

  it.each(
    Object.keys(answers.sequences).flatMap((file) =>
      Object.keys(answers.profiles).map((kernel) => ({ file, kernel })),
    ),
  )('is allowed all along $file by the profile of $kernel', ({ file, kernel }) => {
    expect(refusedIn(kernel, file)).toEqual([]);
  });

  it.each(Object.entries(answers.sequences))('is recorded of the newest in %s', (file, rows) => {
    const { events } = read(file);
    for (const [step, { answers: byKernel }] of Object.entries(rows)) {
      const event = events[Number(step) - 1];
      const recorded = event?.outcome && printOutcome(event.step, event.outcome);
      expect(recorded).toBe(byKernel[newestKernel(Object.keys(byKernel))]);
      expect(Object.keys(byKernel)).toEqual(Object.keys(answers.profiles));
    }
  });
});
