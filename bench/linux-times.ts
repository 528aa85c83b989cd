/** The times that the agent tells (adapters/linux/agent/times.c), and tables of them. */

interface Sum {
  readonly name: string;
  readonly count: number;
  readonly seconds: number;
}

/** `long`: of those calls that waited, for a grace period or for their turn. */
interface CallTimes extends Sum {
  readonly long: { readonly count: number; readonly seconds: number };
}

export interface Times {
  readonly parts: readonly Sum[];
  readonly calls: readonly CallTimes[];
}

const inSeconds = (nanoseconds: string | undefined): number => Number(nanoseconds) / 1e9;

export function readTimes(text: string): Times {
  const rows = text
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
  const of = (kind: string) => rows.filter((row) => row[0] === kind);
  const sum = ([, name = '', count, ns]: readonly string[]): Sum => ({
    ...{ name, count: Number(count), seconds: inSeconds(ns) },
  });
  return {
    parts: of('part').map(sum),
    calls: of('call').map((row) => ({
      ...sum(row),
      long: { count: Number(row[4]), seconds: inSeconds(row[5]) },
    })),
  };
}

const lessSum = (a: Sum, b: Sum | undefined): Sum => ({
  ...a,
  count: a.count - (b?.count ?? 0),
  seconds: a.seconds - (b?.seconds ?? 0),
});

/** What the larger of two plays took more, as a play of what only it had. */
export function timesBeyond(large: Times, small: Times): Times {
  return {
    parts: large.parts.map((part) =>
      lessSum(
        part,
        small.parts.find(({ name }) => name === part.name),
      ),
    ),
    calls: large.calls.map((call) => {
      const less = small.calls.find(({ name }) => name === call.name);
      const [long, before] = [call.long, less?.long ?? { count: 0, seconds: 0 }];
      return {
        ...lessSum(call, less),
        long: { count: long.count - before.count, seconds: long.seconds - before.seconds },
      };
    }),
  };
}

const partOf = ({ parts }: Times, name: string): Sum =>
  parts.find((part) => part.name === name) ?? { name, count: 0, seconds: 0 };

/** Of all runs, from the first request to the last answer. */
export const wholeSeconds = (times: Times): number => partOf(times, 'whole').seconds;

const share = (part: number, whole: number): string =>
  `${((100 * part) / whole).toFixed(1).padStart(5)} %`;

/** Where a run's time goes; what is left is reading requests and writing answers. */
export function splitLines(times: Times): readonly string[] {
  const { count: runs, seconds: whole } = partOf(times, 'whole');
  const parts = times.parts.filter(({ name }) => name !== 'whole');
  const known = parts.reduce((sum, { seconds }) => sum + seconds, 0);
  const rest = { name: 'requests, answers', seconds: whole - known };
  return [...parts, rest, { name: 'whole', seconds: whole }].map(
    ({ name, seconds }) =>
      `${name.padEnd(18)} ${((seconds * 1e6) / runs).toFixed(1).padStart(9)} µs ${share(seconds, whole)}`,
  );
}

/** The calls that take the most, how often they are made, and what of it is waiting. */
export function callLines(times: Times): readonly string[] {
  const { calls } = times;
  const all = calls.reduce((sum, { count }) => sum + count, 0);
  const seconds = calls.reduce((sum, call) => sum + call.seconds, 0);
  const long = calls.reduce((sum, call) => sum + call.long.seconds, 0);
  const waited = calls.reduce((sum, call) => sum + call.long.count, 0);
  const most = [...calls].sort((a, b) => b.seconds - a.seconds).slice(0, 12);
  return [
    ...most.map(
      (call) =>
        `${call.name.padEnd(24)} ${share(call.count, all)} of calls ${share(call.seconds, seconds)} of time, ${((call.seconds * 1e6) / call.count).toFixed(1)} µs each`,
    ),
    `calls of 2 ms or more, which wait for a grace period (maps of maps, which are drawn less often for it) or for their turn:`,
    `${waited} of ${all} calls, ${share(long, seconds).trim()} of the time of calls, ${share(long, wholeSeconds(times)).trim()} of all`,
  ];
}
