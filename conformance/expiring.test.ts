import { describe, expect, it } from 'vitest';
import { fail, sameOutcome, succeed } from '../model/vocabulary/index.ts';
import type { Call, Outcome } from '../model/vocabulary/index.ts';
import { createOracle, stateLimit } from './oracle.ts';
import type { Oracle } from './oracle.types.ts';
import { specify } from './specify.ts';

const expire: Call = { call: 'umount2', target: '/mnt/a', flag: 'MNT_EXPIRE' };
const look: Call = { call: 'stat', path: '/mnt/a/x' };

/** What an oracle makes of the last of some answers. */
function judged(oracle: Oracle, ...answers: readonly (readonly [Call, Outcome])[]): string {
  const kinds = answers.map(([call, outcome]) => oracle.step(1, call, outcome).kind);
  return kinds.at(-1) ?? '';
}

function oracleOver(profile: 'linux-4.4' | 'linux-6.18'): Oracle {
  const switches = profile === 'linux-4.4' ? ({ nsKeyReuse: 'adversarial' } as const) : {};
  const world = specify(profile, { switches }).makeWorld();
  const oracle = createOracle(world, stateLimit, (_, a, b) => sameOutcome(a, b));
  oracle.reset();
  return oracle;
}

/** The only state that is possible; and two: the namespace may have got the address of one that is gone. */
const before = {
  'one state': () => oracleOver('linux-6.18'),
  'two states': () => {
    const oracle = oracleOver('linux-4.4');
    oracle.step(1, { call: 'mount', target: '/mnt/b' }, succeed(0));
    oracle.step(1, { call: 'fork' }, succeed(2));
    for (const pid of [1, 2]) oracle.step(pid, { call: 'unshare' }, succeed(0));
    oracle.step(1, { call: 'umount2', target: '/mnt/b', flag: 'none' }, succeed(0));
    oracle.step(1, { call: 'unshare' }, succeed(0));
    return oracle;
  },
} as const;

describe.each(Object.entries(before))('an oracle of %s', (name, begin) => {
  it('is what it is called', () => {
    expect(begin().size()).toBe(name === 'one state' ? 1 : 2);
  });

  const marked = [
    [{ call: 'mount', target: '/mnt/a' }, succeed(0)],
    [expire, fail('EAGAIN')],
  ] as const;

  it('follows what a failing call leaves', () => {
    expect(judged(begin(), ...marked, [expire, succeed(0)])).toBe('consistent');
    expect(judged(begin(), ...marked, [expire, fail('EAGAIN')])).toBe('deviation');
  });

  it('follows what a failing call takes away', () => {
    const looked = [...marked, [look, fail('ENOENT')]] as const;
    expect(judged(begin(), ...looked, [expire, fail('EAGAIN')])).toBe('consistent');
    expect(judged(begin(), ...looked, [expire, succeed(0)])).toBe('deviation');
  });
});
