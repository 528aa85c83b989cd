/** A trace as one C program that plays it on the running kernel and compares every answer. */
import type { Outcome, Step } from '../../model/vocabulary/index.ts';
import { printOutcome, printStep } from '../print.ts';
import { cString } from './c-arguments.ts';
import { cCall } from './c-call.ts';
import type { CCall } from './c-call.ts';
import { cParts } from './c-function-call.ts';
import type { CPart } from './c-function-call.ts';

/** A step, and what the model may answer to it. */
export interface ExpectedStep {
  /** Where it stands in the trace, counted from 1. */
  readonly line: number;
  readonly step: Step;
  readonly allowed: readonly Outcome[];
}

/** What is exported besides the steps. */
export interface Exported {
  readonly title: string | null;
  /** The profile under which the answers were asked of the model, as people read it. */
  readonly profile: string;
  /** The tree in which the paths start: directories end in "/", parents first. */
  readonly host: readonly string[];
  /** RLIMIT_NOFILE. */
  readonly descriptors: number;
  readonly steps: readonly ExpectedStep[];
}

export type CProgram =
  | { readonly ok: true; readonly text: string }
  /** One sentence that names the first call that cannot be expressed, and its line; 0 for the header. */
  | { readonly ok: false; readonly line: number; readonly message: string };

type Made = Exclude<CCall, { readonly refused: string }>;

/** @param parts the texts of the program's parts, by name. */
export function cProgram(exported: Exported, parts: Readonly<Record<CPart, string>>): CProgram {
  const { steps, host } = exported;
  if (steps.length === 0) return refusal(0, 'the trace cannot be exported: there is no call in it');
  const cgroup = host.find((path) => path.startsWith('/cgroup/'));
  if (cgroup !== undefined) {
    return refusal(
      0,
      `${cgroup} of the host tree cannot be exported: the program makes no cgroups`,
    );
  }
  const made: Made[] = [];
  for (const { line, step } of steps) {
    const call = cCall(step.call);
    if ('refused' in call) {
      return refusal(line, `${printStep(step)} cannot be exported: ${call.refused}`);
    }
    made.push(call);
  }
  const needed = new Set<CPart>([
    'answers',
    'processes',
    'driver',
    ...made.flatMap((of) => of.needs),
  ]);
  const isWanted = (part: CPart): boolean => needed.has(part);
  const middle = cParts.indexOf('processes');
  const text = [
    opening(exported, made),
    ...cParts
      .slice(0, middle)
      .filter(isWanted)
      .map((part) => parts[part]),
    tables(exported, made),
    ...cParts.slice(middle).map((part) => parts[part]),
  ].join('\n');
  return { ok: true, text };
}

/** How the program is compiled: what execs is started anew where there is no libc to load. */
export const compileFlags = (steps: readonly ExpectedStep[]): string =>
  steps.some(({ step }) => step.call.call === 'execve') ? '-O1 -static' : '-O1';

const refusal = (line: number, message: string): CProgram => ({ ok: false, line, message });

function opening({ title, profile, steps }: Exported, made: readonly Made[]): string {
  const called = title === null ? '' : ` * ${inComment(title)}\n *\n`;
  const forks = made.some(({ kind }) => kind === 'FORK' || kind === 'CLONE');
  return `/*
${called} * Plays a trace of ${steps.length} ${steps.length === 1 ? 'call' : 'calls'} on the running kernel, and says of each answer whether it is what
 * Pinproof's model of ${inComment(profile)} says. Ends with 0 if all are, with 1 if not, with 3 if it cannot begin.
 *
 *   cc ${compileFlags(steps)} -o program program.c && ./program        (as root)
 *
 * The calls are made by ${forks ? 'processes that take turns' : 'a process'} in a mount namespace of ${forks ? 'their' : 'its'} own, on an empty tree:
 * nothing of the machine is touched, and nothing stays. Processes and objects are called by their numbers in
 * the trace: 1 is the first.
 */`;
}

function tables({ host, descriptors, steps }: Exported, made: readonly Made[]): string {
  const processes = 1 + made.filter(({ kind }) => kind === 'FORK' || kind === 'CLONE').length;
  const objects = made.filter(({ statement }) => statement?.startsWith('made(') === true).length;
  const rows = steps.map(({ step, allowed }, at) => {
    const { kind = 'CALL', victim = 0 } = made[at] ?? {};
    const answers = [...new Set(allowed.map((outcome) => answerText(step, outcome)))];
    const expected = [...answers.map(cString), 'NULL'].join(', ');
    return `    {${step.pid}, ${kind}, ${victim}, ${cString(withoutPid(step))}, {${expected}}},`;
  });
  const most = Math.max(1, ...steps.map(({ allowed }) => allowed.length));
  const calls = made.flatMap(({ statement }, at) =>
    statement === null ? [] : [`  case ${at}:\n    ${statement};\n    return;`],
  );
  return `enum { STEPS = ${steps.length}, PROCESSES = ${processes}, DESCRIPTORS = ${descriptors}, OBJECTS = ${objects} };

/* The tree in which the paths start; directories end in a slash. */
static const char *const host[] = {${[...host.map(cString), 'NULL'].join(', ')}};

static const struct step {
  int process;
  enum { CALL, FORK, CLONE, EXEC, EXIT, KILL } kind;
  int victim;
  const char *call;
  const char *expected[${most + 1}];
} steps[] = {
${rows.join('\n')}
};

static void make_call(int at) {
  switch (at) {
${calls.join('\n')}
  default:
    return;
  }
}
`;
}

const withoutPid = (step: Step): string => printStep(step).replace(/^\d+ /, '');

/** As the program writes it: an error without its explanation, which depends on the C library. */
export const answerText = (step: Step, outcome: Outcome): string =>
  outcome.ok ? printOutcome(step, outcome) : `-1 ${outcome.errno}`;

/** On one line, and without what would end a comment. */
const inComment = (text: string): string =>
  text
    .replaceAll(/[\r\n]+/g, ' ')
    .replaceAll('*/', '* /')
    .replaceAll('??', '? ?');
