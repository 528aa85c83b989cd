/** Shell scripts in the place of the agent, for what it would not do. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Adapter } from '../contract/index.ts';
import { linuxAdapter } from './adapter.ts';
import { setup } from './session.test-data.ts';
import { Supervisor } from './supervisor.ts';

export const machine = { release: 'test', unprivilegedBpf: 'disabled' } as const;

/** An adapter over a shell script that stands for the agent. */
export async function withScript(
  lines: string,
  use: (adapter: Adapter) => Promise<void>,
  name = 'agent',
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pinproof-'));
  writeFileSync(join(folder, 'agent'), `#!/bin/sh\n${lines}\n`, { mode: 0o700 });
  const supervisor = new Supervisor(join(folder, name), { callMs: 100, messageMs: 300 });
  const adapter = linuxAdapter(supervisor, machine);
  try {
    await adapter.reset(setup);
    await use(adapter);
  } finally {
    await adapter.close();
    rmSync(folder, { recursive: true });
  }
}

/** An AdapterFailure with this blame and message. */
export const failing = (blame: string, message: RegExp): unknown =>
  expect.objectContaining({
    name: 'AdapterFailure',
    blame,
    message: expect.stringMatching(message) as unknown,
  });
