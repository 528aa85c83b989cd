/** Raw calls that could reach what is not of the run are not made. */
import { describe, expect, it } from 'vitest';
import { refusalOf } from './raw-refusals.ts';
import {
  create,
  element,
  getInfo,
  hash,
  loadProgram,
  lookUp,
  low,
  nextKey,
  write,
  type Fields,
} from './raw-fields.test-data.ts';
import { by, hashMap, outcomes, withLinux } from './session.test-data.ts';
import { bpf } from './short-calls.test-data.ts';

const mapById = 14;

const refusal = (command: number, fields: Fields | number, size = 32): string | undefined => {
  const call = bpf(command, fields, size);
  return call.call === 'bpf' ? refusalOf(call) : undefined;
};

const others = 'is not made in its raw form: it may reach what others have on this machine.';
const astray = (command: number, at: number): string =>
  `Command ${command} of bpf is not made with an address of numbers at ${at}: it may lead into the agent.`;

describe('a raw command', () => {
  it('that may reach what others have is refused, and no other', () => {
    const commands = Array.from({ length: 60 }, (_, command) => command);
    const own = [0, 1, 2, 3, 4, 5, 6, 7, 15, 22];
    const unknown = commands.slice(36);
    expect(commands.filter((command) => refusal(command, []) === undefined)).toEqual([
      ...own,
      ...unknown,
    ]);
    expect(refusal(mapById, 0)).toBe(`Command 14 of bpf ${others}`);
  });

  it('that would open the map of another is refused before the kernel is asked anything', (context) =>
    withLinux(context, (other) =>
      withLinux(context, async (adapter) => {
        const [made] = await other.play(by(1, hashMap), 'none');
        const id = (made?.object ?? 0) / 4;
        const opening = bpf(mapById, [[0, 4, id]], 4);
        expect(await adapter.alive([4 * id])).toEqual([4 * id]);
        await expect(adapter.play(by(1, hashMap, opening), 'none')).rejects.toMatchObject({
          name: 'AdapterFailure',
          blame: 'harness',
          message: `Command 14 of bpf ${others}`,
        });
        expect(outcomes(await adapter.play(by(1, hashMap), 'none'))).toEqual([3]);
      }),
    ));
});

describe('a raw call with an address of numbers', () => {
  const inAgent: Fields = [[16, 4, 4_981_592]];
  const above = 65_536;

  for (const [what, command, fields, at] of [
    ['a look-up into the agent', lookUp, inAgent, 16],
    ['a next key into the agent', nextKey, inAgent, 16],
    ['a look-up of a key there', lookUp, element(3, above), 8],
    ['a next key of a key there', nextKey, element(3, above), 8],
    ['an address byte by byte', lookUp, [[18, 1, 1]], 16],
    ['an address of its upper half', lookUp, [[20, 4, 1]], 16],
    [
      'an address of two fields',
      lookUp,
      [
        [8, 4, 1],
        [12, 4, 1],
      ],
      8,
    ],
    ['a negative number', lookUp, [[16, 4, -1]], 16],
    ['a pointer that is written over', lookUp, [...element(3, [1], [0]), [17, 1, 1]], 16],
    ['a pointer into the next field', lookUp, [[12, 8, [1]]], 8],
    ['an information into the agent', getInfo, [[8, 8, above]], 8],
    ['a log into the agent', loadProgram, [[32, 8, above]], 32],
  ] as const) {
    it(`is refused: ${what}`, () => {
      expect(refusal(command, fields, 48)).toBe(astray(command, at));
    });
  }

  it('is refused where the size cuts a pointer', () => {
    expect(refusal(lookUp, element(3, [1], [0]), 20)).toBe(astray(lookUp, 16));
    expect(refusal(lookUp, element(3, [1], [0]), 24)).toBeUndefined();
  });

  it('is made where nothing can be: below the lowest address, or beyond the size', () => {
    expect(refusal(lookUp, element(3, low, 65_535))).toBeUndefined();
    expect(refusal(nextKey, element(3, 0, 0))).toBeUndefined();
    expect(refusal(lookUp, inAgent, 16)).toBeUndefined();
    expect(
      refusal(lookUp, [
        [16, 4, above],
        [16, 8, [7]],
      ]),
    ).toBeUndefined();
    expect(refusal(lookUp, low)).toBeUndefined();
  });

  it('is made by commands that write nothing', () => {
    expect(refusal(write, element(3, above, above))).toBeUndefined();
    expect(refusal(create, hash)).toBeUndefined();
  });

  it('is a failure of the harness, and leaves the agent as it is', (context) =>
    withLinux(context, async (adapter) => {
      const playing = adapter.play(by(1, hashMap, bpf(lookUp, inAgent, 24)), 'none');
      await expect(playing).rejects.toMatchObject({
        blame: 'harness',
        message: astray(lookUp, 16),
      });
      expect(outcomes(await adapter.play(by(1, hashMap), 'none'))).toEqual([3]);
    }));
});
