import { describe, expect, it } from 'vitest';
import { hopeless, refusalSentence, wantSentence } from './permission.ts';
import { standingOf } from './standing.test-data.ts';

const [sysAdmin, sysChroot, bpf] = [1n << 21n, 1n << 18n, 1n << 39n];

describe('what can be said without trying', () => {
  it('is nothing for root, and nothing where /proc is silent', () => {
    expect(hopeless(standingOf({}))).toBeUndefined();
    const silent = { capabilities: undefined, userNamespace: 'unknown' } as const;
    expect(hopeless(standingOf(silent))).toBeUndefined();
  });

  for (const [what, told, sentence] of [
    ['another system', { platform: 'darwin' }, /this is darwin: run pinproof on Linux/],
    [
      'an ordinary user',
      { uid: 1000, capabilities: 0n },
      /CAP_SYS_ADMIN, or CAP_BPF .* uid 1000 .*unprivileged_bpf_disabled.*as root \(sudo/,
    ],
    ['a root without capabilities', { capabilities: 0n }, /with all capabilities of root .*sudo/],
    ['a user namespace', { userNamespace: 'other' }, /inside a user namespace.*as root/],
  ] as const) {
    it(`names ${what} and the mend`, () => {
      expect(hopeless(standingOf(told))).toMatch(sentence);
    });
  }

  for (const [what, told] of [
    ['CAP_BPF alone', { uid: 1000, capabilities: bpf }],
    ['CAP_SYS_ADMIN alone', { uid: 1000, capabilities: sysAdmin }],
    ['eBPF for everybody', { uid: 1000, capabilities: 0n, unprivilegedBpf: 'allowed' }],
    [
      'eBPF for everybody, in a user namespace',
      { userNamespace: 'other', unprivilegedBpf: 'allowed' },
    ],
  ] as const) {
    it(`is nothing for ${what}: the agent tries`, () => {
      expect(hopeless(standingOf(told))).toBeUndefined();
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
      const said = refusalSentence({ stage, errno }, standingOf({}));
      expect(said).toMatch(sentence);
      expect(said).toMatch(/^[A-Z].*\.$/);
    });
  }

  const [EPERM, ENOSYS] = [1, 38];
  for (const [what, stage, errno, told, sentence] of [
    [
      'a capability',
      'unshare',
      EPERM,
      { capabilities: bpf },
      /lacks the capability CAP_SYS_ADMIN, /,
    ],
    ['a user namespace', 'map', EPERM, { userNamespace: 'other' }, /inside a user namespace/],
    ['a filter', 'map', EPERM, { seccomp: 'filter' }, /seccomp=unconfined/],
    ['a filter that says ENOSYS', 'list', ENOSYS, { seccomp: 'filter' }, /seccomp=unconfined/],
    [
      'a capability, behind a filter',
      'unshare',
      EPERM,
      { seccomp: 'filter', capabilities: sysChroot },
      /lacks the capability CAP_SYS_ADMIN/,
    ],
    [
      'perhaps a user namespace',
      'map',
      EPERM,
      { userNamespace: 'unknown', capabilities: undefined },
      /a security module\) or because of a user namespace: /,
    ],
  ] as const) {
    it(`is put down to ${what}`, () => {
      expect(refusalSentence({ stage, errno }, standingOf(told))).toMatch(sentence);
    });
  }

  it('is who asks, of calls that are compared as root makes them', () => {
    const want = { what: 'permissions', errno: EPERM } as const;
    const user = wantSentence({ ...want, stage: 'user' }, standingOf({ uid: 1000 }));
    expect(user).toMatch(/^This process is of uid 1000, .*: run pinproof as root/);
    const chown = wantSentence({ ...want, stage: 'CAP_CHOWN' }, standingOf({}));
    expect(chown).toMatch(/^This process is of uid 0 and without CAP_CHOWN, /);
  });
});
