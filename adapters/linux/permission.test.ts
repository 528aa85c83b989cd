import { describe, expect, it } from 'vitest';
import {
  capabilitiesOf,
  hopeless,
  refusalSentence,
  unprivilegedBpfOf,
  userNamespaceOf,
  type Standing,
} from './permission.ts';

const root: Standing = {
  platform: 'linux',
  uid: 0,
  capabilities: 0x1ff_ffff_ffffn,
  userNamespace: 'initial',
};

describe('what can be said without trying', () => {
  it('is nothing for root, and nothing where /proc is silent', () => {
    expect(hopeless(root)).toBeUndefined();
    expect(
      hopeless({ ...root, capabilities: undefined, userNamespace: 'unknown' }),
    ).toBeUndefined();
  });

  for (const [what, standing, sentence] of [
    ['another system', { platform: 'darwin' }, /this is darwin: run pinproof on Linux/],
    ['an ordinary user', { uid: 1000, capabilities: 0n }, /CAP_SYS_ADMIN, which uid 1000 .*sudo/],
    ['no CAP_SYS_CHROOT', { capabilities: 1n << 21n }, /CAP_SYS_CHROOT/],
    ['a user namespace', { userNamespace: 'other' }, /inside a user namespace.*as root/],
  ] as const) {
    it(`names ${what} and the mend`, () => {
      expect(hopeless({ ...root, ...standing })).toMatch(sentence);
    });
  }
});

describe('what the probe was refused', () => {
  for (const [stage, errno, sentence] of [
    ['list', 1, /does not permit uid 0 to list eBPF objects \(CAP_SYS_ADMIN\).*sudo.*--privileged/],
    ['list', 38, /no bpf\(2\) that can list objects/],
    ['map', 1, /create an eBPF map \(CAP_BPF or CAP_SYS_ADMIN\)/],
    ['bpffs', 19, /no bpf file system/],
    ['bpffs', 1, /mount a bpf file system \(CAP_SYS_ADMIN\)/],
    ['proc', 2, /no \/proc/],
    ['root', 22, /root of its own \(CAP_SYS_ADMIN\): error 22/],
    ['something', 5, /refused to something: error 5/],
  ] as const) {
    it(`is one sentence: ${stage}, error ${errno}`, () => {
      const said = refusalSentence({ stage, errno }, root);
      expect(said).toMatch(sentence);
      expect(said).toMatch(/^[A-Z].*\.$/);
    });
  }
});

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
});

it.each([
  ['0\n', 'allowed'],
  ['1\n', 'disabled'],
  ['2\n', 'disabled'],
  ['', 'allowed'],
])('bpf(2) of a machine with %j in its sysctl is %s to others', (text, setting) => {
  expect(unprivilegedBpfOf(text)).toBe(setting);
});
