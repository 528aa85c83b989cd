/** What a machine may lack, said in sentences for its user. */
import { lacks, type Capability, type Standing } from './standing.ts';

/** What the agent's probe was refused: a stage of agent/probe.c and an error number. */
export interface Refusal {
  readonly stage: string;
  readonly errno: number;
}

const [EPERM, ENOENT, EAGAIN, EACCES, ENODEV, EINVAL, ENOSPC, ENOSYS] = [
  1, 2, 11, 13, 19, 22, 28, 38,
] as const;
const noCgroupBpf =
  'This kernel attaches no programs to cgroups: one built with CONFIG_CGROUP_BPF is needed.';

const asRoot = 'run pinproof as root (sudo pinproof …)';
/** For a root that is not all that it could be, as in a container. */
const asFullRoot = 'run pinproof with all capabilities of root (sudo pinproof …)';
const inContainer =
  'in a container, start that with --privileged (docker run --privileged …) and without a user namespace of its own';

const mendFor = ({ uid }: Standing): string => `${uid === 0 ? asFullRoot : asRoot}; ${inContainer}`;

const inUserNamespace = `This process is inside a user namespace, where the kernel permits no eBPF to anybody, not even to its root: ${asRoot} of the machine itself; ${inContainer}.`;

/** Why there is no point in trying, or undefined. */
export function hopeless(standing: Standing): string | undefined {
  if (standing.platform !== 'linux') {
    return `The linux adapter drives the running Linux kernel, and this is ${standing.platform}: run pinproof on Linux, or choose another target.`;
  }
  if (standing.unprivilegedBpf === 'allowed') {
    return undefined;
  }
  if (standing.userNamespace === 'other') {
    return inUserNamespace;
  }
  return lacks(standing, 'CAP_SYS_ADMIN') && lacks(standing, 'CAP_BPF')
    ? `The linux adapter needs the capability CAP_SYS_ADMIN, or CAP_BPF for calls on descriptors alone, and uid ${standing.uid} has neither here, where kernel.unprivileged_bpf_disabled denies eBPF to all others: ${mendFor(standing)}.`
    : undefined;
}

interface Attempt {
  readonly what: string;
  /** Any of these permits it. */
  readonly by?: readonly Capability[];
}

const admin = ['CAP_SYS_ADMIN'] as const;
const bpf = ['CAP_BPF', 'CAP_SYS_ADMIN'] as const;
const net = ['CAP_NET_ADMIN'] as const;

/** What the probe does, by its stage, and by what needs it where stages are called alike. */
const attempts: Readonly<Record<string, Attempt>> = {
  files: { what: 'open as many files as the agent needs' },
  proc: { what: 'read /proc for this pid namespace' },
  map: { what: 'create an eBPF map', by: bpf },
  program: { what: 'load an eBPF program', by: bpf },
  memory: { what: 'share memory between processes' },
  info: { what: 'ask for the id of an eBPF object' },
  list: { what: 'list eBPF objects', by: admin },
  unshare: { what: 'make a private mount namespace', by: admin },
  private: { what: 'make the mounts of a private namespace private', by: admin },
  root: { what: 'give a private mount namespace a root of its own', by: admin },
  bpffs: { what: 'mount a bpf file system', by: admin },
  pin: { what: 'pin an eBPF map' },
  chroot: { what: 'change the root', by: ['CAP_SYS_CHROOT'] },
  'network netns': { what: 'make a network namespace', by: admin },
  'network clsact': { what: 'add a clsact qdisc in a network namespace', by: net },
  'network program': { what: 'load a program of tc', by: net },
  'network filter': { what: 'add a filter of tc in a network namespace', by: net },
  'cgroups cgroup2': { what: 'mount the hierarchy of cgroup2', by: admin },
  'cgroups reaper': { what: 'start a process that removes cgroups later' },
  'cgroups cgroup': { what: 'make a cgroup' },
  'cgroups mark': { what: 'mark a cgroup by an attribute (trusted.*)', by: admin },
  'cgroups limit': { what: 'limit how many cgroups there are (cgroup.max.descendants)' },
  'cgroups bind': { what: 'bind a directory of cgroups into a private mount namespace', by: admin },
  'cgroups program': { what: 'load a program of cgroups', by: net },
  'cgroups attach': { what: 'attach a program to a cgroup', by: net },
  'users unshare': { what: 'make a user namespace, as root and as user 65534' },
};

