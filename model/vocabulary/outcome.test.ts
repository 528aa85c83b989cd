import { describe, expect, it } from 'vitest';
import type { Call } from './calls.types.ts';
import {
  fail,
  isOfKind,
  listed,
  pairOf,
  pairValue,
  receivedOf,
  receivedValue,
  sameOutcome,
  succeed,
  valueKind,
} from './outcome.ts';

const fcntl = { call: 'fcntl', fd: 3, argument: 0 } as const;
const whole = { bytes: 1, fds: [3, 4], truncated: 'whole' } as const;

describe('the value of a success', () => {
  it.each<[Call, string]>([
    [{ call: 'pipe2', flag: 'none' }, 'pair'],
    [{ call: 'socketpair' }, 'pair'],
    [{ call: 'recvmsg', fd: 3, room: 2, flag: 'none' }, 'received'],
    [{ ...fcntl, command: 'F_GETFD' }, 'flags'],
    [{ ...fcntl, command: 'F_GETFL' }, 'access'],
    [{ ...fcntl, command: 'F_SETFD' }, 'number'],
    [{ ...fcntl, command: 'F_DUPFD' }, 'number'],
    [{ call: 'fork' }, 'number'],
  ])('of %j is of the kind %s', (call, kind) => {
    expect(valueKind(call)).toBe(kind);
  });

  it('holds two descriptors below 4096, and nothing beside them', () => {
    expect(pairOf(pairValue(3, 4095))).toEqual([3, 4095]);
    for (const value of [0, pairValue(3, 4), pairValue(4095, 4095)]) {
      expect(isOfKind('pair', value)).toBe(true);
    }
    for (const value of [4096 ** 2, 2 ** 40]) expect(isOfKind('pair', value)).toBe(false);
  });

  it('holds what came with one byte: at most two descriptors, whole or not', () => {
    for (const received of [
      whole,
      { ...whole, fds: [5] },
      { ...whole, fds: [] },
      { ...whole, truncated: 'truncated' },
    ] as const) {
      const value = receivedValue(received);
      expect(receivedOf(value)).toEqual(received);
      expect(isOfKind('received', value)).toBe(true);
    }
  });

  it('is 0 at the end of a stream, with which nothing comes', () => {
    expect(isOfKind('received', 0)).toBe(true);
    expect(isOfKind('received', pairValue(3, 0))).toBe(false);
    expect(isOfKind('received', receivedValue({ ...whole, bytes: 0 }))).toBe(false);
    const truncated = receivedValue({ bytes: 0, fds: [], truncated: 'truncated' });
    expect(isOfKind('received', truncated)).toBe(false);
  });

  it('has no second descriptor without a first, and no bit that means nothing', () => {
    expect(isOfKind('received', 4096 ** 2 + pairValue(0, 3))).toBe(false);
    expect(isOfKind('received', 4 * 4096 ** 2)).toBe(false);
  });

  it('is one flag of a descriptor or none, or any number', () => {
    expect([0, 1, 2].map((value) => isOfKind('flags', value))).toEqual([true, true, false]);
    expect(isOfKind('number', 2 ** 32)).toBe(true);
  });
});

describe('names that were listed', () => {
  it('come in one order, whatever the order in which they were found', () => {
    expect(listed(['b', 'a', 'B'])).toEqual({ ok: true, value: 3, names: ['B', 'a', 'b'] });
  });

  it('are compared', () => {
    expect(sameOutcome(listed(['a', 'b']), listed(['b', 'a']))).toBe(true);
    expect(sameOutcome(listed(['a', 'b']), listed(['a', 'c']))).toBe(false);
    expect(sameOutcome(listed(['a']), succeed(1))).toBe(false);
    expect(sameOutcome(listed([]), fail('ENOENT'))).toBe(false);
    expect(sameOutcome(succeed(1), succeed(1))).toBe(true);
  });
});
