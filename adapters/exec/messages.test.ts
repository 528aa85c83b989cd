import { describe, expect, it } from 'vitest';
import type { Call, Sight, Step } from '../../model/vocabulary/index.ts';
import {
  infoOf,
  infoValue,
  pairValue,
  receivedValue,
  statOf,
} from '../../model/vocabulary/index.ts';
import { readAlive, readAnswers, readHello, readObserved } from './messages.ts';

const step = (call: Call): Step => ({ pid: 1, call });
const receive: Call = { call: 'recvmsg', fd: 4, room: 2, flag: 'none' };
const close = step({ call: 'close', fd: 3 });

const sight: Sight = {
  processes: [
    {
      pid: 2,
      namespace: 1,
      descriptors: [{ fd: 3, object: 7 }],
      paths: [
        { path: '/mnt/a', kind: 'directory', instance: 4, object: 0 },
        { path: '/mnt/a/m', kind: 'map', instance: 4, object: 7 },
        { path: '/mnt/a/l', kind: 'link', instance: 4, object: 10 },
      ],
    },
  ],
  objects: [
    {
      id: 7,
      kind: 'map',
      refcnt: 3,
      usercnt: 2,
      holders: { descriptions: 1, inodes: 1, programs: 1, slots: 0, attachments: 0, links: 0 },
      content: [null, 9],
    },
    {
      id: 8,
      kind: 'program',
      holders: { descriptions: 0, inodes: 0, programs: 0, slots: 1, attachments: 2, links: 1 },
    },
    { id: 9, kind: 'map', slots: [8, 0] },
    { id: 10, kind: 'link', refcnt: 1 },
  ],
  pending: 1,
};

