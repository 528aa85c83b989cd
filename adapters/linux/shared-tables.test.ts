import { readdirSync, readlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Sight } from '../../model/vocabulary/index.ts';
import {
  agentsOf,
  by,
  hashMap,
  last,
  needs,
  onlyOne,
  outcomes,
  setup,
  withLinux,
} from './session.test-data.ts';
import { close, dup, openNull, pair, place } from './short-calls.test-data.ts';

/** The numbers of the descriptors of objects, by process. */
const numbersOf = (sight: Sight | undefined): readonly (readonly number[])[] =>
  sight?.processes.map(({ descriptors }) => descriptors.map(({ fd }) => fd)) ?? [];

/** What the machine shows of the descriptors of every process of the run, in order of its pid. */
const openOf = (): readonly (readonly string[])[] =>
  agentsOf(onlyOne(agentsOf(process.pid))).map((pid) =>
    readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`)),
  );

const nulls = ['/dev/null', '/dev/null', '/dev/null'];

describe('clone', () => {
  it('shares the table: what one opens or closes, the other sees', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        [
          ...by(1, hashMap, { call: 'clone' }),
          ...by(2, hashMap, close(3)),
          ...by(1, { call: 'dup2', fd: 4, to: 9 }),
        ],
        'each',
      );
      expect(outcomes(answers)).toEqual([3, 2, 4, 0, 9]);
      expect(numbersOf(last(answers).sight)).toEqual([
        [4, 9],
        [4, 9],
      ]);
      expect(last(answers).alive).toEqual([answers[2]?.object]);
    }));

  it('leaves the table to the one that lives on, whoever ends', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        [
          ...by(1, hashMap, { call: 'clone' }),
          ...by(2, { call: 'clone' }),
          ...by(1, { call: 'exit_group' }),
          ...by(2, { call: 'kill', pid: 3 }, close(3), hashMap, { call: 'exit_group' }),
        ],
        'each',
      );
      expect(outcomes(answers)).toEqual([3, 2, 3, 0, 0, 0, 3, 0]);
      expect(answers.map(({ alive }) => alive?.length)).toEqual([1, 1, 1, 1, 1, 0, 1, 0]);
    }));
});

describe('execve', () => {
  it('closes what closes on exec, keeps the rest, and the process goes on', (context) =>
    withLinux(context, async (adapter) => {
      needs(context, adapter, 'execve');
      const answers = await adapter.play(
        [
          ...by(1, hashMap, dup(3), hashMap, openNull, place('/c'), { call: 'execve' }),
          ...by(1, hashMap, { call: 'fork' }, { call: 'execve' }),
        ],
        'last',
      );
      expect(outcomes(answers)).toEqual([3, 4, 5, 6, 7, 0, 3, 2, 0]);
      expect(answers[5]?.alive).toEqual([answers[0]?.object]);
      expect(numbersOf(last(answers).sight)).toEqual([[4], [3, 4]]);
      expect(last(answers).alive).toEqual([answers[0]?.object, answers[6]?.object]);
      expect(openOf()).toEqual([
        [...nulls, 'anon_inode:bpf-map', '/dev/null', '/c'],
        [...nulls, 'anon_inode:bpf-map', 'anon_inode:bpf-map', '/dev/null', '/c'],
      ]);
    }));

  it('leaves a shared table as it is to the others', (context) =>
    withLinux(context, async (adapter) => {
      needs(context, adapter, 'execve');
      const answers = await adapter.play(
        [...by(1, hashMap, dup(3), { call: 'clone' }), ...by(2, { call: 'execve' }, close(4))],
        'last',
      );
      expect(outcomes(answers)).toEqual([3, 4, 2, 0, 0]);
      expect(numbersOf(last(answers).sight)).toEqual([[3, 4], []]);
    }));

  it('needs no descriptor, no mount and nothing in the root, and leaves nothing there', (context) =>
    withLinux(context, async (adapter) => {
      needs(context, adapter, 'execve');
      await adapter.reset({ ...setup, descriptors: 5 });
      const answers = await adapter.play(
        by(
          1,
          hashMap,
          dup(3),
          { call: 'unshare' },
          { call: 'mount', target: '/' },
          { call: 'execve' },
          hashMap,
          hashMap,
          { call: 'unshare' },
          { call: 'execve' },
          dup(4),
        ),
        'last',
      );
      expect(outcomes(answers)).toEqual([3, 4, 0, 0, 0, 3, 'EMFILE', 0, 0, 3]);
      const pid = onlyOne(agentsOf(onlyOne(agentsOf(process.pid))));
      expect(readdirSync(`/proc/${pid}/root`).sort()).toEqual(['b', 'c', 'file']);
    }));

  it('keeps sockets open for their peers', (context) =>
    withLinux(context, async (adapter) => {
      needs(context, adapter, 'execve');
      const answers = await adapter.play(
        [
          ...by(1, pair, { call: 'fork' }, close(4), { call: 'execve' }),
          ...by(2, close(3), { call: 'sendmsg', fd: 4, fds: [0] }),
          ...by(1, { call: 'recvmsg', fd: 3, room: 0, flag: 'none' }),
        ],
        'none',
      );
      expect(answers.every(({ outcome }) => outcome.ok)).toBe(true);
    }));
});
