/** Drives any program that speaks the protocol of PROTOCOL.md on its standard input and output. */
import type { Sight } from '../../model/vocabulary/index.ts';
import type { Adapter, Answer, Hello } from '../contract/index.ts';
import { AdapterFailure } from '../contract/index.ts';
import {
  protocolVersion,
  readAlive,
  readAnswers,
  readComplaint,
  readHello,
  readObserved,
  readReset,
} from './messages.ts';
import type { Peer } from './peer.ts';
import { excerpt, startPeer } from './peer.ts';
import { ShapeError } from './shape.ts';

export interface ExecOptions {
  /** How long the program may take to answer a message, in milliseconds; 10,000 by default. */
  readonly timeoutMs?: number;
  /** How long a line of the program may be, in bytes; 4 MiB by default. */
  readonly lineBytesMax?: number;
}

/** How often a program that died is started again for the next run. */
const restartsMax = 100;

/**
 * Starts `command` with `/bin/sh -c`, in a process group of its own, and asks it who it is. Rejects
 * with an AdapterFailure that blames the harness if there is no proper answer; once there has been
 * one, whatever the program does wrong is blamed on the implementation. Closing the adapter, a
 * failure, and the end of Node in any way kill the whole group. A program that died is started again
 * by the next `reset`, a hundred times at most.
 */
export async function createExec(command: string, options: ExecOptions = {}): Promise<Adapter> {
  const { timeoutMs = 10_000, lineBytesMax = 4 * 1024 * 1024 } = options;
  const limits = { timeoutMs, lineBytesMax };
  let { peer, hello } = await introduce(command, limits);
  let restarts = 0;
  let use: 'open' | 'closed' = 'open';

  /** A run starts anew even after one in which the program died: what it dies of is to be found. */
  async function revive(): Promise<void> {
    if (!peer.isOver() || use === 'closed' || restarts === restartsMax) return;
    restarts += 1;
    ({ peer, hello } = await introduce(command, limits));
  }

  return {
    hello,
    async reset(setup) {
      await revive();
      await ask(peer, { cmd: 'reset', setup }, readReset);
    },
    play: (steps, sights): Promise<readonly Answer[]> =>
      ask(peer, { cmd: 'run', steps, sights }, (value) => readAnswers(value, { steps, sights })),
    settle: (): Promise<Sight> => ask(peer, { cmd: 'observe' }, readObserved),
    alive: (ids): Promise<readonly number[]> =>
      ask(peer, { cmd: 'alive', ids }, (value) => readAlive(value, ids)),
    close: () => {
      use = 'closed';
      return peer.close({ cmd: 'stop' });
    },
  };
}

/** Starts the program and asks who it is. */
async function introduce(
  command: string,
  limits: Required<ExecOptions>,
): Promise<{ readonly peer: Peer; readonly hello: Hello }> {
  const peer = startPeer(command, limits);
  const hello = await ask(peer, { cmd: 'start', version: protocolVersion }, readHello);
  peer.trust();
  return { peer, hello };
}

/** Asks, and reads the answer with `read`; an answer that does not fit ends the program. */
async function ask<T>(
  peer: Peer,
  message: { readonly cmd: string; readonly [key: string]: unknown },
  read: (value: unknown) => T,
): Promise<T> {
  const line = await peer.ask(message);
  const answered = `it answered "${message.cmd}" with`;
  const value = parse(line);
  if (value === undefined) throw peer.fail(`${answered} a line that is not JSON: ${excerpt(line)}`);
  try {
    const complaint = readComplaint(value);
    if (complaint !== null) throw peer.fail(`${answered} an error: ${complaint}`);
    return read(value);
  } catch (error) {
    if (error instanceof AdapterFailure || !(error instanceof ShapeError)) throw error;
    throw peer.fail(`${answered} an unexpected value: ${error.message}`);
  }
}

/** Undefined for what is not JSON; no JSON value is undefined. */
function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
