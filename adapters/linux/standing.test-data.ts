/** Who asks, in tests: root of a machine that denies eBPF to others, unless told. */
import type { Standing } from './standing.ts';

export const standingOf = (told: Partial<Standing>): Standing => ({
  platform: 'linux',
  uid: 0,
  capabilities: 0x1ff_ffff_ffffn,
  userNamespace: 'initial',
  unprivilegedBpf: 'disabled',
  seccomp: 'none',
  ...told,
});
