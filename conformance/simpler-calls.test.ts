import { describe, expect, it } from 'vitest';
import type { AttrField, Call } from '../model/vocabulary/index.ts';
import { plainerCalls } from './simpler-calls.ts';

const map = { call: 'BPF_MAP_CREATE', keySize: 4, valueSize: 4, maxEntries: 1 } as const;

const stray: AttrField = { offset: 40, width: 1, value: 1 };

/** A raw BPF_OBJ_PIN. */
const pin = (size: number, ...more: readonly AttrField[]): Call => ({
  call: 'bpf',
  command: 6,
  attr: [{ offset: 0, width: 8, value: '/a/x' }, { offset: 8, width: 4, value: 3 }, ...more],
  size,
});

describe('plainer calls', () => {
  it.each<[Call, Call]>([
    [
      { ...map, type: 'BPF_MAP_TYPE_HASH_OF_MAPS', innerFd: 3 },
      { ...map, type: 'BPF_MAP_TYPE_HASH' },
    ],
    [
      { call: 'dup3', fd: 3, to: 6, flag: 'O_CLOEXEC' },
      { call: 'dup2', fd: 3, to: 6 },
    ],
    [
      { call: 'dup2', fd: 3, to: 6 },
      { call: 'dup', fd: 3 },
    ],
    [
      { call: 'fcntl', fd: 3, command: 'F_DUPFD_CLOEXEC', argument: 5 },
      { call: 'dup', fd: 3 },
    ],
    [{ call: 'clone' }, { call: 'fork' }],
    [
      { call: 'sendmsg', fd: 3, fds: [4, 5] },
      { call: 'sendmsg', fd: 3, fds: [5] },
    ],
    [
      { call: 'recvmsg', fd: 3, room: 2, flag: 'MSG_PEEK' },
      { call: 'recvmsg', fd: 3, room: 1, flag: 'none' },
    ],
    [
      { call: 'BPF_MAP_GET_NEXT_KEY', fd: 3, key: 7 },
      { call: 'BPF_MAP_GET_NEXT_KEY', fd: 3, key: null },
    ],
    [pin(12), { call: 'BPF_OBJ_PIN', path: '/a/x', fd: 3 }],
    [pin(4096), pin(48)],
    [pin(12, stray), pin(12)],
    [
      { call: 'bpf', command: 9999, attr: 0, size: 200 },
      { call: 'bpf', command: 9999, attr: 0, size: 48 },
    ],
  ])('%j may become %j', (call, plainer) => {
    expect(plainerCalls(call)).toContainEqual(plainer);
  });

  it('keep the descriptor that an update puts into a slot, without a key and a flag', () => {
    const update = {
      call: 'BPF_MAP_UPDATE_ELEM',
      fd: 3,
      value: 4,
      key: 1,
      flag: 'BPF_EXIST',
    } as const;
    expect(plainerCalls(update)).toContainEqual({ ...update, key: 0, flag: 'BPF_ANY' });
  });

  it('are none of what is plain', () => {
    const plain: readonly Call[] = [{ call: 'fork' }, { call: 'dup', fd: 3 }, { call: 'execve' }];
    expect(plain.flatMap(plainerCalls)).toEqual([]);
  });
});
