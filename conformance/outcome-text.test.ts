import { describe, expect, it } from 'vitest';
import {
  fail,
  infoValue,
  pairValue,
  receivedValue,
  statValue,
  succeed,
  type Call,
} from '../model/vocabulary/index.ts';
import { allowedText, outcomeText } from './outcome-text.ts';

const receive: Call = { call: 'recvmsg', fd: 3, room: 2, flag: 'none' };
const info: Call = { call: 'BPF_OBJ_GET_INFO_BY_FD', fd: 3 };

describe('an outcome in a table', () => {
  it('is a number or the name of an error', () => {
    expect(outcomeText({ call: 'dup', fd: 3 }, succeed(4))).toBe('4');
    expect(outcomeText(receive, fail('EBADF'))).toBe('EBADF');
    expect(outcomeText(null, succeed(4))).toBe('4');
  });

  it('shows both descriptors of a pair', () => {
    expect(outcomeText({ call: 'socketpair' }, succeed(pairValue(3, 4)))).toBe('[3, 4]');
    expect(outcomeText({ call: 'pipe2', flag: 'none' }, succeed(pairValue(5, 3)))).toBe('[5, 3]');
  });

  it('shows what was received', () => {
    const whole = receivedValue({ bytes: 1, fds: [5, 6], truncated: 'whole' });
    const cut = receivedValue({ bytes: 1, fds: [], truncated: 'truncated' });
    expect(outcomeText(receive, succeed(whole))).toBe('1 [5, 6]');
    expect(outcomeText(receive, succeed(cut))).toBe('1 [] MSG_CTRUNC');
    expect(outcomeText(receive, succeed(0))).toBe('0');
  });

  it('shows what is told of an object', () => {
    const map = infoValue({ kind: 'map', type: 'BPF_MAP_TYPE_HASH', maxEntries: 2 });
    const none = infoValue({ kind: 'program', type: 'BPF_PROG_TYPE_SOCKET_FILTER', maps: 0 });
    const one = infoValue({ kind: 'program', type: 'BPF_PROG_TYPE_SOCKET_FILTER', maps: 1 });
    expect(outcomeText(info, succeed(map))).toBe('BPF_MAP_TYPE_HASH of 2');
    expect(outcomeText(info, succeed(none))).toBe('BPF_PROG_TYPE_SOCKET_FILTER of 0 maps');
    expect(outcomeText(info, succeed(one))).toBe('BPF_PROG_TYPE_SOCKET_FILTER of 1 map');
  });

  it('shows of a link whether it is attached still', () => {
    for (const state of ['attached', 'defunct'] as const) {
      const value = infoValue({ kind: 'link', state });
      expect(outcomeText(info, succeed(value))).toBe(`${state} link`);
    }
  });

  it('shows what stat showed', () => {
    const stat: Call = { call: 'stat', path: '/a/x' };
    const shown = (kind: 'file' | 'directory', nlink: number): string =>
      outcomeText(stat, succeed(statValue({ kind, nlink })));
    expect(shown('file', 1)).toBe('file of 1 link');
    expect(shown('file', 2)).toBe('file of 2 links');
    expect(shown('directory', 3)).toBe('directory of 3 links');
    expect(outcomeText(stat, fail('ELOOP'))).toBe('ELOOP');
  });

  it('is not there for a call that does not return', () => {
    expect(outcomeText({ call: 'exit_group' }, succeed(0))).toBe('?');
  });

  it('stands beside its clause where it is allowed', () => {
    const allowed = [
      { outcome: succeed(pairValue(3, 4)), row: 'pair.ok' },
      { outcome: fail('EMFILE'), row: 'pair.no-descriptor' },
    ];
    expect(allowedText({ call: 'socketpair' }, allowed)).toBe(
      '[3, 4] (pair.ok) or EMFILE (pair.no-descriptor)',
    );
  });
});
