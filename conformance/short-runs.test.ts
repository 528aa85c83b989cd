import { describe, expect, it } from 'vitest';
import { callNames, mapTypeNames } from '../model/vocabulary/index.ts';
import { shortRuns } from './short-runs.ts';
import type { ShortRun } from './short-runs.ts';
import { specify } from './specify.ts';

const world = specify('linux-6.18').makeWorld();

function upTo(calls: number): readonly ShortRun[] {
  const runs: ShortRun[] = [];
  for (const short of shortRuns(world, new Set([...callNames, ...mapTypeNames]))) {
    if (short.depth >= calls) break;
    runs.push(short);
  }
  return runs;
}

describe('the short runs', () => {
  const runs = upTo(2);

  it('take every transition once', () => {
    const transitions = runs.filter(({ probes }) => probes === 0).map(({ run }) => run);
    const texts = transitions.map((run) => JSON.stringify(run));
    expect(new Set(texts).size).toBe(texts.length);
    expect(transitions.every((run) => run.every(({ outcome }) => outcome.ok))).toBe(true);
    expect(Math.max(...transitions.map((run) => run.length))).toBe(2);
  });

  it('try every failing step of a state in one run', () => {
    const [probing] = runs.filter(({ probes }) => probes > 0);
    expect(probing?.run).toHaveLength(probing?.probes ?? 0);
    expect(probing?.run.every(({ outcome }) => !outcome.ok)).toBe(true);
    const calls = new Set(probing?.run.map(({ step }) => step.call.call));
    expect(calls.has('BPF_OBJ_GET') && calls.has('close') && calls.has('bind')).toBe(true);
  });

  it('come in the order of their length', () => {
    const depths = runs.map(({ depth }) => depth);
    expect(depths).toEqual([...depths].sort((a, b) => a - b));
  });

  it('use the calls that are declared only', () => {
    for (const { run } of shortRuns(world, new Set(['mount', 'mkdir']))) {
      if (run.length > 2) break;
      expect(run.every(({ step }) => ['mount', 'mkdir'].includes(step.call.call))).toBe(true);
    }
  });

  it('fill arrays, send messages, share tables and exec within three calls', () => {
    const succeeding = upTo(3)
      .filter(({ probes }) => probes === 0)
      .flatMap(({ run }) => run.map(({ step, value }) => value ?? step.call.call));
    for (const name of [
      ...(['descriptor', 'BPF_PROG_TEST_RUN', 'dup2', 'clone', 'execve', 'socketpair'] as const),
      ...(['sendmsg', 'recvmsg', 'SO_ATTACH_BPF'] as const),
    ]) {
      expect(succeeding).toContain(name);
    }
  });

  it('are few enough that all of three calls are played', () => {
    expect(upTo(3).length).toBeLessThan(2500);
  });
});
