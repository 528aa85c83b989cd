/** What a machine may lack, said in sentences for its user. */
import type { UnprivilegedBpf } from '../contract/index.ts';

/** What is known of the process before anything is tried. */
export interface Standing {
  readonly platform: string;
  /** The effective user. */
  readonly uid: number;
  /** Effective capabilities as a bit set; undefined where /proc does not tell. */
  readonly capabilities: bigint | undefined;
  readonly userNamespace: 'initial' | 'other' | 'unknown';
}

/** What the agent's probe was refused first: a stage of agent/probe.c and an error number. */
export interface Refusal {
  readonly stage: string;
  readonly errno: number;
}

const [EPERM, ENOENT, EAGAIN, ENODEV, EINVAL, ENOSPC] = [1, 2, 11, 19, 22, 28] as const;
const noCgroupBpf =
  'This kernel attaches no programs to cgroups: one built with CONFIG_CGROUP_BPF is needed.';
const capabilityNumbers = { CAP_SYS_CHROOT: 18n, CAP_SYS_ADMIN: 21n } as const;

/** From the text of /proc/self/status. */
export function capabilitiesOf(status: string): bigint | undefined {
  const digits = /^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1];
  return digits === undefined ? undefined : BigInt(`0x${digits}`);
}

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

const asRoot = 'run pinproof as root (sudo pinproof …)';
const inContainer =
  'in a container, start that with --privileged (docker run --privileged …) and without a user namespace of its own';

const inUserNamespace = `This process is inside a user namespace, where the kernel permits no eBPF to anybody, not even to its root: ${asRoot} of the machine itself; ${inContainer}.`;

function lacks(standing: Standing, capability: keyof typeof capabilityNumbers): boolean {
  const { capabilities } = standing;
  return (
    capabilities !== undefined && (capabilities & (1n << capabilityNumbers[capability])) === 0n
  );
}

/** Why there is no point in trying, or undefined. */
export function hopeless(standing: Standing): string | undefined {
  if (standing.platform !== 'linux') {
    return `The linux adapter drives the running Linux kernel, and this is ${standing.platform}: run pinproof on Linux, or choose another target.`;
  }
  if (standing.userNamespace === 'other') {
    return inUserNamespace;
  }
  for (const capability of ['CAP_SYS_ADMIN', 'CAP_SYS_CHROOT'] as const) {
    if (lacks(standing, capability)) {
      return `The linux adapter needs the capability ${capability}, which uid ${standing.uid} does not have here: ${asRoot}; ${inContainer}.`;
    }
  }
  return undefined;
}

const whatFails: Readonly<Record<string, string>> = {
  proc: 'read /proc for this pid namespace',
  list: 'list eBPF objects (CAP_SYS_ADMIN)',
  map: 'create an eBPF map (CAP_BPF or CAP_SYS_ADMIN)',
  program: 'load an eBPF program (CAP_BPF or CAP_SYS_ADMIN)',
  unshare: 'make a private mount namespace (CAP_SYS_ADMIN)',
  private: 'make the mounts of a private namespace private (CAP_SYS_ADMIN)',
  root: 'give a private mount namespace a root of its own (CAP_SYS_ADMIN)',
  chroot: 'change the root (CAP_SYS_CHROOT)',
  bpffs: 'mount a bpf file system (CAP_SYS_ADMIN)',
  pin: 'pin an eBPF map',
  memory: 'share memory between processes',
  info: 'ask for the id of an eBPF object',
};

/** Errors that mean that the kernel lacks a thing, by stage. */
const notThere: Readonly<Record<string, string>> = {
  list: 'This kernel has no bpf(2) that can list objects: a kernel since 4.13 built with CONFIG_BPF_SYSCALL is needed.',
  bpffs: 'This kernel has no bpf file system: one built with CONFIG_BPF_SYSCALL is needed.',
  proc: 'There is no /proc that shows the processes of this pid namespace: mount it (mount -t proc proc /proc).',
};

/** The sentence for what the probe was refused. */
export function refusalSentence({ stage, errno }: Refusal, standing: Standing): string {
  const absent = notThere[stage];
  if (absent !== undefined && errno !== EPERM) {
    return absent;
  }
  return refusedSentence(whatFails[stage] ?? stage, errno, standing);
}

