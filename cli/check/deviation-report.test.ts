import { describe, expect, it } from 'vitest';
import type { Deviation } from '../../conformance/index.ts';
import { fail, receivedValue, succeed } from '../../model/vocabulary/index.ts';
import type { Outcome } from '../../model/vocabulary/index.ts';
import { parseTrace } from '../../traces/index.ts';
import { chooseProfile, switchSetting } from '../selection.ts';
import { deviationReports } from './deviation-report.ts';

const unlink = { pid: 1, call: { call: 'unlink', path: '/mnt/a/x' } } as const;
const fork = { pid: 1, call: { call: 'fork' } } as const;

const outcome: Deviation = {
  kind: 'outcome',
  id: 'unlink.missing',
  at: 1,
  step: unlink,
  allowed: [{ outcome: fail('ENOENT'), row: 'unlink.missing', source: 'fs/namei.c' }],
  answer: fail('EPERM'),
  text: 'answered EPERM, allowed is ENOENT (unlink.missing)',
  key: 'k1',
  trace: [
    { step: fork, allowed: [], answer: succeed(2) },
    { step: unlink, allowed: [], answer: fail('EPERM') },
  ],
  runs: 3,
  seen: 'at-once',
  repeatable: 'yes',
};

const settled: Deviation = {
  ...outcome,
  kind: 'late-death',
  id: 'alive-iff-held',
  step: null,
  answer: null,
  allowed: [],
  text: 'object 1 is alive',
  key: 'k2',
  trace: [{ step: fork, allowed: [], answer: null }],
};

const profile = chooseProfile('linux-4.4', [switchSetting('instance=per-mount')]);

describe('deviations', () => {
  it('come by property, then by clause, the shortest first', () => {
    const short = { ...outcome, key: 'k3', trace: outcome.trace.slice(1) };
    const reports = deviationReports([outcome, short, settled], 'mine', profile);
    expect(reports.map(({ of, id, calls }) => [of, id, calls])).toEqual([
      ['property', 'alive-iff-held', 1],
      ['clause', 'unlink.missing', 1],
      ['clause', 'unlink.missing', 2],
    ]);
  });

  it('say what was answered, what is allowed, and who says so', () => {
    const [report] = deviationReports([outcome], 'mine', profile);
    expect(report).toMatchObject({
      call: '1 unlink("/mnt/a/x")',
      answer: '-1 EPERM (Operation not permitted)',
      allowed: [
        {
          answer: '-1 ENOENT (No such file or directory)',
          clause: 'unlink.missing',
          source: 'fs/namei.c',
        },
      ],
      title: null,
    });
  });

  it('write a call with what it showed, as a trace does', () => {
    const step = { pid: 1, call: { call: 'recvmsg', fd: 4, room: 1, flag: 'none' } } as const;
    const received = (fd: number): Outcome =>
      succeed(receivedValue({ bytes: 1, fds: [fd], truncated: 'whole' }));
    const allowed = [{ outcome: received(5), row: 'receive.ok' }];
    const [report] = deviationReports(
      [{ ...outcome, id: 'receive.ok', step, answer: received(6), allowed }],
      'mine',
      profile,
    );
    expect(report).toMatchObject({
      call: '1 recvmsg(4, {msg_control=[{cmsg_type=SCM_RIGHTS, cmsg_data=[6]}], msg_controllen=20}, MSG_DONTWAIT)',
      answer: '1 (fds=[6])',
      allowed: [{ answer: '1 (fds=[5])' }],
    });
  });

  it('are traces that can be replayed', () => {
    const [report] = deviationReports([outcome], 'mine', profile);
    const parsed = parseTrace(report?.trace.join('\n') ?? '');
    if (!parsed.ok) throw new Error('the trace cannot be read');
    expect(parsed.trace.events.map((event) => event.outcome)).toEqual([succeed(2), fail('EPERM')]);
    expect(parsed.trace.header.slice(0, 2)).toMatchObject([
      {
        key: 'title',
        value: 'mine deviates from linux-4.4 with instance=per-mount: unlink.missing',
      },
      { key: 'profile', value: 'linux-4.4' },
    ]);
  });

  it('of a settled system have no call and no answer', () => {
    const [report] = deviationReports([settled], 'mine', profile);
    expect(report).toMatchObject({ call: null, answer: null, allowed: [] });
    expect(report?.trace).toContain('1 fork()');
    expect(report?.trace.at(-1)).toBe('# object 1 is alive');
  });
});
