import { describe, expect, it } from 'vitest';
import { pairValue, receivedValue } from '../model/vocabulary/index.ts';
import type { Call, Fd, Pid } from '../model/vocabulary/index.ts';
import { createDescriptorTables } from './descriptor-tables.ts';
import type { DescriptorTables } from './descriptor-tables.ts';

const load: Call = { call: 'BPF_PROG_LOAD', mapFd: null };

/** Tables that keep of each descriptor what it was first called, behind some calls of process 1. */
function tablesAfter(...calls: readonly (readonly [Call, number, Pid?])[]) {
  const tables = createDescriptorTables<string>();
  for (const [call, value, pid = 1] of calls) {
    tables.note({ pid, call }, value, (fd, _, copied) => copied ?? `made as ${fd}`);
  }
  return tables;
}

const openIn = (tables: DescriptorTables<string>, pid: Pid): Readonly<Record<Fd, string>> =>
  Object.fromEntries([...tables.open(pid)].map(([fd, { kept }]) => [fd, kept]));

describe('the table of a process', () => {
  it('knows what a copy is a copy of', () => {
    const tables = tablesAfter(
      [load, 3],
      [{ call: 'dup', fd: 3 }, 4],
      [{ call: 'dup2', fd: 4, to: 9 }, 9],
      [{ call: 'fcntl', fd: 9, command: 'F_DUPFD', argument: 6 }, 6],
      [{ call: 'close', fd: 3 }, 0],
    );
    expect(openIn(tables, 1)).toEqual({ 4: 'made as 3', 9: 'made as 3', 6: 'made as 3' });
  });

  it('is in the order in which descriptors were opened, also at a number that was open', () => {
    const tables = tablesAfter([load, 3], [load, 4], [{ call: 'dup2', fd: 4, to: 3 }, 3]);
    expect([...tables.open(1).keys()]).toEqual([4, 3]);
    expect(openIn(tables, 1)).toEqual({ 4: 'made as 4', 3: 'made as 4' });
  });

  it('is copied by fork and shared by clone', () => {
    const tables = tablesAfter(
      [load, 3],
      [{ call: 'fork' }, 2],
      [{ call: 'clone' }, 3],
      [{ call: 'close', fd: 3 }, 0, 3],
      [load, 4, 1],
    );
    expect([openIn(tables, 1), openIn(tables, 2), openIn(tables, 3)]).toEqual([
      { 4: 'made as 4' },
      { 3: 'made as 3' },
      { 4: 'made as 4' },
    ]);
  });

  it('loses on exec what closes then, and is left to the others who share it', () => {
    const tables = tablesAfter(
      [load, 3],
      [{ call: 'dup', fd: 3 }, 4],
      [{ call: 'dup3', fd: 3, to: 5, flag: 'O_CLOEXEC' }, 5],
      [{ call: 'pipe2', flag: 'none' }, pairValue(6, 7)],
      [{ call: 'fcntl', fd: 7, command: 'F_SETFD', argument: 1 }, 0],
      [{ call: 'clone' }, 2],
      [{ call: 'execve' }, 0, 2],
      [{ call: 'close', fd: 4 }, 0, 1],
    );
    expect(Object.keys(openIn(tables, 2))).toEqual(['4', '6']);
    expect(Object.keys(openIn(tables, 1))).toEqual(['3', '5', '6', '7']);
  });

  it('keeps what becomes of a descriptor on exec where it is copied onto itself', () => {
    const tables = tablesAfter(
      [load, 3],
      [{ call: 'dup2', fd: 3, to: 3 }, 3],
      [{ call: 'execve' }, 0],
    );
    expect(openIn(tables, 1)).toEqual({});
  });

  it('loses on exec what a raw call made', () => {
    const array = [1, 4, 4, 2].map((value, at) => ({ offset: 4 * at, width: 4 as const, value }));
    const raw: Call = { call: 'bpf', command: 0, attr: array, size: 48 };
    const tables = tablesAfter([raw, 3], [{ call: 'execve' }, 0]);
    expect(openIn(tables, 1)).toEqual({});
  });

  it('ends with its process', () => {
    const tables = tablesAfter(
      [load, 3],
      [{ call: 'fork' }, 2],
      [{ call: 'kill', pid: 2 }, 0],
      [{ call: 'exit_group' }, 0],
    );
    expect([openIn(tables, 1), openIn(tables, 2)]).toEqual([{}, {}]);
  });
});

describe('a message', () => {
  const send: Call = { call: 'sendmsg', fd: 4, fds: [3] };
  const receive: Call = { call: 'recvmsg', fd: 5, room: 1, flag: 'none' };
  const value = (fd: Fd) => receivedValue({ bytes: 1, fds: [fd], truncated: 'whole' });
  const sent = [
    [load, 3],
    [{ call: 'socketpair' }, pairValue(4, 5)],
    [send, 1],
    [{ call: 'close', fd: 3 }, 0],
  ] as const;

  it('brings a copy of what was sent, to whoever has the other end', () => {
    const tables = tablesAfter(...sent, [{ call: 'fork' }, 2], [receive, value(3), 2]);
    expect(openIn(tables, 2)).toMatchObject({ 3: 'made as 3' });
    expect(Object.keys(openIn(tables, 1))).toEqual(['4', '5']);
  });

  it('waits at the end that it was sent to, until it is received', () => {
    const tables = tablesAfter(...sent);
    const at = (fd: Fd) => tables.unread(tables.open(1).get(fd)?.socket ?? 0);
    expect([at(4), at(5)]).toEqual([0, 1]);
    tables.note({ pid: 1, call: { ...receive, flag: 'MSG_PEEK' } }, value(3), () => '');
    expect(at(5)).toBe(1);
    tables.note({ pid: 1, call: receive }, value(6), () => '');
    expect(at(5)).toBe(0);
  });

  it('makes descriptors that close on exec if it is asked to', () => {
    const closing: Call = { ...receive, flag: 'MSG_CMSG_CLOEXEC' };
    const tables = tablesAfter(...sent, [closing, value(3)], [{ call: 'execve' }, 0]);
    expect(Object.keys(openIn(tables, 1))).toEqual(['4', '5']);
  });
});
