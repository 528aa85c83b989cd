import { describe, expect, it } from 'vitest';
import { pairValue, receivedValue } from '../model/vocabulary/index.ts';
import type { Call, Fd } from '../model/vocabulary/index.ts';
import { createDescriptorNames } from './descriptor-names.ts';

const load = { call: 'BPF_PROG_LOAD', mapFd: null } as const;

describe('the names of descriptors', () => {
  it('replaces the model’s numbers by the adapter’s, and back', () => {
    const names = createDescriptorNames();
    expect(names.note(1, load, 3, 77)).toBe('noted');
    expect(names.toTheirs(1, { call: 'close', fd: 3 })).toEqual({ call: 'close', fd: 77 });
    expect(names.toTheirs(1, { call: 'BPF_PROG_LOAD', mapFd: 3 })).toMatchObject({ mapFd: 77 });
    expect([names.toOurs(1, 77), names.toOurs(2, 77)]).toEqual([3, undefined]);
  });

  it('leaves calls without a descriptor and standard descriptors alone', () => {
    const names = createDescriptorNames();
    expect(names.toTheirs(1, { call: 'fork' })).toEqual({ call: 'fork' });
    expect(names.toTheirs(1, { call: 'close', fd: 0 })).toEqual({ call: 'close', fd: 0 });
    expect(names.toOurs(1, 2)).toBe(2);
  });

  it('gives a descriptor that is not open a number that is none', () => {
    const names = createDescriptorNames();
    names.note(1, load, 3, 4);
    names.note(1, { call: 'close', fd: 3 }, 0, 0);
    expect(names.toTheirs(1, { call: 'close', fd: 3 })).toEqual({ call: 'close', fd: 1_000_003 });
  });

  it('copies the names of a parent to its child', () => {
    const names = createDescriptorNames();
    names.note(1, load, 3, 77);
    names.note(1, { call: 'fork' }, 2, 2);
    names.note(1, { call: 'close', fd: 3 }, 0, 0);
    expect([names.toOurs(1, 77), names.toOurs(2, 77)]).toEqual([undefined, 3]);
  });

  it('notices a number that is given twice', () => {
    const names = createDescriptorNames();
    names.note(1, load, 3, 77);
    expect(names.note(1, load, 4, 77)).toBe('taken');
  });

  it('names both of a pair, and notices one that is given twice', () => {
    const names = createDescriptorNames();
    const pair: Call = { call: 'socketpair' };
    expect(names.note(1, pair, pairValue(3, 4), pairValue(60, 50))).toBe('noted');
    expect([names.toOurs(1, 60), names.toOurs(1, 50)]).toEqual([3, 4]);
    expect(names.note(1, pair, pairValue(5, 6), pairValue(70, 70))).toBe('taken');
  });

  it('names what was received', () => {
    const names = createDescriptorNames();
    const receive: Call = { call: 'recvmsg', fd: 3, room: 2, flag: 'none' };
    const value = (first: Fd, second: Fd): number =>
      receivedValue({ bytes: 1, fds: [first, second], truncated: 'whole' });
    expect(names.note(1, receive, value(4, 5), value(81, 80))).toBe('noted');
    expect([names.toOurs(1, 80), names.toOurs(1, 81)]).toEqual([5, 4]);
  });

  it('copies to the adapter’s number of what is open, and else to one that is free there', () => {
    const names = createDescriptorNames();
    const copy = (to: Fd): Call => names.toTheirs(1, { call: 'dup2', fd: 3, to });
    names.note(1, load, 3, 5);
    names.note(1, load, 4, 3);
    expect([copy(4), copy(6), copy(5), copy(-1)]).toEqual([
      { call: 'dup2', fd: 5, to: 3 },
      { call: 'dup2', fd: 5, to: 6 },
      { call: 'dup2', fd: 5, to: 4 },
      { call: 'dup2', fd: 5, to: -1 },
    ]);
    expect(names.note(1, { call: 'dup2', fd: 3, to: 5 }, 5, 4)).toBe('noted');
    expect(names.toOurs(1, 4)).toBe(5);
    expect(names.note(1, { call: 'dup2', fd: 3, to: 5 }, 5, 9)).toBe('taken');
    const copy3: Call = { call: 'dup3', fd: 3, to: 4, flag: 'none' };
    expect(names.toTheirs(1, copy3)).toEqual({ ...copy3, fd: 5, to: 3 });
    expect(names.note(1, copy3, 4, 3)).toBe('noted');
  });

  it('copies onto itself what is copied onto itself', () => {
    const names = createDescriptorNames();
    names.note(1, load, 3, 77);
    const onto = (fd: Fd): Call => ({ call: 'dup2', fd, to: fd });
    expect(names.toTheirs(1, onto(3))).toEqual(onto(77));
    expect(names.toTheirs(1, onto(4))).toEqual(onto(1_000_004));
  });

  it('replaces the value of an update where the map holds objects', () => {
    const names = createDescriptorNames();
    names.note(1, load, 3, 77);
    const update = {
      call: 'BPF_MAP_UPDATE_ELEM',
      fd: 3,
      key: 0,
      value: 3,
      flag: 'BPF_ANY',
    } as const;
    expect(names.toTheirs(1, update)).toMatchObject({ fd: 77, value: 3 });
    expect(names.toTheirs(1, update, 'descriptor')).toMatchObject({ fd: 77, value: 77 });
    const closed = names.toTheirs(1, { ...update, value: 8 }, 'descriptor');
    expect(closed).toMatchObject({ value: 1_000_008 });
  });

  it('shares the names of a shared table, and forgets on exec what closes then', () => {
    const names = createDescriptorNames();
    names.note(1, { call: 'clone' }, 2, 2);
    names.note(2, load, 3, 77);
    expect(names.toOurs(1, 77)).toBe(3);
    names.note(2, { call: 'execve' }, 0, 0);
    expect([names.toOurs(1, 77), names.toOurs(2, 77)]).toEqual([3, undefined]);
  });
});