describe('the messages of the protocol', () => {
  it('carry all that a sight can show', () => {
    expect(readObserved({ sight })).toEqual(sight);
  });

  it('need not tell how many links hold a program', () => {
    const holders = { descriptions: 1, inodes: 0, programs: 0, slots: 0, attachments: 0 };
    const program = { id: 8, kind: 'program' };
    const read = readObserved({ sight: { processes: [], objects: [{ ...program, holders }] } });
    expect(read.objects).toEqual([{ ...program, holders: { ...holders, links: 0 } }]);
  });

  it('carry a sight where it was asked for, and an answer without its optional parts', () => {
    const outcome = { ok: true, value: 0 };
    const answers = [{ outcome }, { outcome, object: 7, alive: [8, 7], sight }];
    expect(readAnswers({ answers }, { steps: [close, close], sights: 'last' })).toEqual([
      { outcome },
      { outcome, object: 7, alive: [7, 8], sight },
    ]);
    expect(() => readAnswers({ answers }, { steps: [close, close], sights: 'each' })).toThrow(
      '$.answers[0].sight: nothing was found where a sight was expected',
    );
  });

  it.each<[Call, number]>([
    [{ call: 'pipe2', flag: 'none' }, pairValue(3, 4)],
    [{ call: 'socketpair' }, pairValue(4095, 4095)],
    [{ call: 'fcntl', fd: 3, command: 'F_GETFD', argument: 0 }, 1],
    [{ call: 'fcntl', fd: 3, command: 'F_GETFL', argument: 0 }, 2],
    [{ call: 'fcntl', fd: 3, command: 'F_DUPFD', argument: 3 }, 4],
    [
      { call: 'BPF_OBJ_GET_INFO_BY_FD', fd: 3 },
      infoValue({ kind: 'program', type: 'BPF_PROG_TYPE_SOCKET_FILTER', maps: 1 }),
    ],
    [{ call: 'BPF_OBJ_GET_INFO_BY_FD', fd: 3 }, 2 + 7 * 4],
    [{ call: 'BPF_OBJ_GET_INFO_BY_FD', fd: 3 }, 6 + 7],
    [{ call: 'BPF_LINK_CREATE', progFd: 4, targetFd: 3 }, 5],
    [{ call: 'BPF_LINK_GET_FD_BY_ID', id: 3 }, 5],
    [{ call: 'BPF_LINK_GET_NEXT_ID', id: 0 }, 3],
    [{ call: 'BPF_MAP_GET_FD_BY_ID', id: 1 }, 3],
    [{ call: 'BPF_PROG_GET_FD_BY_ID', id: 65_535 }, 3],
    [{ call: 'BPF_MAP_GET_NEXT_ID', id: 0 }, 1],
    [{ call: 'BPF_PROG_GET_NEXT_ID', id: 1 }, 65_535],
    [{ call: 'bpf', command: 7, attr: [{ offset: 0, width: 8, value: '/mnt/a/m' }], size: 12 }, 4],
    [{ call: 'stat', path: '/mnt/a/m' }, 2 * 1],
    [{ call: 'stat', path: '/mnt/a' }, 1 + 2 * 3],
    [{ call: 'symlink', target: 'm', path: '/mnt/a/l' }, 0],
    [receive, 0],
    [receive, receivedValue({ bytes: 1, fds: [3, 4], truncated: 'truncated' })],
  ])('carry what %j can answer: %i', (call, value) => {
    const answers = [{ outcome: { ok: true, value } }];
    expect(readAnswers({ answers }, { steps: [step(call)], sights: 'none' })).toEqual(answers);
  });

  it('put into one number what is told of an object, as PROTOCOL.md has it', () => {
    const array = { kind: 'map', type: 'BPF_MAP_TYPE_ARRAY', maxEntries: 4 };
    expect(infoOf(2 + 7 * 4)).toEqual(array);
    expect(infoOf(7 * (1 + 3 * 1))).toEqual({
      kind: 'program',
      type: 'BPF_PROG_TYPE_SCHED_CLS',
      maps: 1,
    });
    expect(infoOf(6 + 7 * 1)).toEqual({ kind: 'link', state: 'attached' });
    expect(infoOf(6)).toEqual({ kind: 'link', state: 'defunct' });
  });

  it('put into one number what stat shows, as PROTOCOL.md has it', () => {
    expect(statOf(2 * 3)).toEqual({ kind: 'file', nlink: 3 });
    expect(statOf(1 + 2 * 4)).toEqual({ kind: 'directory', nlink: 4 });
  });

  it.each<[Call, number, string]>([
    [{ call: 'pipe2', flag: 'none' }, 4096 ** 2, '16777216 was found where FIRST + 4096 * SECOND'],
    [{ call: 'socketpair' }, 2 ** 40, '1099511627776 was found where FIRST + 4096 * SECOND'],
    [{ call: 'fcntl', fd: 3, command: 'F_GETFD', argument: 0 }, 2, '2 was found where 0 or 1'],
    [
      { call: 'fcntl', fd: 3, command: 'F_GETFL', argument: 0 },
      3,
      '3 was found where 0 (O_RDONLY)',
    ],
    [{ call: 'BPF_MAP_GET_NEXT_ID', id: 0 }, 0, '0 was found where the id of an object (a number'],
    [{ call: 'BPF_PROG_GET_NEXT_ID', id: 3 }, 0, '0 was found where the id of an object (a number'],
    [{ call: 'BPF_MAP_GET_NEXT_ID', id: 0 }, 65_536, '65536 was found where the id of an object'],
    [{ call: 'BPF_LINK_GET_NEXT_ID', id: 0 }, 0, '0 was found where the id of an object (a number'],
    [
      { call: 'BPF_OBJ_GET_INFO_BY_FD', fd: 3 },
      6 + 7 * 2,
      '20 was found where what BPF_OBJ_GET_INFO_BY_FD tells was expected',
    ],
    [{ call: 'BPF_PROG_GET_NEXT_ID', id: 0 }, 65_536, '65536 was found where the id of an object'],
    [receive, pairValue(3, 0), '3 was found where what recvmsg brings'],
    [receive, 4096 ** 2 + pairValue(0, 3), '16789504 was found where what recvmsg brings'],
    [receive, 4 * 4096 ** 2, '67108864 was found where what recvmsg brings'],
  ])('refuse of %j an answer of %i', (call, value, message) => {
    const answers = [{ outcome: { ok: true, value } }];
    const read = (): unknown => readAnswers({ answers }, { steps: [step(call)], sights: 'none' });
    expect(read).toThrow(`$.answers[0].outcome.value: ${message}`);
  });

  it.each([
    [{ slots: [1] }, 'slots.length: 1 was found where 2 was expected'],
    [{ slots: [null, 0] }, 'slots[0]: null was found where a whole number of at least 0'],
    [
      { holders: { descriptions: 1, inodes: 0, programs: 0, slots: 0 } },
      'holders.attachments: nothing was found where a value was expected',
    ],
    [
      {
        holders: {
          ...{ descriptions: 1, inodes: 0, programs: 0, slots: 0, attachments: 0 },
          links: -1,
        },
      },
      'holders.links: -1 was found where a whole number of at least 0',
    ],
  ])('refuse %j of an object', (part, message) => {
    const objects = [{ id: 1, kind: 'map', ...part }];
    expect(() => readObserved({ sight: { processes: [], objects } })).toThrow(
      `$.sight.objects[0].${message}`,
    );
  });

  it.each([
    ['link', 'usercnt', 0],
    ['link', 'frozen', 1],
    ['program', 'usercnt', 1],
    ['program', 'frozen', 0],
    ['link', 'content', [null, null]],
    ['program', 'slots', [0, 0]],
  ])('refuse of a %s what only maps have: %s', (kind, key, value) => {
    const objects = [{ id: 1, kind, refcnt: 1, [key]: value }];
    expect(() => readObserved({ sight: { processes: [], objects } })).toThrow(
      `$.sight.objects[0].${key}: ${JSON.stringify(value)} was found where nothing (a ${kind} has no ${key}) was expected`,
    );
  });

  it('name the living in ascending order', () => {
    expect(readAlive({ alive: [9, 2] }, [2, 5, 9])).toEqual([2, 9]);
  });

  it('say what an implementation can do', () => {
    const capabilities = { calls: ['dup'], observes: ['alive'], descriptors: 'opaque' };
    const implementation = { name: 'x', version: '2', language: 'c' };
    expect(readHello({ version: 1, implementation, capabilities })).toEqual({
      name: 'x',
      version: '2',
      ...capabilities,
    });
  });

  it('say which types of maps there are, and what descriptors can be restricted to', () => {
    const more = { maps: ['BPF_MAP_TYPE_PROG_ARRAY'], flags: ['BPF_F_WRONLY', 'BPF_F_RDONLY'] };
    const capabilities = { calls: [], observes: [], descriptors: 'lowest', ...more };
    const implementation = { name: 'x', version: '2' };
    expect(readHello({ version: 1, implementation, capabilities })).toMatchObject(more);
    const flags = ['BPF_F_RDONLY|BPF_F_WRONLY'];
    const wrong = { version: 1, implementation, capabilities: { ...capabilities, flags } };
    expect(() => readHello(wrong)).toThrow('$.capabilities.flags[0]: "BPF_F_RDONLY|BPF_F_WRONLY"');
  });

  it.each([
    [{ path: '/a', kind: 'directory', instance: 1, object: 3 }, 'object: 3 was found where 0'],
    [{ path: '/a', kind: 'map', instance: 1, object: 0 }, 'object: 0 was found where the pinned'],
    [{ path: 1, kind: 'map', instance: 1, object: 1 }, 'path: 1 was found where a string'],
    [{ path: '/a', kind: 'map', instance: 0, object: 1 }, 'instance: 0 was found'],
  ])('refuse %j as a path', (path, message) => {
    const process = { pid: 1, namespace: 1, descriptors: [], paths: [path] };
    expect(() => readObserved({ sight: { processes: [process], objects: [] } })).toThrow(
      `$.sight.processes[0].paths[0].${message}`,
    );
  });
});
