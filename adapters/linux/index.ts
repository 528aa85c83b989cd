/** The adapter of the running Linux kernel, through an agent in C (agent/). */
import { AdapterFailure, type Adapter, type Hello } from '../contract/index.ts';
import { helloOf, linuxAdapter, type Machine } from './adapter.ts';
import { isStillIntact, readyAgent, type AgentOptions } from './agent-binary.ts';
import { probeLinux } from './probe.ts';
import { Supervisor, type Deadlines } from './supervisor.ts';

export { readAnswers, type Answers, type AnswersRead, type RunAnswers } from './answers-text.ts';
export { planText, type PlanText, type RunToPlay } from './plan-text.ts';
export { isAnswered, objectsNamed, playedAdapter, stepsPlayed } from './played.ts';
export { portableAgent } from './portable-agent.ts';
export { probeLinux, type LinuxPermission } from './probe.ts';
export type { AgentOptions } from './agent-binary.ts';
export type { Deadlines } from './supervisor.ts';

export type LinuxOptions = AgentOptions & Partial<Deadlines>;

/** What the adapter would say of itself on a machine that lacks nothing; its kernel is not known. */
export const completeHello: Hello = helloOf({ release: '', unprivilegedBpf: 'disabled' });

/** What the adapter would have said of itself on the machine that gave some answers. */
export const helloOn = (machine: Machine): Hello => helloOf(machine);

/** The adapter, or what this machine lacks, as a sentence for the user. */
export type LinuxStart = { readonly adapter: Adapter } | { readonly missing: string };

/**
 * Starts the adapter of the running kernel. With less than root, calls that take it are
 * left out (`hello.lacks`); compiles the agent at first use. A reset
 * takes effect with the next message to the agent.
 */
export async function createLinux(options: LinuxOptions = {}): Promise<LinuxStart> {
  const permission = await probeLinux(options);
  if (!permission.permitted) {
    return { missing: permission.reason };
  }
  const agent = await readyAgent(options);
  if ('missing' in agent) {
    return agent;
  }
  const deadlines = { callMs: options.callMs ?? 5000, messageMs: options.messageMs ?? 10_000 };
  const start = (): Supervisor => new Supervisor(agent.binary, deadlines, permission.without);
  const startAgain = (): Supervisor => {
    if (isStillIntact(agent.binary)) return start();
    throw new AdapterFailure(
      'harness',
      `The compiled agent, ${agent.binary}, was changed or removed since it was started: run pinproof again, which compiles it anew.`,
    );
  };
  return { adapter: linuxAdapter(start(), permission, startAgain) };
}
