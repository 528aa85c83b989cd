/** bpf(2) in its raw form in runs: what it makes, and what it leaves alone. */
import { describe, expect, it } from 'vitest';
import {
  create,
  element,
  get,
  hash,
  none,
  pin,
  pinned,
  pinnedMap,
  lookUp,
  write,
  type Fields,
} from './raw-fields.test-data.ts';
import { by, hashMap, last, needs, outcomes, withLinux, leftOver } from './session.test-data.ts';
import { bpf, close, load, lookup } from './short-calls.test-data.ts';

describe('a raw call', () => {
  it('pins and gets the object that typed calls see', (context) =>
    withLinux(context, async (adapter) => {
      const answers = await adapter.play(
        by(
          1,
          { call: 'mount', target: '/b' },
          bpf(create, hash, 16),
          bpf(pin, pinned('/b/m', 3), 12),
          close(3),
          bpf(get, pinnedMap, 8),
          bpf(write, element(3, [1], [7]), 32),
          lookup(3, 1),
          { call: 'BPF_OBJ_GET', path: '/b/m' },
        ),
        'last',
      );
      const made = answers[1]?.object ?? 0;
      expect(outcomes(answers)).toEqual([0, 3, 0, 0, 3, 0, 7, 4]);
      expect(made).toBeGreaterThan(0);
      expect(answers.map(({ object }) => object)).toEqual(
        [0, made, 0, 0, made, 0, 0, made].map((object) => (object === 0 ? undefined : object)),
      );
      expect(last(answers).sight?.objects).toEqual([{ id: made, kind: 'map', content: [null, 7] }]);
    }));

  it('leaves nothing for the next one: neither attributes nor what they point to', (context) =>
    withLinux(context, async (adapter) => {
      const longKeys: Fields = [[0, 4, 1], [4, 4, 8], ...hash.slice(2)];
      const answers = await adapter.play(
        by(
          1,
          bpf(create, hash, 16),
          bpf(create, [...hash, [1000, 4, 9], [4192, 8, 9]], 4097),
          bpf(create, longKeys, 4096),
          bpf(write, element(4, [97], [7]), 32),
          bpf(write, element(4, 'aaaaaaaa', [8]), 32),
          bpf(lookUp, element(4, 'a', [0]), 32),
          bpf(lookUp, element(4, 'aaaa', [0]), 32),
        ),
        'none',
      );
      expect(outcomes(answers)).toEqual([3, 'E2BIG', 4, 0, 0, 0, 'ENOENT']);
    }));

  it('writes over nothing of the process, however large the values are', (context) =>
    withLinux(context, async (adapter) => {
      const large: Fields = [
        [0, 4, 2],
        [4, 4, 4],
        [8, 4, 1_000_000],
        [12, 4, 1],
      ];
      const answers = await adapter.play(
        by(
          1,
          bpf(create, large, 16),
          bpf(lookUp, element(3, [0], 'a'), 24),
          bpf(lookUp, element(3, [0], [0]), 24),
          bpf(write, element(3, [0], [0]), 24),
          hashMap,
        ),
        'none',
      );
      expect(outcomes(answers)).toEqual([3, 'EFAULT', 'EFAULT', 'EFAULT', 4]);
    }));

  it('is made by processes after fork and exec as by the first', (context) =>
    withLinux(context, async (adapter) => {
      needs(context, adapter, 'execve');
      const answers = await adapter.play(
        [
          ...by(1, bpf(create, hash, 16), { call: 'fork' }),
          ...by(2, bpf(create, hash, 16), { call: 'execve' }),
          ...by(2, bpf(create, hash, 16), bpf(9999, none, 16)),
          ...by(1, bpf(create, hash, 16)),
        ],
        'none',
      );
      expect(outcomes(answers)).toEqual([3, 2, 4, 0, 3, 'EFAULT', 4]);
    }));

  it('makes maps that hold objects, and everything goes with them', (context) =>
    withLinux(context, async (adapter) => {
      const programArray: Fields = [[0, 4, 3], ...hash.slice(1)];
      const answers = await adapter.play(
        by(
          1,
          bpf(create, programArray, 16),
          load(3),
          load(3),
          bpf(write, element(3, [0], [4]), 24),
          bpf(write, element(3, [1], [5]), 24),
          ...[5, 4, 3].map(close),
        ),
        'none',
      );
      expect(outcomes(answers)).toEqual([3, 4, 5, 0, 0, 0, 0, 0]);
      expect(await leftOver(adapter)).toEqual([]);
    }));

  it('cannot be made of attributes that the agent has no room for, which is said', async (context) => {
    const refused: readonly (readonly [Fields, string])[] = [
      [[[8188, 8, 1]], 'the agent got 1 for 8 bytes of attributes at 8188'],
      [[[0, 4, 'a']], 'the agent got =61 for 4 bytes of attributes at 0'],
      [[[0, 1, [7]]], 'the agent got @7 for 1 bytes of attributes at 0'],
      [
        [0, 8, 16].map((offset) => [offset, 8, 'a']),
        'the agent got more strings for one call than it can take',
      ],
      [
        [0, 1, 2, 3, 4, 5, 6, 7, 8].map((offset) => [offset, 1, 1]),
        'the agent got 9, more than it can take',
      ],
      [[[0, 8, 'a\0b']], 'A string with a NUL byte cannot be passed to the kernel.'],
    ];
    for (const [fields, sentence] of refused) {
      await withLinux(context, async (adapter) => {
        const playing = adapter.play(by(1, bpf(create, fields, 16)), 'none');
        await expect(playing).rejects.toMatchObject({ name: 'AdapterFailure', blame: 'harness' });
        await expect(playing).rejects.toThrow(sentence);
      });
    }
  });
});
