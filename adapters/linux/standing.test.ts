import { describe, expect, it } from 'vitest';
import {
  capabilitiesOf,
  lacks,
  readStanding,
  seccompOf,
  unprivilegedBpfOf,
  userNamespaceOf,
} from './standing.ts';
import { standingOf } from './standing.test-data.ts';

describe('what /proc says of a process', () => {
  it('is its capabilities, if anything', () => {
    expect(capabilitiesOf('CapPrm:\t00ff\nCapEff:\t0000000000200001\nCapBnd:\t00ff\n')).toBe(
      0x200001n,
    );
    expect(capabilitiesOf('')).toBeUndefined();
  });

  it('is its user namespace, if anything', () => {
    expect(userNamespaceOf('         0          0 4294967295\n')).toBe('initial');
    expect(userNamespaceOf('         0       1000          1\n')).toBe('other');
    expect(userNamespaceOf('')).toBe('unknown');
  });

  it('is whether its system calls are filtered', () => {
    expect(seccompOf('NoNewPrivs:\t0\nSeccomp:\t2\nSeccomp_filters:\t1\n')).toBe('filter');
    expect(seccompOf('Seccomp:\t0\n')).toBe('none');
    expect(seccompOf('')).toBe('none');
  });
});

it.each([
  ['0\n', 'allowed'],
  ['1\n', 'disabled'],
  ['2\n', 'disabled'],
  ['', 'allowed'],
])('bpf(2) of a machine with %j in its sysctl is %s to others', (text, setting) => {
  expect(unprivilegedBpfOf(text)).toBe(setting);
});

it('a capability is lacking only where that is known', () => {
  expect(lacks(standingOf({ capabilities: 1n << 39n }), 'CAP_SYS_ADMIN')).toBe(true);
  expect(lacks(standingOf({ capabilities: 1n << 39n }), 'CAP_BPF')).toBe(false);
  expect(lacks(standingOf({ capabilities: undefined }), 'CAP_BPF')).toBe(false);
});

it('this process stands somewhere', () => {
  expect(readStanding()).toMatchObject({ platform: process.platform, uid: process.geteuid?.() });
});
