/** Tables of calls and their answers, each case in a run of its own. */
import { release } from 'node:os';
import { expect, it } from 'vitest';
import type { Call } from '../../model/vocabulary/index.ts';
import type { Setup } from '../contract/index.ts';
import { by, last, setup, shortly, withLinux } from './session.test-data.ts';

export type Case = readonly [name: string, call: Call, expected: number | string];

/** A test that plays every case after the same prelude, whose calls all have to succeed. */
export function itAnswersAsMeasured(
  family: string,
  prelude: readonly Call[],
  cases: readonly Case[],
  world: Setup = setup,
): void {
  it(`${family} answer as measured`, (context) =>
    withLinux(context, async (adapter) => {
      if (Number.parseInt(release(), 10) < 6) {
        context.skip(`the table was measured on Linux 6.18, this is ${release()}`);
      }
      const answered: [string, number | string][] = [];
      for (const [name, call] of cases) {
        await adapter.reset(world);
        const answers = await adapter.play(by(1, ...prelude, call), 'none');
        expect(answers.slice(0, -1).filter(({ outcome }) => !outcome.ok)).toEqual([]);
        answered.push([name, shortly(last(answers).outcome)]);
      }
      expect(answered).toEqual(cases.map(([name, , expected]) => [name, expected]));
    }));
}
