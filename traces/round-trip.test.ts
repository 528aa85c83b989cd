import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Call, CallName, Outcome, Path } from '../model/vocabulary/index.ts';
import { callNames, errnoNumbers, fail, isErrno, succeed } from '../model/vocabulary/index.ts';
import type { Trace, TraceEvent } from './index.ts';
import { parseTrace, printTrace, traceFromJsonLines, traceToJsonLines } from './index.ts';

const options = { seed: 20, numRuns: 400 } as const;

const word = fc.oneof(fc.nat(5), fc.nat(0xffffffff));
const descriptor = fc.oneof(fc.nat(9), fc.integer());
const pid = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 2 ** 31 - 1 }));
const name = fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replaceAll('\0', '0'));
/** Bytes whose escapes are shorter or longer, before what could be taken for a part of them. */
const escaped = fc.string({
  unit: fc.constantFrom('\u0001', '\u001f', '\ufeff', '\n', '"', '\\', '0', '7', '8', 'x', 'n'),
  maxLength: 6,
});
const path: fc.Arbitrary<Path> = fc.oneof(fc.constantFrom('/mnt/a', '', null), name, escaped);

const calls: Readonly<Record<CallName, fc.Arbitrary<Call>>> = {
  BPF_MAP_CREATE: fc.record({
    call: fc.constant('BPF_MAP_CREATE'),
    type: fc.constantFrom('BPF_MAP_TYPE_HASH', 'BPF_MAP_TYPE_ARRAY'),
    keySize: word,
    valueSize: word,
    maxEntries: word,
  }),
  BPF_MAP_UPDATE_ELEM: fc.record({
    call: fc.constant('BPF_MAP_UPDATE_ELEM'),
    fd: descriptor,
    key: word,
    value: word,
    flag: fc.constantFrom('BPF_ANY', 'BPF_NOEXIST', 'BPF_EXIST'),
  }),
  BPF_MAP_LOOKUP_ELEM: fc.record({
    call: fc.constant('BPF_MAP_LOOKUP_ELEM'),
    fd: descriptor,
    key: word,
  }),
  BPF_PROG_LOAD: fc.record({
    call: fc.constant('BPF_PROG_LOAD'),
    mapFd: fc.option(descriptor, { nil: null }),
  }),
  BPF_OBJ_PIN: fc.record({ call: fc.constant('BPF_OBJ_PIN'), path, fd: descriptor }),
  BPF_OBJ_GET: fc.record({ call: fc.constant('BPF_OBJ_GET'), path }),
  close: fc.record({ call: fc.constant('close'), fd: descriptor }),
  dup: fc.record({ call: fc.constant('dup'), fd: descriptor }),
  fork: fc.constant({ call: 'fork' }),
  exit_group: fc.constant({ call: 'exit_group' }),
  kill: fc.record({ call: fc.constant('kill'), pid }),
  mkdir: fc.record({ call: fc.constant('mkdir'), path }),
  rmdir: fc.record({ call: fc.constant('rmdir'), path }),
  unlink: fc.record({ call: fc.constant('unlink'), path }),
  mount: fc.record({ call: fc.constant('mount'), target: path }),
  bind: fc.record({ call: fc.constant('bind'), source: path, target: path }),
  umount2: fc.record({
    call: fc.constant('umount2'),
    target: path,
    flag: fc.constantFrom('none', 'MNT_DETACH'),
  }),
  unshare: fc.constant({ call: 'unshare' }),
};

const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  word.map(succeed),
  fc.constantFrom(...Object.keys(errnoNumbers).filter(isErrno)).map(fail),
);
/** Without the blanks at an end that reading takes away. */
const text = fc.string({ unit: 'grapheme', maxLength: 20 }).map((line) => line.trim());
const comments = fc.array(text, { minLength: 1, maxLength: 2 });

const event: fc.Arbitrary<TraceEvent> = fc.record(
  {
    line: fc.constant(0),
    comments,
    step: fc.record({ pid, call: fc.oneof(...callNames.map((each) => calls[each])) }),
    outcome,
  },
  { requiredKeys: ['line', 'step'] },
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
