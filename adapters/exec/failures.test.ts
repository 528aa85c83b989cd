import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Adapter } from '../contract/index.ts';
import { AdapterFailure } from '../contract/index.ts';
import type { ExecOptions } from './index.ts';
import { createExec } from './index.ts';

const hello = JSON.stringify({
  version: 1,
  implementation: { name: 'fake', version: '0' },
  capabilities: { calls: ['close'], observes: [], descriptors: 'lowest' },
});

/** A program that answers `start`, then does `script` for each line that it reads. */
const fake = (script: string): string =>
  `read -r line; echo '${hello}'; while read -r line; do ${script}; done`;
/** A program that answers `start`, and everything else with `answer`. */
const answering = (answer: unknown): string => fake(`echo '${JSON.stringify(answer)}'`);

/** BLAME: MESSAGE of the failure that `action` ends with. */
async function failure(action: () => Promise<unknown>): Promise<string> {
  try {
    await action();
  } catch (error) {
    if (error instanceof AdapterFailure) return `${error.blame}: ${error.message}`;
    throw error;
  }
  return 'no failure';
}

async function failureOf(
  command: string,
  use: (adapter: Adapter) => unknown,
  options: ExecOptions = {},
): Promise<string> {
  const adapter = await createExec(command, options);
  try {
    return await failure(async () => {
      await use(adapter);
    });
  } finally {
    await adapter.close();
  }
}

const setup = { host: [], watch: [], descriptors: 8 };
const close = { pid: 1, call: { call: 'close', fd: 3 } } as const;
const reset = (adapter: Adapter): unknown => adapter.reset(setup);
const play = (adapter: Adapter): unknown => adapter.play([close], 'none');

describe('a program that could not be started', () => {
  it.each([
    ['no-such-program-here', /^harness: .*status 127 before .*"start".*not found/s],
    ['echo oops >&2; exit 3', /^harness: .*it exited with status 3 .*"start".*ends with:\noops$/s],
    ['read -r line; echo hello', /^harness: .*"start" with a line that is not JSON: "hello"$/],
    [`read -r line; echo '{"version":2}'`, /^harness: .*\$\.implementation: nothing was found/],
    [
      `read -r line; echo '${hello.replace('1', '2')}'`,
      /^harness: .*\$\.version: 2 was found where 1 was expected$/,
    ],
    [
      `read -r line; echo '${hello.replace('close', 'openat')}'`,
      /^harness: .*\$\.capabilities\.calls\[0\]: "openat" was found where one of BPF_MAP_CREATE/,
    ],
    [`read -r line; echo '{"error":"no luck"}'`, /^harness: .*"start" with an error: no luck$/],
  ])('is a fault of the harness: %s', async (command, message) => {
    expect(await failure(() => createExec(command))).toMatch(message);
  });

  it('is one that does not answer, too', async () => {
    const slow = (): Promise<Adapter> => createExec('sleep 60', { timeoutMs: 100 });
    expect(await failure(slow)).toMatch(/^harness: .*did not answer "start" within 100 ms$/);
  });
});

