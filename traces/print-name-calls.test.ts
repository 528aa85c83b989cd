import { describe, expect, it } from 'vitest';
import type { TraceEvent } from './index.ts';
import {
  parseTrace,
  printOutcome,
  printTrace,
  traceFromJsonLines,
  traceToJsonLines,
} from './index.ts';
import type { Call, Outcome } from '../model/vocabulary/index.ts';
import { fail, statValue, succeed } from '../model/vocabulary/index.ts';

const golden = String.raw`1 link("/mnt/a/x", "/mnt/a/y") = 0
1 link(NULL, "") = -1 EFAULT (Bad address)
1 rename("/mnt/a/x", "/mnt/a/\"") = 0
1 renameat2(AT_FDCWD, "/mnt/a/x", AT_FDCWD, "/mnt/a/y", RENAME_NOREPLACE) = -1 EEXIST (File exists)
1 renameat2(AT_FDCWD, "/mnt/a/x", AT_FDCWD, "/mnt/a/y", RENAME_EXCHANGE) = 0
1 renameat2(AT_FDCWD, NULL, AT_FDCWD, NULL, RENAME_WHITEOUT)
1 renameat2(AT_FDCWD, "x", AT_FDCWD, "y", RENAME_NOREPLACE|RENAME_EXCHANGE) = -1 EINVAL (Invalid argument)
1 symlink("../x", "/mnt/a/l") = 0
1 symlink(NULL, "/mnt/a/l") = -1 EFAULT (Bad address)
1 stat("/mnt/a/l", {st_mode=S_IFREG, st_nlink=2}) = 0
1 stat("/mnt/a", {st_mode=S_IFDIR, st_nlink=3}) = 0
1 stat("/mnt/a/n", {}) = -1 ELOOP (Too many levels of symbolic links)
1 stat(NULL, {})
`;

const event = (call: Call, outcome?: Outcome): TraceEvent =>
  outcome === undefined
    ? { line: 0, step: { pid: 1, call } }
    : { line: 0, step: { pid: 1, call }, outcome };

const both = { from: '/mnt/a/x', to: '/mnt/a/y' } as const;
const ok = succeed(0);

const events: readonly TraceEvent[] = [
  event({ call: 'link', ...both }, ok),
  event({ call: 'link', from: null, to: '' }, fail('EFAULT')),
  event({ call: 'rename', from: '/mnt/a/x', to: '/mnt/a/"' }, ok),
  event({ call: 'renameat2', ...both, flag: 'RENAME_NOREPLACE' }, fail('EEXIST')),
  event({ call: 'renameat2', ...both, flag: 'RENAME_EXCHANGE' }, ok),
  event({ call: 'renameat2', from: null, to: null, flag: 'RENAME_WHITEOUT' }),
  event(
    { call: 'renameat2', from: 'x', to: 'y', flag: 'RENAME_NOREPLACE|RENAME_EXCHANGE' },
    fail('EINVAL'),
  ),
  event({ call: 'symlink', target: '../x', path: '/mnt/a/l' }, ok),
  event({ call: 'symlink', target: null, path: '/mnt/a/l' }, fail('EFAULT')),
  event({ call: 'stat', path: '/mnt/a/l' }, succeed(statValue({ kind: 'file', nlink: 2 }))),
  event({ call: 'stat', path: '/mnt/a' }, succeed(statValue({ kind: 'directory', nlink: 3 }))),
  event({ call: 'stat', path: '/mnt/a/n' }, fail('ELOOP')),
  event({ call: 'stat', path: null }),
];

describe('the printed form of calls on names', () => {
  it('is that of strace, without permission bits', () => {
    expect(printTrace({ header: [], events })).toBe(golden);
  });

  it('is read back as the same calls', () => {
    const result = parseTrace(golden);
    expect(result.ok && result.trace.events.map((each) => ({ ...each, line: 0 }))).toEqual(events);
  });

  it('shows behind an outcome by itself what stat showed', () => {
    const outcomes = events.flatMap(({ step, outcome }) =>
      outcome?.ok === true ? [printOutcome(step, outcome)] : [],
    );
    expect(outcomes.filter((text) => text.includes('('))).toEqual([
      '0 (st_mode=S_IFREG, st_nlink=2)',
      '0 (st_mode=S_IFDIR, st_nlink=3)',
    ]);
  });
});

/** The errors of one line of JSON. */
function jsonError(call: unknown, outcome?: unknown): string {
  const step = { pid: 1, call };
  const result = traceFromJsonLines(
    JSON.stringify(outcome === undefined ? { step } : { step, outcome }),
  );
  return result.ok ? 'no error' : result.errors.map(({ message }) => message).join('\n');
}

describe('calls on names as JSON', () => {
  it('have the shapes of the vocabulary', () => {
    const text = traceToJsonLines({ header: [], events });
    expect(text.split('\n')[3]).toBe(
      '{"step":{"pid":1,"call":{"call":"renameat2","from":"/mnt/a/x","to":"/mnt/a/y","flag":"RENAME_NOREPLACE"}},"outcome":{"ok":false,"errno":"EEXIST"}}',
    );
    const result = traceFromJsonLines(text);
    expect(result.ok && result.trace.events.map((each) => ({ ...each, line: 0 }))).toEqual(events);
  });

  it('are refused with what is wrong', () => {
    expect(jsonError({ call: 'link', from: 'x' })).toBe('$.step.call: the key "to" is missing');
    expect(jsonError({ call: 'rename', from: 'x', to: 'y', flag: 'RENAME_EXCHANGE' })).toBe(
      '$.step.call: the unknown key "flag" was found',
    );
    expect(jsonError({ call: 'renameat2', from: 'x', to: 'y', flag: 'none' })).toBe(
      '$.step.call.flag: "none" was found where one of RENAME_NOREPLACE, RENAME_EXCHANGE, RENAME_WHITEOUT, RENAME_NOREPLACE|RENAME_EXCHANGE was expected',
    );
    expect(jsonError({ call: 'symlink', target: 3, path: 'y' })).toBe(
      '$.step.call.target: 3 was found where a path (a string) was expected',
    );
    expect(jsonError({ call: 'stat', path: 'x' }, { ok: true, value: 2 ** 33 })).toBe(
      '$.outcome.value: 8589934592 was found where what stat shows (a number from 0 to 8589934591) was expected',
    );
  });
});
