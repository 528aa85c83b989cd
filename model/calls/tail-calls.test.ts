import { describe, expect, it } from 'vitest';
import { profileNames, profiles } from '../index.ts';
import {
  badFd,
  clone,
  create,
  invalid,
  load,
  loadOn,
  open,
  remove,
  run,
  update,
} from '../lines.test-data.ts';
import { lines, replayed, roomy, worldOf } from '../replayed.test-data.ts';

const programs = create('PROG_ARRAY');
const running = profileNames.filter((profile) => profiles[profile].testRun === 'built-in');

describe.each(running)('a program that is run under %s', (profile) => {
  function check(text: string): void {
    expect(replayed(worldOf(profile), text)).toBe(lines(text));
  }

  it('answers 0, with a map or without', () => {
    check(
      `1 ${load} = 3
      1 ${run(3, 0)} = 0
      1 ${create('ARRAY')} = 4
      1 ${loadOn(4)} = 5
      1 ${run(5, 0)} = 0
      1 ${run(4)} = ${invalid} ; run.not-a-program
      1 ${run(0)} = ${invalid} ; run.not-a-program
      1 ${run(6)} = ${badFd} ; run.fd-closed
      1 ${open('/d', 'O_PATH')} = 6
      1 ${run(6)} = ${badFd} ; run.fd-closed`,
    );
  });

  it('answers what the program in slot 0 answers, or 1 if there is none', () => {
    check(
      `1 ${create('PROG_ARRAY', 2)} = 3
      1 ${loadOn(3)} = 4
      1 ${run(4, 1)} = 0
      1 ${load} = 5
      1 ${update(3, 1, 5)} = 0
      1 ${run(4, 1)} = 0
      1 ${update(3, 0, 5)} = 0
      1 ${run(4, 0)} = 0
      1 ${remove(3, 0)} = 0
      1 ${run(4, 1)} = 0`,
    );
  });

  it('answers 1 if it calls itself for ever, alone or by another', () => {
    check(
      `1 ${programs} = 3
      1 ${loadOn(3)} = 4
      1 ${update(3, 0, 4)} = 0
      1 ${run(4, 1)} = 0
      1 ${programs} = 5
      1 ${loadOn(5)} = 6
      1 ${update(3, 0, 6)} = 0
      1 ${run(4, 1)} = 0
      1 ${update(5, 0, 4)} = 0
      1 ${run(4, 1)} = 0
      1 ${run(6, 1)} = 0`,
    );
  });

  it.each([
    [1, 0],
    [32, 0],
    [33, 0],
    [34, 1],
    [35, 1],
  ])('makes %i tail calls one after the other and answers %i', (calls, answer) => {
    const world = worldOf(profile, {
      ...roomy,
      descriptors: 3 + calls,
      descriptions: 3 + calls,
      objects: 2 * calls + 1,
      slots: calls,
    });
    // Each program calls the one at 3, and takes its place there.
    const links = Array.from(
      { length: calls },
      (_, k) => `1 ${programs} = ${k + 4}
        1 ${update(k + 4, 0, 3)} = 0
        1 close(3) = 0
        1 ${loadOn(k + 4)} = 3`,
    );
    const text = [`1 ${load} = 3`, ...links, `1 ${run(3, answer)} = 0`].join('\n');
    expect(replayed(world, text)).toBe(lines(text));
  });

  it('is the same for all that have it, and needs its array no longer open', () => {
    check(
      `1 ${programs} = 3
      1 ${loadOn(3)} = 4
      1 ${clone} = 2
      2 close(3) = 0
      1 ${run(4, 1)} = 0
      settle clear-slots
      2 ${run(4, 1)} = 0`,
    );
  });
});

it.each(profileNames.filter((profile) => !running.includes(profile)))(
  'programs cannot be run under %s, and nobody looks at what they are',
  (profile) => {
    const text = `
      1 ${load} = 3
      1 ${run(3)} = ${invalid} ; run.unknown-command
      1 ${run(9)} = ${invalid} ; run.unknown-command`;
    expect(replayed(worldOf(profile), text)).toBe(lines(text));
  },
);
