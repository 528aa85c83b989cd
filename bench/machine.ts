/** What a figure has to be read with: the machine, its load, the versions. */
import { cpus, loadavg, release, totalmem } from 'node:os';

export function describeMachine(): string {
  const [cpu] = cpus();
  const load = loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');
  const memory = Math.round(totalmem() / 2 ** 30);
  return (
    `${cpus().length} x ${cpu?.model ?? 'unknown CPU'}, ${memory} GiB, Linux ${release()}, ` +
    `node ${process.version}; load ${load}`
  );
}

/** The middle of some numbers; the mean of the two middle ones if they are even in number. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const [low, high] = [Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2)];
  return ((sorted[low] ?? NaN) + (sorted[high] ?? NaN)) / 2;
}
