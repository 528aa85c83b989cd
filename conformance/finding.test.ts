import { describe, expect, it } from 'vitest';
import { findingKey, reproductionKey, type Finding } from './finding.ts';

const wrongOutcome: Finding = {
  kind: 'outcome',
  id: 'mount.same-superblock',
  at: 1,
  step: { pid: 1, call: { call: 'mount', target: '/mnt/a' } },
  allowed: [{ outcome: { ok: false, errno: 'EBUSY' }, row: 'mount.same-superblock' }],
  answer: { ok: true, value: 0 },
  text: 'answered 0, allowed is EBUSY',
};

describe('what has to stay while a run is made shorter', () => {
  it('is a wrong outcome, under whatever property it is filed', () => {
    const filed: Finding = { ...wrongOutcome, id: 'singleton-per-namespace' };
    expect(findingKey(filed)).not.toBe(findingKey(wrongOutcome));
    expect(reproductionKey(filed)).toBe(reproductionKey(wrongOutcome));
  });

  it('is the row that allows something else, not the errors alone', () => {
    const [allowed] = wrongOutcome.allowed;
    const outcome = allowed?.outcome ?? { ok: true, value: 0 };
    const other: Finding = { ...wrongOutcome, allowed: [{ outcome, row: 'umount.busy' }] };
    expect(reproductionKey(other)).not.toBe(reproductionKey(wrongOutcome));
  });

  it('is the property, where the finding is about one', () => {
    const property: Finding = { ...wrongOutcome, kind: 'property', id: 'isolation' };
    expect(reproductionKey(property)).toBe(findingKey(property));
  });
});
