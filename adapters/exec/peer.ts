/** A program on the other end of two pipes: one line of JSON asks, one line answers. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { AdapterFailure } from '../contract/index.ts';
import { createLines } from './lines.ts';

export interface PeerLimits {
  /** How long an answer may take, in milliseconds. */
  readonly timeoutMs: number;
  /** How long a line of the program may be, in bytes. */
  readonly lineBytesMax: number;
}

export interface Peer {
  /** Sends a message and waits for the line that answers it. Rejects with an AdapterFailure. */
  ask(message: { readonly cmd: string }): Promise<string>;
  /** From now on what goes wrong is the implementation's fault and no longer that of the harness. */
  trust(): void;
  /** Whether the program ended, or was ended, so that nothing more can be asked of it. */
  isOver(): boolean;
  /** Ends the program for what it said or did, and makes the failure to throw. */
  fail(reason: string): AdapterFailure;
  /** Sends a last message, waits a little for the program to end, and ends what is left of it. */
  close(message: { readonly cmd: string }): Promise<void>;
}

/** What is kept of what the program wrote to its standard error, in bytes from the end. */
const stderrBytesMax = 2048;
/** How long a program that was asked to stop may take. */
const stopMs = 2000;
/** How long the end of a program may lag behind the end of its output. */
const exitLagMs = 1000;

/**
 * The program runs in a process group of its own. So that none of the group is left behind however
 * Node ends, a watcher in the group reads from a pipe that Node holds: when the pipe closes, it
 * kills the group. It is nobody's child here, lest the program waits for it.
 */
const launch = `
( ( read -r _; kill -KILL 0 ) <&3 >/dev/null 2>&1 & )
exec 3<&-
exec /bin/sh -c "$1"
`;

interface Pending {
  readonly cmd: string;
  readonly timer: NodeJS.Timeout;
  readonly resolve: (line: string) => void;
  readonly reject: (failure: AdapterFailure) => void;
}

/** Starts `command` with /bin/sh -c. */
export function startPeer(command: string, limits: PeerLimits): Peer {
  const child = spawn('/bin/sh', ['-c', launch, 'sh', command], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  });
  const kill = groupKiller(child);
  let blame: AdapterFailure['blame'] = 'harness';
  let failure: AdapterFailure | null = null;
  let pending: Pending | null = null;
  let ending: string | null = null;
  let stderr = Buffer.alloc(0);

  const end = (to: AdapterFailure['blame'], reason: string): AdapterFailure => {
    if (failure !== null) return failure;
    kill();
    failure = new AdapterFailure(to, `${command}: ${reason}${quote(stderr)}`);
    const waiting = pending;
    pending = null;
    if (waiting === null) return failure;
    clearTimeout(waiting.timer);
    waiting.reject(failure);
    return failure;
  };
  const fail = (reason: string): AdapterFailure => end(blame, reason);

  const take = (line: string): void => {
    if (failure !== null) return;
    const waiting = pending;
    pending = null;
    if (waiting === null) {
      fail(`it wrote a line that nobody asked for: ${excerpt(line)}`);
      return;
    }
    clearTimeout(waiting.timer);
    waiting.resolve(line);
  };

  const lines = createLines(limits.lineBytesMax, take, () => {
    fail(`it wrote a line of more than ${limits.lineBytesMax} bytes`);
  });
  const [input, output, errors, watched] = pipes(child);
  for (const stream of [input, watched]) {
    // A program that no longer reads will be seen to end, or not to answer.
    stream.on('error', () => undefined);
  }
  output.on('data', lines);
  errors.on('data', (chunk: Buffer) => {
    stderr = Buffer.concat([stderr, chunk]).subarray(-stderrBytesMax);
  });

  const closed = new Promise<void>((resolve) => {
    child.on('close', () => {
      fail(`${ending ?? 'it ended'}${during(pending)}`);
      resolve();
    });
    child.on('error', (error) => {
      fail(`it could not be started: ${error.message}`);
      resolve();
    });
  });
  /** Its last words may still be in the pipes; and what left the group may hold them open. */
  const failSoon = (): void => {
    void before(closed, exitLagMs).then(() => {
      fail(`${ending ?? 'it closed its output'}${during(pending)}`);
    });
  };
  output.on('end', failSoon);
  child.on('exit', (code, signal) => {
    ending = describeEnd(code, signal);
    kill();
    failSoon();
  });

  return {
    ask: (message) =>
      new Promise((resolve, reject) => {
        if (failure !== null) {
          reject(failure);
          return;
        }
        const timer = setTimeout(() => {
          fail(`it did not answer "${message.cmd}" within ${limits.timeoutMs} ms`);
        }, limits.timeoutMs);
        pending = { cmd: message.cmd, timer, resolve, reject };
        input.write(`${JSON.stringify(message)}\n`);
      }),
    trust: () => {
      blame = 'implementation';
    },
    isOver: () => failure !== null,
    fail,
    close: async (message) => {
      if (pending !== null) end('harness', `it was closed${during(pending)}`);
      if (failure === null) {
        failure = new AdapterFailure('harness', `${command}: it was closed`);
        input.end(`${JSON.stringify(message)}\n`);
        await before(closed, stopMs);
      }
      kill();
      await before(closed, stopMs);
    },
  };
}

function pipes(child: ChildProcess): [Writable, Readable, Readable, Writable] {
  const watched = child.stdio[3];
  const { stdin, stdout, stderr } = child;
  if (!stdin || !stdout || !stderr || !watched || !('write' in watched)) {
    throw new AdapterFailure('harness', 'the pipes of a program could not be opened');
  }
  return [stdin, stdout, stderr, watched];
}

/**
 * Kills the group of `child`, and the watcher with it. Only the first call does so: later the number
 * of the group may belong to others.
 */
function groupKiller({ pid }: ChildProcess): () => void {
  let killed = pid === undefined;
  return () => {
    if (killed || pid === undefined) return;
    killed = true;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // ESRCH: nothing of the group is left.
    }
  };
}

/** Waits for `event`, but no longer than `ms` milliseconds. */
async function before(event: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([event, late]);
  clearTimeout(timer);
}

function describeEnd(code: number | null, signal: NodeJS.Signals | null): string {
  return signal === null
    ? `it exited with status ${code ?? 'unknown'}`
    : `it was killed by ${signal}`;
}

const during = (pending: Pending | null): string =>
  pending === null ? '' : ` before it had answered "${pending.cmd}"`;

function quote(stderr: Buffer): string {
  const text = stderr.toString('utf8').trim();
  return text === '' ? '' : `; its standard error ends with:\n${text}`;
}

/** The start of what a program wrote, for a message. */
export function excerpt(line: string): string {
  return JSON.stringify(line.length > 200 ? `${line.slice(0, 200)}...` : line);
}