/** Errors that mean that the kernel lacks a thing, by stage. */
const notThere: Readonly<Record<string, string>> = {
  list: 'This kernel has no bpf(2) that can list objects: a kernel since 4.13 built with CONFIG_BPF_SYSCALL is needed.',
  bpffs:
    'This kernel has no bpf file system: one built with CONFIG_BPF_SYSCALL is needed, since 4.4.',
  files:
    'The limit of open files is too low for the agent, which needs 128: raise it (ulimit -n 1024).',
  proc: 'There is no /proc that shows the processes of this pid namespace: mount it (mount -t proc proc /proc).',
};

/** A filter may answer what it likes; these are what the filters of containers answer. */
const isDenial = (errno: number): boolean => errno === EPERM || errno === ENOSYS;

const isFiltered = (errno: number, { by = [] }: Attempt, standing: Standing): boolean =>
  isDenial(errno) &&
  standing.seccomp === 'filter' &&
  (by.length === 0 || by.some((capability) => !lacks(standing, capability)));

/** The sentence for what the probe was refused. */
export function refusalSentence({ stage, errno }: Refusal, standing: Standing): string {
  const attempt = attempts[stage] ?? { what: stage };
  const absent = notThere[stage];
  if (absent !== undefined && errno !== EPERM && !isFiltered(errno, attempt, standing)) {
    return absent;
  }
  return refusedSentence(attempt, errno, standing);
}

function refusedSentence(attempt: Attempt, errno: number, standing: Standing): string {
  const { what, by = [] } = attempt;
  const named = by.length === 0 ? what : `${what} (${by.join(' or ')})`;
  if (isFiltered(errno, attempt, standing)) {
    return `A filter of system calls (seccomp), or a security module, does not let this process ${named}: start it without one (docker run --security-opt seccomp=unconfined …).`;
  }
  if (errno !== EPERM) {
    return `The kernel refused to ${named}: error ${errno}.`;
  }
  if (standing.userNamespace === 'other') {
    return inUserNamespace;
  }
  if (by.length > 0 && by.every((capability) => lacks(standing, capability))) {
    return `This process, of uid ${standing.uid}, lacks the capability ${by.join(' or ')}, which it takes to ${what}: ${mendFor(standing)}.`;
  }
  return `The kernel does not permit uid ${standing.uid} to ${named}, perhaps by a policy (seccomp, a security module)${standing.userNamespace === 'unknown' ? ' or because of a user namespace' : ''}: ${mendFor(standing)}.`;
}

/** What the agent's probe was refused of what only some calls need. */
export interface Want extends Refusal {
  readonly what: 'ids' | 'tree' | 'views' | 'permissions' | 'network' | 'cgroups' | 'users';
}

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

const notRootOfFiles = (standing: Standing): string =>
  `Nobody but root with its capability CAP_DAC_OVERRIDE may make a cgroup in the hierarchy of cgroup2: ${mendFor(standing)}.`;

/** What is missing for calls that are compared as root with all of its capabilities makes them. */
function notRootSentence(stage: string, standing: Standing): string {
  const { uid } = standing;
  const who = stage === 'user' ? `of uid ${uid}` : `of uid ${uid} and without ${stage}`;
  return `This process is ${who}, and how root answers such calls is not to be seen then: ${mendFor(standing)}.`;
}

/** Why the calls that need this cannot be played. */
export function wantSentence({ what, stage, errno }: Want, standing: Standing): string {
  switch (what) {
    case 'ids':
    case 'tree':
    case 'views':
      return refusalSentence({ stage, errno }, standing);
    case 'permissions':
      return notRootSentence(stage, standing);
    case 'network':
    case 'cgroups':
    case 'users': {
      if (stage === 'cgroup' && errno === EACCES) return notRootOfFiles(standing);
      const attempt = attempts[`${what} ${stage}`] ?? { what: `${what} ${stage}` };
      return (
        whatCallsMiss[`${what} ${stage} ${errno}`] ?? refusedSentence(attempt, errno, standing)
      );
    }
  }
}

/** Why the calls with ids are not played although the kernel has them. */
export const cookiesAskedSentence =
  'The agent was told to do without ids (--cookies): play the plan without that option.';

/** Why execve cannot be played, by what the probe missed for it; `binary` is the compiled agent. */
export const noExecSentence = (need: string, binary: string): string =>
  need === 'static'
    ? `The agent could not be linked statically, as a program that is run in an empty root must be: install a static C library (on Debian: apt-get install libc6-dev; on Fedora: dnf install glibc-static), then remove ${binary}.`
    : 'This kernel gives no System V shared memory, which the agent needs across an exec: one built with CONFIG_SYSVIPC is needed, and a limit (kernel.shmmax, kernel.shmall, kernel.shmmni) that has room.';
