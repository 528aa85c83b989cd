/**
 * Measures once, in a process of its own, and prints JSON. Arguments: traces COUNT: text of random runs, read
 * and held against linux-6.18; log FILE: a log of strace, explained.
 */
import { statSync } from 'node:fs';
import { createReference } from '../adapters/reference/index.ts';
import { explainFiles } from '../cli/explain/explain.ts';
import { closeLog, openLog } from '../cli/explain/log-lines.ts';
import { createOracle, planRuns, specify, stateLimit } from '../conformance/index.ts';
import { sameOutcome } from '../model/vocabulary/index.ts';
import { plain } from '../report/index.ts';
import { parseTrace, printTrace } from '../traces/index.ts';

const specification = specify('linux-6.18');

/** The texts of random runs of twenty calls, as the model answers them; a few hold what no text can say. */
async function randomTraces(runs: number): Promise<readonly string[]> {
  const { hello } = createReference('linux-6.18');
  const plan = await planRuns(hello, specification, {
    ...{ runs: Math.ceil(1.2 * runs), length: 20, seed: 1, phase: 'random' },
  });
  const texts = plan.runs.map(({ run }) =>
    printTrace({
      header: [],
      events: run.map(({ step, outcome }) => ({ line: 0, step, outcome })),
    }),
  );
  return texts.filter((text) => parseTrace(text).ok).slice(0, runs);
}

/** Reads every text and holds it against the specification. Returns the number of calls. */
function checkAll(texts: readonly string[]): number {
  const oracle = createOracle(specification.makeWorld(), stateLimit, (_, predicted, answered) =>
    sameOutcome(predicted, answered),
  );
  let calls = 0;
  for (const text of texts) {
    const parsed = parseTrace(text);
    if (!parsed.ok) throw new Error(parsed.errors[0]?.message);
    oracle.reset();
    for (const { step, outcome } of parsed.trace.events) {
      if (outcome === undefined) throw new Error('an answer was left out');
      const { kind } = oracle.step(step.pid, step.call, outcome);
      if (kind === 'deviation') throw new Error(`a trace deviates: ${text}`);
      calls++;
    }
  }
  return calls;
}

function explainOnce(file: string): string {
  const log = openLog(file);
  try {
    const { ending } = explainFiles(
      file,
      [log],
      { profile: 'linux-6.18' },
      {
        signal: new AbortController().signal,
        progress: { show: () => undefined, clear: () => undefined },
        paint: plain,
      },
    );
    return ending;
  } finally {
    closeLog(log);
  }
}

const [what, argument = ''] = process.argv.slice(2);
const texts = what === 'traces' ? await randomTraces(Number(argument)) : [];
const before = process.cpuUsage();
const found =
  what === 'traces'
    ? { traces: texts.length, calls: checkAll(texts) }
    : { bytes: statSync(argument).size, ending: explainOnce(argument) };
const { user, system } = process.cpuUsage(before);
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(JSON.stringify({ ...found, cpuSeconds: (user + system) / 1e6, megabytes }));
