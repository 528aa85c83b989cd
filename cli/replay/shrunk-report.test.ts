import { describe, expect, it } from 'vitest';
import type { TraceRow } from '../../conformance/index.ts';
import { fail, succeed } from '../../model/vocabulary/index.ts';
import { parseTrace, readHeader } from '../../traces/index.ts';
import type { TraceHeader } from '../../traces/index.ts';
import { chooseProfile } from '../selection.ts';
import { shrunkReport } from './shrunk-report.ts';

const header: TraceHeader = {
  title: 'what a pin answers',
  profiles: ['linux-4.4', 'linux-6.18'],
  host: ['/mnt/', '/mnt/a/'],
  descriptors: 16,
  clauses: ['pin.ok'],
  source: 'measured on 6.18',
};

const forked: TraceRow = {
  step: { pid: 1, call: { call: 'fork' } },
  allowed: [{ row: 'fork.ok', outcome: succeed(2) }],
  answer: succeed(2),
};

/** Allowed are two errors of one clause, and what another one says. */
const closed: TraceRow = {
  step: { pid: 2, call: { call: 'close', fd: 3 } },
  allowed: [
    { row: 'close.closed', outcome: fail('EBADF') },
    { row: 'close.closed', outcome: fail('EPERM') },
    { row: 'close.ok', outcome: succeed(0) },
  ],
  answer: fail('EINVAL'),
};

const linux = chooseProfile('linux-6.18', []);

describe('the report of a shrunk trace', () => {
  it('is a trace that can be replayed as it stands: header, calls and what was answered', () => {
    expect(shrunkReport({ of: 'linux', found: [forked, closed] }, header, linux)).toEqual({
      of: 'linux',
      trace: [
        '#: title: what a pin answers (shrunk)',
        '#: profile: linux-6.18',
        '#: host: /mnt/ /mnt/a/',
        '#: descriptors: 16',
        '#: clause: close.closed, close.ok',
        '1 fork() = 2',
        '2 close(3) = -1 EINVAL (Invalid argument)',
      ],
      calls: 2,
    });
  });

  it('is read back as a trace of the one profile it deviates under, with its switches', () => {
    const profile = chooseProfile('linux-4.4', [{ name: 'refLimit', value: '3' }]);
    const { trace } = shrunkReport({ of: 'trace', found: [forked, closed] }, header, profile);
    const parsed = parseTrace((trace ?? []).join('\n'));
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    expect(parsed.trace.events.map(({ step, outcome }) => [step, outcome])).toEqual(
      [forked, closed].map(({ step, answer }) => [step, answer]),
    );
    expect(readHeader(parsed.trace.header)).toMatchObject({
      ok: true,
      header: { profiles: ['linux-4.4'], switches: ['refLimit=3'], source: null },
    });
  });

  it('leaves the answer open where there was none, and the title where the trace has none', () => {
    const silent: TraceRow = { ...closed, answer: null };
    const untitled: TraceHeader = { ...header, title: null };
    const { trace } = shrunkReport({ of: 'exec:./mine', found: [silent] }, untitled, linux);
    expect(trace?.[0]).toBe('#: profile: linux-6.18');
    expect(trace?.at(-1)).toBe('2 close(3)');
  });

  it('names no clause where no call is left: the deviation is in how the run starts', () => {
    const { trace, calls } = shrunkReport({ of: 'exec:./mine', found: [] }, header, linux);
    expect(calls).toBe(0);
    expect(trace?.at(-1)).toBe('#: descriptors: 16');
  });

  it('has no trace where the deviation did not come again', () => {
    const report = shrunkReport({ of: 'linux', found: 'not-again' }, header, linux);
    expect(report).toEqual({ of: 'linux', trace: null, notShrunk: 'not-again', calls: 0 });
  });
});
