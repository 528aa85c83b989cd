import { describe, expect, it } from 'vitest';
import { fail, succeed } from '../model/vocabulary/index.ts';
import type { Call } from '../model/vocabulary/index.ts';
import type { Finding } from './finding.ts';
import { planSteps } from './plan.ts';
import type { PlannedStep } from './plan.ts';
import { shrinkFinding } from './shrink-finding.ts';
import { specify } from './specify.ts';

const world = specify('linux-6.18').makeWorld();
const calls: readonly Call[] = [
  { call: 'mount', target: '/mnt/a' },
  { call: 'mkdir', path: '/mnt/a/d' },
  { call: 'fork' },
];
const run = planSteps(
  world,
  calls.map((call) => ({ pid: 1, call })),
);

/** About the step at 0, seen there, or when all has settled. */
const seen: Finding = {
  ...{ id: 'x', kind: 'outcome', text: 'x', at: 0, step: null, allowed: [] },
  answer: succeed(0),
};
const settled: Finding = { ...seen, kind: 'sight', answer: null };

const callsOf = (steps: readonly PlannedStep[] | undefined): readonly string[] | undefined =>
  steps?.map(({ step }) => step.call.call);

/** Finds it where a directory is made. */
const where =
  (found: Finding) =>
  (steps: readonly PlannedStep[]): Promise<readonly Finding[]> =>
    Promise.resolve(steps.some(({ step }) => step.call.call === 'mkdir') ? [found] : []);

describe('a run with a finding', () => {
  it('is cut behind the step that shows it', async () => {
    const at = { ...seen, at: 1 };
    const short = await shrinkFinding(world, run, at, where(at), () => false);
    expect(callsOf(short?.run)?.at(-1)).toBe('mkdir');
  });

  it('is played to its end for what is seen when all has settled', async () => {
    const short = await shrinkFinding(world, run, settled, where(settled), () => false);
    expect(callsOf(short?.run)).toEqual(['mkdir']);
    expect(short?.finding).toBe(settled);
  });

  it('is not shrunk where another finding comes, or none may be looked for', async () => {
    const other: Finding = { ...seen, answer: fail('EPERM') };
    expect(await shrinkFinding(world, run, seen, where(other), () => false)).toBeNull();
    expect(await shrinkFinding(world, run, seen, where(seen), () => true)).toBeNull();
  });
});
