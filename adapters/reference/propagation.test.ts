import { describe, expect, it } from 'vitest';
import type { SetPropagation } from '../../model/vocabulary/index.ts';
import { createReference } from './adapter.ts';
import { startScenario, type Caller } from './scenario.test-data.ts';

const type = (caller: Caller, target: string, to: SetPropagation['type'], flag?: 'MS_REC') =>
  caller.call({
    call: 'set-propagation',
    target,
    type: to,
    ...(flag === undefined ? {} : { flag }),
  });

/** Processes 1 and 2 in namespaces that are peers; 1 is the parent. */
function peers(kernel: 'linux-4.4' | 'linux-6.18'): readonly [Caller, Caller] {
  const scenario = startScenario(createReference(kernel));
  const [one, two] = [scenario.by(1), scenario.by(2)];
  expect(type(one, '/', 'MS_SHARED', 'MS_REC')).toBe(0);
  one.call({ call: 'fork' });
  expect(two.call({ call: 'unshare' })).toBe(0);
  return [one, two];
}

describe.each(['linux-4.4', 'linux-6.18'] as const)('peers under %s', (kernel) => {
  it('show what the others mount, until anybody unmounts it', () => {
    const [one, two] = peers(kernel);
    expect([one.mount('/a'), two.mkdir('/a/d')]).toEqual([0, 0]);
    expect([one.mkdir('/a/d'), two.umount('/a'), one.umount('/a')]).toEqual([
      'EEXIST',
      0,
      'EINVAL',
    ]);
  });

  it('keep a mount whose copy somebody is in', () => {
    const [one, two] = peers(kernel);
    one.mount('/a');
    two.call({ call: 'chdir', path: '/a' });
    expect(one.umount('/a')).toBe('EBUSY');
    expect(one.detach('/a')).toBe(0);
    expect([two.umount('/a'), two.mkdir('still-here')]).toEqual(['EINVAL', 0]);
  });

  it('tell slaves, and slaves tell them nothing', () => {
    const [one, two] = peers(kernel);
    expect(type(two, '/', 'MS_SLAVE')).toBe(0);
    expect([one.mount('/a'), two.mkdir('/a/d'), one.mkdir('/a/d')]).toEqual([0, 0, 'EEXIST']);
    expect([two.mount('/b'), one.umount('/b')]).toEqual([0, 'EINVAL']);
  });

  it('tell slaves of slaves through those that are shared, and leave them behind when they go', () => {
    const [one, two] = peers(kernel);
    type(two, '/', 'MS_SLAVE');
    type(two, '/', 'MS_SHARED');
    two.call({ call: 'fork' });
    expect(two.call({ call: 'unshare' })).toBe(0);
    expect(type(two, '/', 'MS_SLAVE')).toBe(0);
    expect([one.mount('/a'), two.umount('/a')]).toEqual([0, 0]);
    expect(type(one, '/', 'MS_PRIVATE')).toBe(0);
    expect([one.mount('/b'), two.umount('/b')]).toEqual([0, 'EINVAL']);
  });

  it('are copied by a bind, and told by it', () => {
    const [one] = peers(kernel);
    one.mount('/a');
    one.mkdir('/a/d');
    expect([one.bind('/a', '/b'), one.mount('/b/d')]).toEqual([0, 0]);
    expect([one.umount('/b'), one.umount('/a/d'), one.umount('/b')]).toEqual(['EBUSY', 0, 0]);
  });

  it('are left by nothing that moves', () => {
    const [one] = peers(kernel);
    one.mount('/a');
    expect(one.call({ call: 'move', source: '/a', target: '/b' })).toBe('EINVAL');
    expect(type(one, '/', 'MS_PRIVATE')).toBe(0);
    expect(one.call({ call: 'move', source: '/a', target: '/b' })).toBe(0);
  });
});

describe('a copy that something covers', () => {
  function covered(kernel: 'linux-4.4' | 'linux-6.18'): readonly [Caller, Caller] {
    const [one, two] = peers(kernel);
    one.mount('/a');
    type(two, '/a', 'MS_PRIVATE');
    two.mount('/a');
    return [one, two];
  }

  it('goes, and what covers it stays in its place, since 4.11', () => {
    const [one, two] = covered('linux-6.18');
    expect([one.umount('/a'), two.umount('/a'), two.umount('/a')]).toEqual([0, 0, 'EINVAL']);
  });

  it('stays in 4.4', () => {
    const [one, two] = covered('linux-4.4');
    expect([one.umount('/a'), two.umount('/a'), two.umount('/a')]).toEqual([0, 0, 0]);
  });

  it('has the mounts of others under it, since 4.11', () => {
    const [one, two] = peers('linux-6.18');
    type(two, '/', 'MS_SLAVE');
    two.mount('/a');
    one.mount('/a');
    expect([two.umount('/a'), two.umount('/a'), two.umount('/a')]).toEqual([0, 0, 'EINVAL']);
  });
});

describe('a mount that is in no namespace', () => {
  it.each([
    ['linux-4.4', 0],
    ['linux-6.18', 'EINVAL'],
  ] as const)('becomes nobody’s peer under %s', (kernel, answer) => {
    const caller = startScenario(createReference(kernel)).by(1);
    caller.mount('/a');
    const fd = caller.call({ call: 'open', path: '/a', flag: 'O_DIRECTORY' });
    caller.detach('/a');
    expect(type(caller, `/proc/self/fd/${fd}`, 'MS_SHARED')).toBe(answer);
  });
});
