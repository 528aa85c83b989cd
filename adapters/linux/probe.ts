/** Whether this machine lets the adapter work. */
import { execFile } from 'node:child_process';
import { release } from 'node:os';
import { promisify } from 'node:util';
import type { Hidden, Lacks, UnprivilegedBpf } from '../contract/index.ts';
import { readyAgent, type AgentOptions } from './agent-binary.ts';
import {
  abilitiesMissing,
  hiddenBy,
  lacksWhereCookiesAreAsked,
  lacksFor,
  type Ability,
  type Missing,
  type Refused,
} from './lacks.ts';
import {
  hopeless,
  noExecSentence,
  refusalSentence,
  wantSentence,
  type Refusal,
} from './permission.ts';
import { readStanding, type Standing } from './standing.ts';

export type LinuxPermission =
  | {
      readonly permitted: true;
      readonly release: string;
      readonly unprivilegedBpf: UnprivilegedBpf;
      /** Calls that this machine does not let the agent make. */
      readonly lacks: Lacks;
      /** What the agent has to do without. */
      readonly without: readonly Ability[];
      /** What can be seen of runs elsewhere, and not here. */
      readonly hides: readonly Hidden[];
      readonly identities: Identities;
    }
  | { readonly permitted: false; readonly reason: string };

const probeMs = 10_000;

/** How objects are known: a kernel before 4.13 gives no ids. */
export type Identities = 'ids' | 'cookies';

/** What a machine lets the agent do, in so far as that is less than everything. */
export interface Ground {
  readonly lacks: Lacks;
  readonly without: readonly Ability[];
  readonly hides: readonly Hidden[];
  readonly identities: Identities;
}

type Tried = { readonly ground: Ground } | { readonly refusal: Refusal };

const unknownAnswer = (answer: string): Error => new Error(`the agent answered "${answer}".`);

const wants = ['ids', 'tree', 'views', 'permissions', 'network', 'cgroups', 'users'] as const;

/** Of a line that tells what a run has to do without. */
function refusedOf(
  line: string,
  binary: string,
  standing: Standing,
): readonly [Missing | 'execve', string] {
  const [, need] = /^without execve (static|segment)$/.exec(line) ?? [];
  if (need !== undefined) {
    return ['execve', noExecSentence(need, binary)];
  }
  const [, name, stage = '', errno] = /^without (\w+) (\w+) (\d+)$/.exec(line) ?? [];
  const what = wants.find((want) => want === name);
  if (what === undefined) {
    throw unknownAnswer(line);
  }
  return [what, wantSentence({ what, stage, errno: Number(errno) }, standing)];
}

/** What the lines of a probe behind its first one tell; throws for one that is not understood. */
export function groundOf(lines: readonly string[], binary: string, standing: Standing): Ground {
  const cookies = lines.find((line) => line === 'cookies kernel' || line === 'cookies asked');
  const refused: Refused = new Map(
    lines.filter((line) => line !== cookies).map((line) => refusedOf(line, binary, standing)),
  );
  return {
    lacks: {
      ...(cookies === 'cookies asked' ? lacksWhereCookiesAreAsked : {}),
      ...lacksFor(refused),
    },
    without: abilitiesMissing(refused),
    hides: hiddenBy(refused),
    identities: cookies === undefined ? 'ids' : 'cookies',
  };
}

/** Lets the agent try everything once. */
async function tryOut(binary: string, standing: Standing): Promise<Tried> {
  const { stdout } = await promisify(execFile)(binary, ['probe'], { timeout: probeMs, env: {} });
  const [answer = '', ...lines] = stdout.trim().split('\n');
  if (answer === 'ok') {
    return { ground: groundOf(lines, binary, standing) };
  }
  const [, stage, errno] = /^missing (\w+) (\d+)$/.exec(answer) ?? [];
  if (stage === undefined) {
    throw unknownAnswer(answer);
  }
  return { refusal: { stage, errno: Number(errno) } };
}

const denied = (reason: string): LinuxPermission => ({ permitted: false, reason });

async function findPermission(options: AgentOptions): Promise<LinuxPermission> {
  const standing = readStanding();
  const early = hopeless(standing);
  if (early !== undefined) {
    return denied(early);
  }
  const agent = await readyAgent(options);
  if ('missing' in agent) {
    return denied(agent.missing);
  }
  const tried = await tryOut(agent.binary, standing);
  return 'refusal' in tried
    ? denied(refusalSentence(tried.refusal, standing))
    : {
        permitted: true,
        release: release(),
        unprivilegedBpf: standing.unprivilegedBpf,
        ...tried.ground,
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
    return denied(`The linux adapter could not be tried: ${message}`);
  }
}
