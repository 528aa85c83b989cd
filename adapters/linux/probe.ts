/** Whether this machine lets the adapter work. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { release } from 'node:os';
import { promisify } from 'node:util';
import { readyAgent, type AgentOptions } from './agent-binary.ts';
import {
  capabilitiesOf,
  hopeless,
  refusalSentence,
  userNamespaceOf,
  type Refusal,
  type Standing,
} from './permission.ts';

export type LinuxPermission =
  | { readonly permitted: true; readonly release: string }
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

/** Lets the agent try everything once. */
async function refusalOf(binary: string): Promise<Refusal | undefined> {
  const { stdout } = await promisify(execFile)(binary, ['probe'], { timeout: probeMs, env: {} });
  const answer = stdout.trim();
  if (answer === 'ok') {
    return undefined;
  }
  const [, stage, errno] = /^missing (\w+) (\d+)$/.exec(answer) ?? [];
  if (stage === undefined) {
    throw new Error(`the agent answered "${answer}".`);
  }
  return { stage, errno: Number(errno) };
}

async function findReason(options: AgentOptions): Promise<string | undefined> {
  const standing = readStanding();
  const early = hopeless(standing);
  if (early !== undefined) {
    return early;
  }
  const agent = await readyAgent(options);
  if ('missing' in agent) {
    return agent.missing;
  }
  const refusal = await refusalOf(agent.binary);
  return refusal === undefined ? undefined : refusalSentence(refusal, standing);
}

/**
 * Tries in one process of its own whether everything that the adapter needs is permitted. The
 * reason is a sentence for the user that names the mend. Never rejects.
 */
export async function probeLinux(options: AgentOptions = {}): Promise<LinuxPermission> {
  try {
    const reason = await findReason(options);
    return reason === undefined
      ? { permitted: true, release: release() }
      : { permitted: false, reason };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { permitted: false, reason: `The linux adapter could not be tried: ${message}` };
  }
}
