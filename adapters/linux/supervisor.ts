/** The supervisor process of the agent: requests go in, as many answers come out. */
import { spawn, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import { AdapterFailure } from '../contract/index.ts';
import type { Ability } from './lacks.ts';

/** In milliseconds. */
export interface Deadlines {
  /** For one call of one modelled process; kept by the agent. */
  readonly callMs: number;
  /** For the next of the answers to an `exchange`, and for the end after `close`. */
  readonly messageMs: number;
}

/** An answer to each request, or, where it failed, to those that it served before. */
interface Answered {
  readonly answers: readonly string[];
  readonly failure?: AdapterFailure;
}

interface Exchange {
  readonly count: number;
  readonly answers: string[];
  readonly resolve: (answered: Answered) => void;
  readonly timer: NodeJS.Timeout;
}

/** How long, in milliseconds, a killed supervisor may take to vanish before we go on without it. */
const vanishMs = 1000;

/** In characters; far beyond any answer, and far below what a string can hold. */
const longestLine = 1 << 26;

const harness = (message: string): AdapterFailure => new AdapterFailure('harness', message);

/** Reads "fail BLAME SENTENCE". */
function failureOf(line: string): AdapterFailure {
  const [, blame, ...words] = line.split(' ');
  const sentence = `The agent failed: ${words.join(' ')}.`;
  return blame === 'implementation'
    ? new AdapterFailure('implementation', sentence)
    : harness(sentence);
}

/** One supervisor process, from its start to `close`. */
export class Supervisor {
  private readonly child: ChildProcess;
  private readonly messageMs: number;
  private readonly ended: Promise<void>;
  private text = '';
  private current: Exchange | undefined;
  private failure: AdapterFailure | undefined;
  /** What the agent says when it has cleaned up and something is left. */
  private left: AdapterFailure | undefined;
  private state: 'open' | 'closing' = 'open';

  /**
   * Starts it. It gets a session of its own, so that a terminal's Ctrl-C reaches only us; it ends
   * with us however we end, and all that it made ends with it.
   * @param without what it has to do without.
   */
  constructor(binary: string, deadlines: Deadlines, without: readonly Ability[] = []) {
    const argv = ['supervise', String(process.pid), String(deadlines.callMs), ...without];
    this.messageMs = deadlines.messageMs;
    this.child = spawn(binary, argv, {
      stdio: ['pipe', 'pipe', 'ignore'],
      detached: true,
      cwd: '/',
      env: {},
    });
    this.ended = new Promise((resolve) => {
      this.child.on('close', (code, signal) => {
        resolve();
        this.end(harness(`The agent ended unexpectedly (${signal ?? `status ${String(code)}`}).`));
      });
    });
    this.child.on('error', (error) => {
      this.end(harness(`The agent could not be started: ${error.message}.`));
    });
    // A broken pipe is told by the end of the process.
    this.child.stdin?.on('error', () => undefined);
    this.child.stdout?.setEncoding('latin1').on('data', (chunk: string) => {
      this.read(chunk);
    });
    this.hold('unref');
  }

  /** Whose fault it is that it does not answer any more; undefined while it does. */
  get blame(): AdapterFailure['blame'] | undefined {
    return this.failure?.blame;
  }

  /**
   * Sends the requests at once and returns the answer to each. Rejects with an AdapterFailure if
   * the supervisor fails, dies or takes too long, and from then on always.
   */
  async exchange(requests: readonly string[]): Promise<readonly string[]> {
    const { answers, failure } = await this.ask(requests);
    if (failure !== undefined) throw failure;
    return answers;
  }

  /** The same, which also gives the answers that came before a failure. */
  ask(requests: readonly string[]): Promise<Answered> {
    return new Promise((resolve) => {
      if (this.failure !== undefined || this.current !== undefined) {
        const failure = this.failure ?? harness('The agent was asked twice at once.');
        resolve({ answers: [], failure });
        return;
      }
      const timer = setTimeout(() => {
        this.end(harness(`The agent did not answer within ${this.messageMs} ms.`));
      }, this.messageMs);
      this.current = { count: requests.length, answers: [], resolve, timer };
      this.hold('ref');
      this.child.stdin?.write(`${requests.join('\n')}\n`);
    });
  }

  /**
   * Ends it in an orderly way, or by force if that takes too long. Rejects with an AdapterFailure if it
   * took force, or if the agent says that something is left behind; what has failed before, or was told by
   * an earlier `close`, is not told again.
   */
  async close(): Promise<void> {
    this.hold('ref');
    // Who was never started has nothing to clean up.
    const isPlaying = this.failure === undefined && this.child.pid !== undefined;
    this.state = isPlaying ? 'closing' : 'open';
    this.failure ??= harness('The adapter was closed.');
    this.child.stdin?.end();
    if ((await this.endsWithin(this.messageMs)) === 'no') {
      this.child.kill('SIGKILL');
      await this.endsWithin(vanishMs);
      this.hold('unref');
      if (this.state === 'closing') {
        this.left ??= harness(
          `The agent did not end within ${this.messageMs} ms and was killed: what it had to clean up may be left.`,
        );
      }
    }
    const { left } = this;
    this.left = undefined;
    if (left !== undefined) {
      throw left;
    }
  }

  private endsWithin(ms: number): Promise<'yes' | 'no'> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        resolve('no');
      }, ms);
      void this.ended.then(() => {
        clearTimeout(timer);
        resolve('yes');
      });
    });
  }

  private read(chunk: string): void {
    const lines = (this.text + chunk).split('\n');
    this.text = lines.pop() ?? '';
    for (const line of lines) {
      this.take(line);
    }
    if (this.text.length > longestLine) {
      this.text = '';
      this.end(harness(`The agent began an answer of more than ${longestLine} bytes.`));
    }
  }

  private take(line: string): void {
    const current = this.current;
    if (line.startsWith('fail ') && this.state === 'closing') {
      this.left = failureOf(line);
    } else if (line.startsWith('fail ')) {
      this.end(failureOf(line));
    } else if (line === '' || this.failure !== undefined) {
      return;
    } else if (current === undefined) {
      this.end(harness(`The agent answered what nobody asked ("${line.slice(0, 40)}").`));
    } else {
      current.timer.refresh();
      current.answers.push(line.trimEnd());
      if (current.answers.length === current.count) {
        this.finish(current);
        current.resolve({ answers: current.answers });
      }
    }
  }

  private finish(current: Exchange): void {
    clearTimeout(current.timer);
    this.current = undefined;
    this.hold('unref');
  }

  /** Fails what is under way once nothing of the run is left, which its death sees to. */
  private end(failure: AdapterFailure): void {
    this.failure ??= failure;
    const known = this.failure;
    const current = this.current;
    this.child.kill('SIGKILL');
    if (current === undefined) {
      return;
    }
    this.current = undefined;
    clearTimeout(current.timer);
    void this.endsWithin(vanishMs).then(() => {
      current.resolve({ answers: current.answers, failure: known });
    });
  }

  /** While nothing is under way, the supervisor must not keep this process from ending. */
  private hold(how: 'ref' | 'unref'): void {
    for (const thing of [this.child, this.child.stdin, this.child.stdout]) {
      if (thing instanceof Socket || thing === this.child) {
        thing[how]();
      }
    }
  }
}