describe('a program that goes wrong once it is known', () => {
  it.each([
    ['garbage', fake('echo {'), /^implementation: .*"reset" with a line that is not JSON: "\{"$/],
    ['an error', answering({ error: 'no' }), /^implementation: .*"reset" with an error: no$/],
    ['no', answering({ ok: false }), /\$\.ok: false was found where true was expected$/],
    ['more', answering({ ok: true, more: 1 }), /\$\.more: 1 was found where no such key was/],
    ['a list', answering([]), /\$: \[\] was found where an object with ok was expected$/],
  ])('has answered reset with %s', async (_what, command, message) => {
    expect(await failureOf(command, reset)).toMatch(message);
  });

  it.each([
    [{ answers: [] }, /\$\.answers\.length: 0 was found where 1, one for each step, was/],
    [{ answers: {} }, /\$\.answers: \{\} was found where an array/],
    [{ answers: [{}] }, /\$\.answers\[0\]\.outcome: nothing was found/],
    [{ answers: [{ outcome: { ok: true, errno: 'EPERM' } }] }, /outcome\.ok: true was found/],
    [{ answers: [{ outcome: { ok: false, errno: 'EWHAT' } }] }, /errno: "EWHAT" was found/],
    [{ answers: [{ outcome: { ok: true, value: -1 } }] }, /outcome\.value: -1 was found/],
    [
      { answers: [{ outcome: { ok: true, value: 0 }, object: 0 }] },
      /\$\.answers\[0\]\.object: 0 was found where a whole number of at least 1/,
    ],
    [
      { answers: [{ outcome: { ok: true, value: 0 }, alive: [2, 2] }] },
      /alive\[1\]: 2 was found where an item that did not come before/,
    ],
    [
      {
        answers: [{ outcome: { ok: true, value: 0 }, sight: { processes: [], objects: [] } }],
      },
      /\$\.answers\[0\]\.sight: .* was found where no sight \(sights: "none"\) was expected$/,
    ],
  ])('has answered run with %j', async (answer, message) => {
    expect(await failureOf(answering(answer), play)).toMatch(message);
  });

  it.each([
    [{ sight: { processes: [] } }, /\$\.sight\.objects: nothing was found/],
    [
      {
        sight: { processes: [{ pid: 1, namespace: 1, descriptors: [], paths: [{}] }], objects: [] },
      },
      /\$\.sight\.processes\[0\]\.paths\[0\]\.path: nothing/,
    ],
    [
      { sight: { processes: [], objects: [{ id: 1, kind: 'socket' }] } },
      /objects\[0\]\.kind: "socket" was found where one of map, program, link/,
    ],
    [
      { sight: { processes: [], objects: [{ id: 1, kind: 'map', content: [1] }] } },
      /content\.length: 1 was found where 2/,
    ],
  ])('has answered observe with %j', async (answer, message) => {
    expect(await failureOf(answering(answer), (adapter) => adapter.settle())).toMatch(message);
  });

  it('has named an object as alive that was not asked for', async () => {
    const asked = (adapter: Adapter): unknown => adapter.alive([1, 2]);
    expect(await failureOf(answering({ alive: [2, 3] }), asked)).toMatch(
      /^implementation: .*\$\.alive\[1\]: 3 was found where one of the objects asked for/,
    );
  });

  it('has died in the middle of a run, by a signal or by itself', async () => {
    expect(await failureOf(fake('echo bad luck >&2; kill -SEGV $$'), play)).toMatch(
      /^implementation: .*it was killed by SIGSEGV before it had answered "run".*bad luck$/s,
    );
    expect(await failureOf(fake('exit 4'), play)).toMatch(
      /^implementation: .*it exited with status 4 before it had answered "run"$/,
    );
    expect(await failureOf(fake('exec >&-; sleep 60'), play)).toMatch(
      /^implementation: .*it closed its output before it had answered "run"$/,
    );
  });

  it('has hung', async () => {
    expect(await failureOf(fake('sleep 60'), play, { timeoutMs: 1500 })).toMatch(
      /^implementation: .*it did not answer "run" within 1500 ms$/,
    );
  });

  it('has written a line that is too long, with an end or without one', async () => {
    const long = 'head -c 2000 /dev/zero | tr "\\0" x';
    for (const command of [fake(long), fake(`${long}; echo`)]) {
      expect(await failureOf(command, play, { lineBytesMax: 1999 })).toMatch(
        /^implementation: .*it wrote a line of more than 1999 bytes$/,
      );
    }
    expect(await failureOf(fake(`${long}; echo`), play, { lineBytesMax: 2000 })).toMatch(
      /a line that is not JSON: "xxx/,
    );
  });

  it('has answered twice at once', async () => {
    const twice = async (adapter: Adapter): Promise<void> => {
      await adapter.reset(setup);
      await adapter.settle();
    };
    expect(await failureOf(fake(`printf '{"ok":true}\\n{"ok":true}\\n'`), twice)).toMatch(
      /^implementation: .*it wrote a line that nobody asked for: "\{\\"ok\\":true\}"$/,
    );
  });

  it('is started again by the next run', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pinproof-exec-'));
    const flag = join(folder, 'died');
    const program = `test -e ${flag} && echo '{"ok":true}' || { touch ${flag}; exit 9; }`;
    const adapter = await createExec(fake(program));
    const start = (): Promise<string> =>
      failure(async () => {
        await adapter.reset(setup);
      });
    const [first, second] = [await start(), await start()];
    await adapter.close();
    rmSync(folder, { recursive: true });
    expect(first).toMatch(/^implementation: .*status 9 before it had answered "reset"$/);
    expect(second).toBe('no failure');
  });

  it('is not asked again', async () => {
    const again = async (adapter: Adapter): Promise<void> => {
      await failure(async () => {
        await adapter.reset(setup);
      });
      await adapter.settle();
    };
    expect(await failureOf(fake('exit 4'), again)).toMatch(/status 4 before .*"reset"$/);
  });

  it('has only the end of its standard error quoted', async () => {
    const noisy = 'head -c 5000 /dev/zero | tr "\\0" x >&2; echo the end >&2; exit 1';
    const message = await failureOf(fake(noisy), play);
    expect(message).toMatch(/xthe end$/);
    expect(message.length).toBeLessThan(2048 + 500);
  });
});
