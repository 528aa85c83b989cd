/** Whether this machine lets the adapter work. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { release } from 'node:os';
import { promisify } from 'node:util';
import type { Lacks } from '../contract/index.ts';
import { readyAgent, type AgentOptions } from './agent-binary.ts';
import {
  capabilitiesOf,
  hopeless,
  noExecSentence,
  refusalSentence,
  userNamespaceOf,
  type Refusal,
  type Standing,
} from './permission.ts';

export type LinuxPermission =
  | {
      readonly permitted: true;
      readonly release: string;
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

type Tried = { readonly lacks: Lacks } | { readonly refusal: Refusal };

/** Lets the agent try everything once. */
async function tryOut(binary: string): Promise<Tried> {
  const { stdout } = await promisify(execFile)(binary, ['probe'], { timeout: probeMs, env: {} });
  const answer = stdout.trim();
  if (answer === 'ok') {
    return { lacks: {} };
  }
  const [, need] = /^ok without execve for (static|segment)$/.exec(answer) ?? [];
  if (need !== undefined) {
    return { lacks: { execve: noExecSentence(need, binary) } };
  }
  const [, stage, errno] = /^missing (\w+) (\d+)$/.exec(answer) ?? [];
  if (stage === undefined) {
    throw new Error(`the agent answered "${answer}".`);
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
  const tried = await tryOut(agent.binary);
  return 'refusal' in tried
    ? refused(refusalSentence(tried.refusal, standing))
    : { permitted: true, release: release(), lacks: tried.lacks };
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
