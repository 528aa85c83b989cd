/** Plays the runs of a campaign in several processes, each with a target of its own. */
import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AdapterFailure } from '../../adapters/contract/index.ts';
import type { Players, ShareMessage } from '../../conformance/index.ts';
import type { ShareJob, WorkerMessage, WorkerOrder } from './worker.types.ts';

export interface SharePool {
  readonly players: Players;
  /** Lets them come to an end, if they have not; then they are gone. */
  close(): Promise<void>;
}

/** The worker beside this file: a source under tsx, compiled in dist/. */
const worker = fileURLToPath(import.meta.url).replace(/share-pool(\.[jt]s)$/, 'share-worker$1');

/** How long one that was told to stop may take, in milliseconds. */
const longestEnd = 15_000;

/** The numbers in a list as the kernel writes it: "0-2,5". */
export const numbersIn = (list: string): readonly number[] =>
  (list.match(/\d+(-\d+)?/g) ?? []).flatMap((range) => {
    const [first = NaN, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  });

/** The processors that we may use; none if nothing tells or nothing can choose among them. */
export function processors(): readonly number[] {
  if (spawnSync('taskset', ['--version']).status !== 0) return [];
  try {
    const status = readFileSync('/proc/self/status', 'utf8');
    return numbersIn(/^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? '');
    /* c8 ignore next 3 -- a Linux without /proc */
  } catch {
    return [];
  }
}

/**
 * Starts so many. Where several play the running kernel, each stays on one processor, and the agent that it
 * starts with it: a message between two costs a multiple of one that stays.
 */
export function startPool(
  count: number,
  job: Omit<ShareJob, 'share'>,
  signal: AbortSignal,
): SharePool {
  const places = job.target.kind === 'linux' ? processors() : [];
  const workers = Array.from({ length: count }, (_, index) =>
    startWorker({ ...job, share: { index, of: count } }, places[index % places.length]),
  );
  const stop = (): void => {
    for (const one of workers) one.stop();
  };
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  return {
    players: {
      count,
      next: (index) =>
        workers[index]?.next() ?? Promise.reject(new Error(`there is no worker ${index}`)),
    },
    async close() {
      signal.removeEventListener('abort', stop);
      stop();
      await Promise.all(workers.map((one) => one.ended()));
    },
  };
}

interface Worker {
  next(): Promise<ShareMessage>;
  stop(): void;
  ended(): Promise<void>;
}

function startWorker(job: ShareJob, processor: number | undefined): Worker {
  const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const;
  const pinned =
    processor === undefined
      ? {}
      : {
          execPath: 'taskset',
          execArgv: ['-c', String(processor), process.execPath, ...process.execArgv],
        };
  const child = fork(worker, { stdio: [...stdio], serialization: 'advanced', ...pinned });
  const told: ShareMessage[] = [];
  let broken: Error | null = null;
  let wake: () => void = () => undefined;
  const breaks = (error: Error): void => {
    broken ??= error;
    wake();
  };
  child.on('message', (message: WorkerMessage) => {
    if (message.kind === 'broke') breaks(failureOf(message));
    else told.push(message);
    wake();
  });
  child.once('error', breaks);
  const gone = new Promise<void>((resolve) => {
    child.once('close', (code: number | null, how: string | null) => {
      breaks(new Error(`a worker ended with ${how ?? `status ${code ?? '?'}`}`));
      resolve();
    });
  });
  order(child, { kind: 'play', job });
  return {
    async next() {
      for (;;) {
        const message = told.shift();
        if (message !== undefined) return message;
        if (broken !== null) throw broken;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    stop() {
      order(child, { kind: 'stop' });
    },
    async ended() {
      const timer = setTimeout(() => child.kill('SIGKILL'), longestEnd);
      await gone;
      clearTimeout(timer);
    },
  };
}

function order(child: ChildProcess, what: WorkerOrder): void {
  // That it has ended meanwhile is told by its end.
  if (child.connected) child.send(what, () => undefined);
}

function failureOf({ text, stack }: Extract<WorkerMessage, { kind: 'broke' }>): Error {
  if (stack === null) return new AdapterFailure('harness', text);
  const error = new Error(text);
  error.stack = stack;
  return error;
}
