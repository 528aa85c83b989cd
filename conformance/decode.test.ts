import { describe, expect, it } from 'vitest';
import { callNames } from '../model/vocabulary/index.ts';
import { decodeRun } from './decode.ts';
import { planSteps } from './plan.ts';
import { seededChoices } from './seeded-choices.ts';
import { specify } from './specify.ts';

const world = specify('linux-6.18').makeWorld();
const all = new Set(callNames);
const plans = Array.from({ length: 150 }, (_, number) =>
  decodeRun(world, seededChoices(11, number, 40), all),
);

describe('seeded choices', () => {
  it('are the same for the same seed and number, and others for others', () => {
    expect(seededChoices(1, 2, 3)).toEqual(seededChoices(1, 2, 3));
    expect(seededChoices(1, 3, 3)).not.toEqual(seededChoices(1, 2, 3));
    expect(seededChoices(2, 2, 3)).not.toEqual(seededChoices(1, 2, 3));
  });

  it('begin a longer run as a shorter one', () => {
    expect(seededChoices(1, 2, 9).slice(0, 3)).toEqual(seededChoices(1, 2, 3));
  });
});

describe('a decoded run', () => {
  it('is the same for the same choices', () => {
    const again = decodeRun(world, seededChoices(11, 5, 40), all);
    expect(again).toEqual(plans[5]);
  });

  it('is made of steps that the model answers as planned, and of no step that meets a bound', () => {
    for (const { steps } of plans) {
      expect(
        planSteps(
          world,
          steps.map(({ step }) => step),
        ),
      ).toEqual(steps);
    }
  });

  it('ends with no process running', () => {
    for (const { steps } of plans) {
      planSteps(
        world,
        steps.map(({ step }) => step),
      );
      expect(world.observe([]).running.includes(1)).toBe(false);
    }
  });

  it('makes every call succeed and fail in some run', () => {
    const outcomes = plans.flatMap(({ steps }) =>
      steps.map(({ step, outcome }) => `${step.call.call} ${outcome.ok ? 'succeeds' : 'fails'}`),
    );
    const neverFails = ['exit_group', 'fork', 'unshare'];
    for (const name of callNames) {
      expect(outcomes).toContain(`${name} succeeds`);
      if (!neverFails.includes(name)) expect(outcomes).toContain(`${name} fails`);
    }
  });

  it('runs out of descriptors now and then', () => {
    const errors = plans.flatMap(({ steps }) => steps.map(({ outcome }) => outcome));
    expect(errors).toContainEqual({ ok: false, errno: 'EMFILE' });
  });

  it('leaves out calls that are not declared, and counts them', () => {
    const declared = new Set(callNames.filter((name) => name !== 'mount' && name !== 'fork'));
    const { steps, undeclared } = decodeRun(world, seededChoices(11, 0, 40), declared);
    expect(steps.some(({ step }) => ['mount', 'fork'].includes(step.call.call))).toBe(false);
    expect(undeclared.get('mount')).toBeGreaterThan(0);
  });
});
