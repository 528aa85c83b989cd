/** The adapter: the contract on top of the supervisor's lines. */
import {
  accessFlagNames,
  callNames,
  mapTypeNames,
  type Sight,
  type Step,
} from '../../model/vocabulary/index.ts';
import {
  AdapterFailure,
  type Adapter,
  type Answer,
  type Hello,
  type Hidden,
  type Lacks,
  type RunsPlayed,
  type RunToPlay,
  type Setup,
  type Sights,
  type UnprivilegedBpf,
} from '../contract/index.ts';
import { decodeAlive, decodeAnswer, decodeGone, decodeSight } from './decode.ts';
import { listLine, resetLine, settleLine, stepLine, type Wish } from './encode.ts';
import { observedWithout, type Ability } from './lacks.ts';
import type { Supervisor } from './supervisor.ts';

/** A long run goes in messages of so many steps, which stay small; the deadline is one for the next answer. */
const stepsMax = 256;

/** What is known of the machine. */
export interface Machine {
  readonly release: string;
  readonly unprivilegedBpf: UnprivilegedBpf;
  readonly lacks?: Lacks;
  /** What the agent has to do without; nothing if absent. */
  readonly without?: readonly Ability[];
  readonly hides?: readonly Hidden[];
  /** `ids` if absent. */
  readonly identities?: 'ids' | 'cookies';
}

/** Without ids nothing says whether an object is alive, and only what has a cookie is known in a sight. */
const shownBy = ({ identities, without = [] }: Machine): Pick<Hello, 'observes' | 'identities'> =>
  identities === 'cookies' ? { observes: [], identities } : { observes: observedWithout(without) };

/** What the adapter says of itself on such a machine. */
export const helloOf = (machine: Machine): Hello => {
  const { release, unprivilegedBpf, lacks = {}, hides = [] } = machine;
  return {
    name: 'linux',
    version: release,
    calls: callNames.filter((call) => lacks[call] === undefined),
    lacks,
    unprivilegedBpf,
    maps: mapTypeNames,
    flags: accessFlagNames,
    ...shownBy(machine),
    hides,
    descriptors: 'lowest',
  };
};

/** An answer without what the agent says of objects that it does not know. */
export function known({ observes }: Hello, answer: Answer): Answer {
  if (observes.includes('alive')) return answer;
  const { alive: _, ...rest } = answer;
  return rest;
}

/** A reset that was not sent yet travels with the next message. */
interface Run {
  readonly setup: Setup;
  unsent: readonly string[];
}

const wishAt = (at: number, steps: number, sights: Sights): Wish =>
  sights === 'each' || (sights === 'last' && at === steps - 1) ? 'sight and time' : 'time';

const requestsOf = ({ steps, sights }: RunToPlay): readonly string[] =>
  steps.map((step, at) => stepLine(step, wishAt(at, steps.length, sights)));

class LinuxAdapter implements Adapter {
  readonly hello: Hello;
  private supervisor: Supervisor;
  private readonly another: (() => Supervisor) | undefined;
  private run: Run | undefined;

  constructor(supervisor: Supervisor, hello: Hello, another: (() => Supervisor) | undefined) {
    this.supervisor = supervisor;
    this.hello = hello;
    this.another = another;
  }

  reset(setup: Setup): void {
    this.revive();
    this.run = { setup, unsent: [resetLine(setup)] };
  }

  async play(steps: readonly Step[], sights: Sights): Promise<readonly Answer[]> {
    const { watch } = this.currentRun().setup;
    const requests = requestsOf({ steps, sights });
    const lines: string[] = [];
    for (let from = 0; from < steps.length; from += stepsMax) {
      lines.push(...(await this.send(requests.slice(from, from + stepsMax))));
    }
    return this.answersTo({ steps, sights }, lines, watch);
  }

  async playRuns(setup: Setup, runs: readonly RunToPlay[]): Promise<RunsPlayed> {
    this.reset(setup);
    this.run = { setup, unsent: [] };
    const start = resetLine(setup);
    const requests = runs.flatMap((run) => [start, ...requestsOf(run)]);
    const { answers: lines, failure } = await this.supervisor.ask(requests);
    const answers: (readonly Answer[])[] = [];
    let from = 0;
    for (const run of runs) {
      const end = from + 1 + run.steps.length;
      if (end > lines.length) break;
      answers.push(this.answersTo(run, lines.slice(from + 1, end), setup.watch));
      from = end;
    }
    return failure === undefined ? { answers } : { answers, failure };
  }

  async settle(leaving?: readonly number[]): Promise<Sight> {
    const { watch } = this.currentRun().setup;
    const line = leaving === undefined ? settleLine : listLine('await', leaving);
    return decodeSight(await this.sendOne(line), watch);
  }

  async alive(ids: readonly number[]): Promise<readonly number[]> {
    this.revive();
    return decodeAlive(await this.sendOne(listLine('alive', ids)));
  }

  async goneAt(ids: readonly number[]): Promise<readonly (number | null)[]> {
    this.revive();
    return decodeGone(await this.sendOne(listLine('gone', ids)));
  }

  close(): Promise<void> {
    return this.supervisor.close();
  }

  /**
   * A run in which the implementation died or hung has taken its agent with it, and is one deviation;
   * the next run is another matter. What failed on our side stays as it is.
   */
  private revive(): void {
    if (this.another !== undefined && this.supervisor.blame === 'implementation') {
      this.supervisor = this.another();
      this.run = undefined;
    }
  }

  private answersTo(
    { steps, sights }: RunToPlay,
    lines: readonly string[],
    watch: readonly string[],
  ): readonly Answer[] {
    return steps.map(({ call }, at) =>
      known(
        this.hello,
        decodeAnswer(lines[at] ?? '', call.call, watch, wishAt(at, steps.length, sights)),
      ),
    );
  }

  private currentRun(): Run {
    if (this.run === undefined) {
      throw new AdapterFailure('harness', 'There is no run: reset comes first.');
    }
    return this.run;
  }

  private async send(lines: readonly string[]): Promise<readonly string[]> {
    const unsent = this.run?.unsent ?? [];
    if (this.run !== undefined) {
      this.run.unsent = [];
    }
    const answers = await this.supervisor.exchange([...unsent, ...lines]);
    return answers.slice(unsent.length);
  }

  private async sendOne(line: string): Promise<string> {
    const [answer] = await this.send([line]);
    return answer ?? '';
  }
}

/**
 * An adapter of the running kernel, whose release it reports as its version.
 * @param another starts a supervisor for the runs after one in which the implementation died; without
 * it, there are none.
 */
export const linuxAdapter = (
  supervisor: Supervisor,
  machine: Machine,
  another?: () => Supervisor,
): Adapter => new LinuxAdapter(supervisor, helloOf(machine), another);
