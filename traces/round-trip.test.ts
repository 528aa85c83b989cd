import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { call, outcome, pid } from './arbitrary.test-data.ts';
import type { Trace, TraceEvent } from './index.ts';
import { parseTrace, printTrace, traceFromJsonLines, traceToJsonLines } from './index.ts';

const options = { seed: 20, numRuns: 400 } as const;

/** Without the blanks at an end that reading takes away. */
const text = fc.string({ unit: 'grapheme', maxLength: 20 }).map((line) => line.trim());
const comments = fc.array(text, { minLength: 1, maxLength: 2 });

const event: fc.Arbitrary<TraceEvent> = fc.record({ pid, call }).chain((step) =>
  fc.record(
    {
      line: fc.constant(0),
      comments,
      step: fc.constant(step),
      outcome: outcome(step.call),
    },
    { requiredKeys: ['line', 'step'] },
  ),
);

const header = fc.uniqueArray(
  fc.record({
    line: fc.constant(0),
    key: fc.stringMatching(/^[a-z][a-z-]{0,5}$/),
    value: text.filter((value) => value !== ''),
  }),
  { selector: ({ key }) => key, maxLength: 3 },
);

const trace: fc.Arbitrary<Trace> = fc.record(
  { header, events: fc.array(event, { maxLength: 8 }), closing: comments },
  { requiredKeys: ['header', 'events'] },
);

/** As the trace was before it had lines. */
function withoutLines(read: ReturnType<typeof parseTrace>): Trace | null {
  if (!read.ok) return null;
  return {
    ...read.trace,
    header: read.trace.header.map((entry) => ({ ...entry, line: 0 })),
    events: read.trace.events.map((each) => ({ ...each, line: 0 })),
  };
}

describe('every trace', () => {
  it('is read back from its text as it was', () => {
    const property = fc.property(trace, (each) => {
      expect(withoutLines(parseTrace(printTrace(each)))).toEqual(each);
    });
    fc.assert(property, options);
  });

  it('is read back from its JSON lines as it was', () => {
    const property = fc.property(trace, (each) => {
      expect(withoutLines(traceFromJsonLines(traceToJsonLines(each)))).toEqual(each);
    });
    fc.assert(property, options);
  });
});

/** Pieces of which almost a trace is made. */
const pieces = fc.constantFrom(
  ...[
    '1 ',
    '[pid 2] ',
    'close',
    'bpf',
    'mount',
    '(',
    ')',
    '{',
    '}',
    ',',
    '=',
    ' = ',
    '?',
    '3',
    '-1',
  ],
  ...[
    'BPF_OBJ_GET',
    'pathname=',
    'map_fd=',
    'u64_0=',
    'u8_8=',
    'info={bpf_fd=3}',
    'BPF_MAP_GET_NEXT_ID',
    'start_id=',
    'BPF_LINK_CREATE',
    'link_create={prog_fd=3',
    'attach_type=1',
    'rtnetlink',
    'stat',
    'st_mode=S_IFDIR',
    'st_nlink=2',
    'renameat2',
    'AT_FDCWD',
    'RTM_DELTFILTER',
    'tcm_parent=egress',
    'next_id=',
    '"',
    '/mnt',
    '\\',
    '\\377',
    '#',
    '#:',
    'title: ',
    '\n',
  ],
  ...[
    'ENOENT',
    ' (value=',
    '0x',
    'NULL',
    'MS_BIND',
    '[',
    ']',
    ' => ',
    ' (flags FD_CLOEXEC)',
    ' (flags O_RDWR)',
    'fcntl',
    'F_GETFD',
    'F_GETFL',
    'pipe2',
    '|',
    '...',
    '\0',
    '\ud800',
    '"step":',
    '"call"',
  ],
);

describe('any text', () => {
  it.each([
    ['parseTrace', parseTrace],
    ['traceFromJsonLines', traceFromJsonLines],
  ])('makes %s answer, and what it accepts is printed and read back', (_name, parse) => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 20 }).map((all) => all.join('')),
      fc.json(),
    );
    const property = fc.property(texts, (each) => {
      const read = parse(each);
      if (!read.ok) return read.errors.length > 0;
      const printed = printTrace(read.trace);
      const again = parseTrace(printed);
      return again.ok && printTrace(again.trace) === printed;
    });
    fc.assert(property, { ...options, numRuns: 3000 });
  });
});
