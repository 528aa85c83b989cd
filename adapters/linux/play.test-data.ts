/** What the tests share that start the agent as a program. */
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import type { TestContext } from 'vitest';
import { readyAgent, type AgentOptions } from './agent-binary.ts';
import { probeLinux } from './index.ts';

export async function agentOrSkip(
  context: TestContext,
  options: AgentOptions = {},
): Promise<string> {
  const agent = await readyAgent(options);
  if ('missing' in agent) context.skip(agent.missing);
  return agent.binary;
}

export async function permittedOrSkip(
  context: TestContext,
  options: AgentOptions = {},
): Promise<string> {
  const permission = await probeLinux(options);
  if (!permission.permitted) context.skip(`linux: SKIPPED (${permission.reason})`);
  return agentOrSkip(context, options);
}

export const run = (agent: string, ...args: readonly string[]): SpawnSyncReturns<string> =>
  spawnSync(agent, args, { encoding: 'utf8', timeout: 60_000 });
