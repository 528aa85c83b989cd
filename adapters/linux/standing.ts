/** What is known of this process before anything is tried. */
import { readFileSync } from 'node:fs';
import type { UnprivilegedBpf } from '../contract/index.ts';

export interface Standing {
  readonly platform: string;
  /** The effective user. */
  readonly uid: number;
  /** Effective capabilities as a bit set; undefined where /proc does not tell. */
  readonly capabilities: bigint | undefined;
  readonly userNamespace: 'initial' | 'other' | 'unknown';
  /** Whether the kernel lets who has no capability create maps and programs. */
  readonly unprivilegedBpf: UnprivilegedBpf;
  /** Whether system calls of this process go through a filter. */
  readonly seccomp: 'filter' | 'none';
}

/** include/uapi/linux/capability.h */
const capabilityNumbers = {
  CAP_NET_ADMIN: 12n,
  CAP_SYS_CHROOT: 18n,
  CAP_SYS_ADMIN: 21n,
  CAP_BPF: 39n,
} as const;

export type Capability = keyof typeof capabilityNumbers;

/** From the text of /proc/self/status. */
export function capabilitiesOf(status: string): bigint | undefined {
  const digits = /^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1];
  return digits === undefined ? undefined : BigInt(`0x${digits}`);
}

/** From the text of /proc/self/status: 2 is SECCOMP_MODE_FILTER. */
export const seccompOf = (status: string): Standing['seccomp'] =>
  /^Seccomp:\s*2$/m.test(status) ? 'filter' : 'none';

/** From the text of /proc/self/uid_map: only the first namespace maps all users, as a rule. */
export function userNamespaceOf(uidMap: string): Standing['userNamespace'] {
  if (uidMap === '') {
    return 'unknown';
  }
  return /^\s*0\s+0\s+4294967295\s*$/.test(uidMap) ? 'initial' : 'other';
}

/** From the text of kernel.unprivileged_bpf_disabled: without it, anybody may, as in old kernels. */
export const unprivilegedBpfOf = (sysctl: string): UnprivilegedBpf =>
  /^[12]/.test(sysctl) ? 'disabled' : 'allowed';

/** True only where it is known. */
export const lacks = ({ capabilities }: Standing, capability: Capability): boolean =>
  capabilities !== undefined && (capabilities & (1n << capabilityNumbers[capability])) === 0n;

function readProc(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

/** Of this process. */
export function readStanding(): Standing {
  const status = readProc('/proc/self/status');
  return {
    platform: process.platform,
    uid: process.geteuid?.() ?? -1,
    capabilities: capabilitiesOf(status),
    userNamespace: userNamespaceOf(readProc('/proc/self/uid_map')),
    unprivilegedBpf: unprivilegedBpfOf(readProc('/proc/sys/kernel/unprivileged_bpf_disabled')),
    seccomp: seccompOf(status),
  };
}