function refusedSentence(what: string, errno: number, standing: Standing): string {
  if (errno !== EPERM) {
    return `The kernel refused to ${what}: error ${errno}.`;
  }
  return `The kernel does not permit uid ${standing.uid} to ${what}, perhaps by a policy (seccomp, a security module) or because of a user namespace: ${asRoot}; ${inContainer}.`;
}

/** What the agent's probe was refused of what only some calls need. */
export interface Want extends Refusal {
  readonly what: 'network' | 'cgroups' | 'users';
}

const whatCallsNeed: Readonly<Record<string, string>> = {
  'network netns': 'make a network namespace (CAP_SYS_ADMIN)',
  'network clsact': 'add a clsact qdisc in a network namespace (CAP_NET_ADMIN)',
  'network program': 'load a program of tc (CAP_NET_ADMIN)',
  'network filter': 'add a filter of tc in a network namespace (CAP_NET_ADMIN)',
  'cgroups cgroup2': 'mount the hierarchy of cgroup2 (CAP_SYS_ADMIN)',
  'cgroups reaper': 'start a process that removes cgroups later',
  'cgroups cgroup': 'make a cgroup',
  'cgroups mark': 'mark a cgroup by an attribute (trusted.*) (CAP_SYS_ADMIN)',
  'cgroups limit': 'limit how many cgroups there are (cgroup.max.descendants)',
  'cgroups bind': 'bind a directory of cgroups into a private mount namespace (CAP_SYS_ADMIN)',
  'cgroups program': 'load a program of cgroups (CAP_NET_ADMIN)',
  'cgroups attach': 'attach a program to a cgroup (CAP_NET_ADMIN)',
  'users unshare': 'make a user namespace, as root and as user 65534',
};

/** Errors by which a kernel says that it lacks a thing, and the mend. */
const whatCallsMiss: Readonly<Record<string, string>> = {
  [`network netns ${EINVAL}`]:
    'This kernel has no network namespaces: one built with CONFIG_NET_NS is needed.',
  [`network netns ${ENOSPC}`]:
    'This machine permits no further network namespace: raise the sysctl user.max_net_namespaces.',
  [`network clsact ${ENOENT}`]:
    'This kernel has no clsact qdisc: one built with CONFIG_NET_SCH_INGRESS is needed, and its module sch_ingress (modprobe sch_ingress).',
  [`network filter ${ENOENT}`]:
    'This kernel has no eBPF filters of tc: one built with CONFIG_NET_CLS_BPF is needed, and its module cls_bpf (modprobe cls_bpf).',
  [`cgroups cgroup2 ${ENODEV}`]:
    'This kernel has no cgroup2: one built with CONFIG_CGROUPS is needed.',
  [`cgroups cgroup ${EAGAIN}`]:
    'This machine permits no further cgroup: raise cgroup.max.descendants and cgroup.max.depth of the cgroup2 hierarchy.',
  [`cgroups limit ${ENOENT}`]:
    'This kernel has no cgroup.max.descendants: one since 4.14 is needed.',
  [`users unshare ${EINVAL}`]:
    'This kernel has no user namespaces: one built with CONFIG_USER_NS is needed.',
  [`users unshare ${ENOSPC}`]:
    'This machine permits no further user namespace: raise the sysctl user.max_user_namespaces.',
  [`cgroups program ${EINVAL}`]: noCgroupBpf,
  [`cgroups attach ${EINVAL}`]: noCgroupBpf,
};

/** Why the calls that need this cannot be played. */
export function wantSentence({ what, stage, errno }: Want, standing: Standing): string {
  const refused = whatCallsNeed[`${what} ${stage}`] ?? `${what} ${stage}`;
  return whatCallsMiss[`${what} ${stage} ${errno}`] ?? refusedSentence(refused, errno, standing);
}

/** Why execve cannot be played, by what the probe missed for it; `binary` is the compiled agent. */
export const noExecSentence = (need: string, binary: string): string =>
  need === 'static'
    ? `The agent could not be linked statically, as a program that is run in an empty root must be: install a static C library (on Debian: apt-get install libc6-dev; on Fedora: dnf install glibc-static), then remove ${binary}.`
    : 'This kernel gives no System V shared memory, which the agent needs across an exec: one built with CONFIG_SYSVIPC is needed, and a limit (kernel.shmmax, kernel.shmall, kernel.shmmni) that has room.';
