import { describe, expect, it } from 'vitest';
import type { Sight } from '../../model/vocabulary/index.ts';
import { readAlive, readAnswers, readHello, readObserved } from './messages.ts';

const sight: Sight = {
  processes: [
    {
      pid: 2,
      namespace: 1,
      descriptors: [{ fd: 3, object: 7 }],
      paths: [
        { path: '/mnt/a', kind: 'directory', instance: 4, object: 0 },
        { path: '/mnt/a/m', kind: 'map', instance: 4, object: 7 },
      ],
    },
  ],
  objects: [
    {
      id: 7,
      kind: 'map',
      refcnt: 3,
      usercnt: 2,
      holders: { descriptions: 1, inodes: 1, programs: 1 },
      content: [null, 9],
    },
    { id: 8, kind: 'program' },
  ],
  pending: 1,
};

describe('the messages of the protocol', () => {
  it('carry all that a sight can show', () => {
    expect(readObserved({ sight })).toEqual(sight);
  });

  it('carry a sight where it was asked for, and an answer without its optional parts', () => {
    const outcome = { ok: true, value: 0 };
    const answers = [{ outcome }, { outcome, object: 7, alive: [8, 7], sight }];
    expect(readAnswers({ answers }, { steps: 2, sights: 'last' })).toEqual([
      { outcome },
      { outcome, object: 7, alive: [7, 8], sight },
    ]);
    expect(() => readAnswers({ answers }, { steps: 2, sights: 'each' })).toThrow(
      '$.answers[0].sight: nothing was found where a sight was expected',
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
