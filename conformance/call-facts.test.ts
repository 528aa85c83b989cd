import { describe, expect, it } from 'vitest';
import { pairValue, receivedValue } from '../model/vocabulary/index.ts';
import type { Call, Fd } from '../model/vocabulary/index.ts';
import {
  descriptorsMade,
  descriptorsOf,
  resultKind,
  sameButForDescriptors,
  withDescriptors,
} from './call-facts.ts';

const socketpair: Call = { call: 'socketpair' };
const receive: Call = { call: 'recvmsg', fd: 3, room: 2, flag: 'none' };
const update: Call = { call: 'BPF_MAP_UPDATE_ELEM', fd: 3, key: 0, value: 4, flag: 'BPF_ANY' };
const received = (fds: readonly Fd[], truncated: 'whole' | 'truncated' = 'whole') =>
  receivedValue({ bytes: 1, fds, truncated });

describe('the descriptors that a call makes', () => {
  it('are as many as it says', () => {
    expect(descriptorsMade({ call: 'dup2', fd: 3, to: 7 }, 7)).toEqual([7]);
    expect(descriptorsMade(socketpair, pairValue(5, 9))).toEqual([5, 9]);
    expect(descriptorsMade(receive, received([6]))).toEqual([6]);
    expect(descriptorsMade(receive, 0)).toEqual([]);
    expect(descriptorsMade({ call: 'fork' }, 2)).toEqual([]);
  });

  it('depend on the command of a fcntl', () => {
    const kinds = (['F_DUPFD', 'F_DUPFD_CLOEXEC', 'F_GETFD', 'F_SETFD'] as const).map((command) =>
      resultKind({ call: 'fcntl', fd: 3, command, argument: 0 }),
    );
    expect(kinds).toEqual(['descriptor', 'descriptor', 'word', 'nothing']);
  });

  it('are all in which two values may differ', () => {
    expect(sameButForDescriptors(socketpair, pairValue(3, 4), pairValue(8, 6))).toBe(true);
    expect(sameButForDescriptors(receive, received([3]), received([8]))).toBe(true);
    expect(sameButForDescriptors(receive, received([3]), received([8, 9]))).toBe(false);
    expect(sameButForDescriptors(receive, received([3]), received([8], 'truncated'))).toBe(false);
    expect(sameButForDescriptors(receive, received([]), 0)).toBe(false);
    expect(sameButForDescriptors({ call: 'BPF_PROG_TEST_RUN', fd: 3 }, 0, 1)).toBe(false);
  });
});

describe('the descriptors that a call is given', () => {
  it.each<[Call, readonly Fd[]]>([
    [{ call: 'close', fd: 3 }, [3]],
    [{ call: 'BPF_PROG_LOAD', mapFd: 5 }, [5]],
    [{ call: 'BPF_PROG_LOAD', mapFd: null }, []],
    [{ call: 'dup3', fd: 3, to: 6, flag: 'none' }, [3, 6]],
    [{ call: 'sendmsg', fd: 3, fds: [7, 8] }, [3, 7, 8]],
    [{ call: 'SO_ATTACH_BPF', fd: 3, progFd: 4 }, [3, 4]],
    [{ call: 'execve' }, []],
  ])('%j: %j', (call, fds) => {
    expect(descriptorsOf(call, 'word')).toEqual(fds);
    const seventh = withDescriptors(call, 'word', (fd) => fd * 7);
    expect(descriptorsOf(seventh, 'word')).toEqual(fds.map((fd) => fd * 7));
  });

  it('are the map inside, for a map of maps', () => {
    const type = 'BPF_MAP_TYPE_ARRAY_OF_MAPS';
    const plain = {
      call: 'BPF_MAP_CREATE',
      type,
      keySize: 4,
      valueSize: 4,
      maxEntries: 1,
    } as const;
    expect(descriptorsOf({ ...plain, innerFd: 5 }, 'word')).toEqual([5]);
    expect(descriptorsOf(plain, 'word')).toEqual([]);
  });

  it('are the value of an update only where the map holds objects', () => {
    expect(descriptorsOf(update, 'word')).toEqual([3]);
    expect(descriptorsOf(update, 'descriptor')).toEqual([3, 4]);
    const placed = withDescriptors(update, 'descriptor', (_, at) => 10 + at);
    expect(placed).toMatchObject({ fd: 10, value: 11 });
  });
});
