/** Whether this machine lets the adapter work. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { release } from 'node:os';
import { promisify } from 'node:util';
import type { CallName } from '../../model/vocabulary/index.ts';
import type { Lacks, UnprivilegedBpf } from '../contract/index.ts';
import { readyAgent, type AgentOptions } from './agent-binary.ts';
import {
  capabilitiesOf,
  hopeless,
  noExecSentence,
  refusalSentence,
  unprivilegedBpfOf,
  userNamespaceOf,
  type Refusal,
  type Standing,
  type Want,
  wantSentence,
} from './permission.ts';

export type LinuxPermission =
  | {
      readonly permitted: true;
      readonly release: string;
      readonly unprivilegedBpf: UnprivilegedBpf;
      /** Calls that this machine does not let the agent make. */
      readonly lacks: Lacks;
    }
  | { readonly permitted: false; readonly reason: string };

const probeMs = 10_000;

function readProc(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

function readStanding(): Standing {
  return {
    platform: process.platform,
    uid: process.geteuid?.() ?? -1,
    capabilities: capabilitiesOf(readProc('/proc/self/status')),
    userNamespace: userNamespaceOf(readProc('/proc/self/uid_map')),
  };
}

/** By what the probe missed: the calls that cannot be played without. */
const callsThatNeed = {
  execve: ['execve'],
  network: ['RTM_NEWTFILTER', 'RTM_DELTFILTER', 'RTM_DELQDISC'],
  users: ['unshare-user'],
  cgroups: ['BPF_PROG_ATTACH', 'BPF_PROG_DETACH', 'BPF_LINK_CREATE'],
} as const satisfies Record<string, readonly CallName[]>;

type Tried = { readonly lacks: Lacks } | { readonly refusal: Refusal };

const lacking = (what: keyof typeof callsThatNeed, sentence: string): Lacks =>
  Object.fromEntries(callsThatNeed[what].map((call) => [call, sentence]));

const unknownAnswer = (answer: string): Error => new Error(`the agent answered "${answer}".`);

const isWant = (what: string): what is Want['what'] =>
  what === 'network' || what === 'cgroups' || what === 'users';

/** Of a line that tells what some calls need. */
function lacksOf(line: string, binary: string, standing: Standing): Lacks {
  const [, need] = /^without execve (static|segment)$/.exec(line) ?? [];
  if (need !== undefined) {
    return lacking('execve', noExecSentence(need, binary));
  }
  const [, what = '', stage = '', errno] = /^without (\w+) (\w+) (\d+)$/.exec(line) ?? [];
  if (!isWant(what)) {
    throw unknownAnswer(line);
  }
  return lacking(what, wantSentence({ what, stage, errno: Number(errno) }, standing));
}

/** Lets the agent try everything once. */
async function tryOut(binary: string, standing: Standing): Promise<Tried> {
  const { stdout } = await promisify(execFile)(binary, ['probe'], { timeout: probeMs, env: {} });
  const [answer = '', ...wants] = stdout.trim().split('\n');
  if (answer === 'ok') {
    const lacks = wants.map((want) => lacksOf(want, binary, standing));
    return { lacks: lacks.reduce((all, some) => ({ ...all, ...some }), {}) };
  }
  const [, stage, errno] = /^missing (\w+) (\d+)$/.exec(answer) ?? [];
  if (stage === undefined) {
    throw unknownAnswer(answer);
  }
  return { refusal: { stage, errno: Number(errno) } };
}

const refused = (reason: string): LinuxPermission => ({ permitted: false, reason });

async function findPermission(options: AgentOptions): Promise<LinuxPermission> {
  const standing = readStanding();
  const early = hopeless(standing);
  if (early !== undefined) {
    return refused(early);
  }
  const agent = await readyAgent(options);
  if ('missing' in agent) {
    return refused(agent.missing);
  }
  const tried = await tryOut(agent.binary, standing);
  return 'refusal' in tried
    ? refused(refusalSentence(tried.refusal, standing))
    : {
        permitted: true,
        release: release(),
        unprivilegedBpf: unprivilegedBpfOf(readProc('/proc/sys/kernel/unprivileged_bpf_disabled')),
        lacks: tried.lacks,
      };
}

/**
 * Tries in one process of its own whether everything that the adapter needs is permitted. The
 * reason is a sentence for the user that names the mend. Never rejects.
 */
export async function probeLinux(options: AgentOptions = {}): Promise<LinuxPermission> {
  try {
    return await findPermission(options);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return refused(`The linux adapter could not be tried: ${message}`);
  }
}
