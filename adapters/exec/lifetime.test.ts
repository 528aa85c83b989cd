import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createExec } from './index.ts';

const hello = JSON.stringify({
  version: 1,
  implementation: { name: 'fake', version: '0' },
  capabilities: { calls: [], observes: [], descriptors: 'lowest' },
});

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exec-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A program that writes its own number and that of a child to a file, and ends for nobody. */
const stubborn = (): string =>
  `trap "" TERM HUP INT; sleep 300 & echo $$ $! > '${folder}/pids'; read -r line; ` +
  `echo '${hello}'; while :; do sleep 300; done`;

const pids = (): number[] => {
  const text = readFileSync(join(folder, 'pids'), 'utf8');
  return text.trim().split(' ').map(Number);
};

/** Those of `numbers` that still run; a process that only waits to be reaped does not. */
function running(numbers: readonly number[]): number[] {
  return numbers.filter((pid) => {
    try {
      return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
    } catch {
      return false;
    }
  });
}

/** Waits until none of `numbers` runs, or ten seconds. */
async function survivors(numbers: readonly number[]): Promise<number[]> {
  for (let i = 0; i < 500 && running(numbers).length > 0; i++) await sleep(20);
  return running(numbers);
}

describe.skipIf(process.platform !== 'linux')('a program under test', () => {
  it('ends by itself when it is asked to stop', async () => {
    const polite =
      `read -r line; echo '${hello}'; read -r line; echo "$line" > '${folder}/last'; ` +
      `sleep 0.1; echo done >> '${folder}/last'`;
    const adapter = await createExec(polite);
    await adapter.close();
    expect(readFileSync(join(folder, 'last'), 'utf8')).toBe('{"cmd":"stop"}\ndone\n');
    await adapter.close();
    await expect(async () => adapter.settle()).rejects.toThrow('it was closed');
  });

  it('is killed with all its children when it does not stop', async () => {
    const adapter = await createExec(stubborn());
    const started = pids();
    expect(running(started)).toEqual(started);
    await adapter.close();
    expect(await survivors(started)).toEqual([]);
  });

  it('is killed with all its children when it does not answer', async () => {
    const adapter = await createExec(stubborn(), { timeoutMs: 1500 });
    const started = pids();
    await expect(async () => adapter.settle()).rejects.toThrow('did not answer');
    expect(await survivors(started)).toEqual([]);
    await adapter.close();
  });

  it('lets a question that is closed over be rejected', async () => {
    const adapter = await createExec(stubborn());
    const question = Promise.resolve(adapter.settle());
    const rejected = expect(question).rejects.toThrow(
      'it was closed before it had answered "observe"',
    );
    await adapter.close();
    await rejected;
  });

  it.each(['process.exit(0)', 'process.kill(process.pid, "SIGKILL")'])(
    'does not outlive a Node that ends by %s',
    async (ending) => {
      const index = pathToFileURL(join(import.meta.dirname, 'index.ts')).href;
      const source = `const { createExec } = await import(${JSON.stringify(index)});
        await createExec(process.argv[1]);
        ${ending};`;
      const args = ['--import', 'tsx', '--input-type=module', '-e', source, stubborn()];
      const node = spawn(process.execPath, args, { stdio: 'inherit' });
      await new Promise((resolve) => node.on('exit', resolve));
      const started = pids();
      expect(started).toHaveLength(2);
      expect(await survivors(started)).toEqual([]);
    },
  );
});
