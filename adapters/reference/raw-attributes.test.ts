import { describe, expect, it } from 'vitest';
import { createReference } from './adapter.ts';
import { rawCreate, rawFreeze, rawGet, rawPin, u32, u64, u8 } from './raw.test-data.ts';
import type { RawCall } from './raw.test-data.ts';
import type { KernelName } from './releases.ts';
import { startScenario } from './scenario.test-data.ts';

/** By release: sizeof(union bpf_attr), the last command, the highest type of a map. */
const releases = [
  ['seed-2015', 48, 7, 4],
  ['linux-4.4', 48, 7, 4],
  ['linux-4.6', 48, 7, 7],
  ['linux-4.7', 48, 7, 7],
  ['linux-6.1', 144, 35, 31],
  ['linux-6.12', 152, 36, 33],
  ['linux-6.18', 168, 37, 33],
] as const satisfies readonly (readonly [KernelName, number, number, number])[];

const kernels: readonly KernelName[] = releases.map(([kernel]) => kernel);

/** A hash behind 3, and a bpffs at /a. */
function start(kernel: KernelName) {
  const caller = startScenario(createReference(kernel)).by(1);
  caller.create();
  caller.mount('/a');
  return caller;
}

/** What a release answers to one call. */
const answer = (kernel: KernelName, call: RawCall) => start(kernel).bpf(...call);

/** What it is not able to do, and Linux is. */
const beyond = 'EOPNOTSUPP';

describe.each(releases)('raw attributes under %s', (kernel, known, lastCommand, lastMapType) => {
  it('can be longer than the kernel knows, with zeros, up to a page', () => {
    const sizes = [12, known, known + 1, 4096, 4097, 2 ** 31 - 1];
    expect(sizes.map((size) => answer(kernel, rawPin('/a/m', 3, size)))).toEqual([
      0,
      0,
      0,
      0,
      'E2BIG',
      'E2BIG',
    ]);
  });

  it(`are refused for the byte ${known} behind the known ones before for the command`, () => {
    expect(answer(kernel, [9999, [u8(known, 1)], known + 1])).toBe('E2BIG');
    expect(answer(kernel, [9999, [u8(4095, 1)], 4096])).toBe('E2BIG');
    expect(answer(kernel, [9999, [u8(known - 1, 1)], 4096])).toBe('EINVAL');
  });

  it('are not read at their size, and beyond it', () => {
    expect(answer(kernel, rawPin('/a/m', 3, 12, u32(12, 1), u8(40, 1)))).toBe(0);
    expect(answer(kernel, rawPin('/a/m', 3, 100, u8(4199, 1)))).toBe(0);
    // The descriptor is left out and so is 0, which is no object; of a number a byte can be left.
    expect(answer(kernel, rawPin('/a/m', 3, 8))).toBe('EINVAL');
    expect(answer(kernel, rawPin('/a/m', 0xff03, 9))).toBe(0);
  });

  it('lead nowhere only where bytes of them are asked for', () => {
    for (const address of [0, 1, 65535]) {
      expect(answer(kernel, [9999, address, 12])).toBe('EFAULT');
      expect(answer(kernel, [9999, address, 200])).toBe('EFAULT');
      expect(answer(kernel, [9999, address, 4097])).toBe('E2BIG');
      expect(answer(kernel, [9999, address, 0])).toBe('EINVAL');
    }
    expect(answer(kernel, [0, 0, 0])).toBe('EINVAL');
    expect(answer(kernel, [1, 0, 0])).toBe('EINVAL');
  });

  it(`go with the commands up to ${lastCommand}`, () => {
    expect(answer(kernel, [lastCommand + 1, [], 0])).toBe('EINVAL');
    expect(answer(kernel, [lastCommand, [], 0])).toBe(lastCommand === 7 ? 'EFAULT' : beyond);
  });

  it(`make maps of types up to ${lastMapType}`, () => {
    expect([1, 2, 3].map((type) => answer(kernel, rawCreate(type)))).toEqual([4, 4, 4]);
    expect(answer(kernel, rawCreate(0))).toBe('EINVAL');
    expect(answer(kernel, rawCreate(4))).toBe(beyond);
    expect(answer(kernel, rawCreate(lastMapType))).toBe(beyond);
    expect(answer(kernel, rawCreate(lastMapType + 1))).toBe('EINVAL');
  });

  it('load no program', () => {
    expect(answer(kernel, [5, [u32(0, 1)], 48])).toBe(beyond);
  });
});

describe('behind the last field', () => {
  /** By command: fields, what they are answered, and by release where the last field ends. */
  const ends = [
    [0, [u32(0, 4)], beyond, [16, 16, 20, 20, 72, 80, 92]],
    [1, [u32(0, 9)], 'EBADF', [24, 24, 24, 24, 32, 32, 32]],
    [2, [u32(0, 9)], 'EBADF', [32, 32, 32, 32, 32, 32, 32]],
    [3, [u32(0, 9)], 'EBADF', [16, 16, 16, 16, 16, 16, 16]],
    [4, [u32(0, 9)], 'EBADF', [24, 24, 24, 24, 24, 24, 24]],
    // The last field of 6.18 ends where the known bytes do.
    [5, [u32(0, 1)], beyond, [44, 44, 44, 44, 140, 148]],
    [6, [u64(0, 1), u32(8, 3)], 'EFAULT', [12, 12, 12, 12, 16, 20, 20]],
    [7, [u64(0, 1)], 'EFAULT', [12, 12, 12, 12, 16, 20, 20]],
  ] as const;

  it.each(ends)('of command %d only zeros are taken', (command, fields, otherwise, lengths) => {
    for (const [index, end] of lengths.entries()) {
      const kernel = kernels[index] ?? 'linux-6.18';
      const attr = [...fields, u8(end, 1)];
      expect([kernel, answer(kernel, [command, attr, end + 1])]).toEqual([kernel, 'EINVAL']);
      expect([kernel, answer(kernel, [command, attr, end])]).toEqual([kernel, otherwise]);
    }
  });

  it('begins where it ends', () => {
    const filled = ends.map(([command, fields, , lengths]) =>
      lengths.map((end, index) => {
        const attr = [...fields, u8(end - 1, 1)];
        return answer(kernels[index] ?? 'linux-6.18', [command, attr, end]);
      }),
    );
    const [creates, lookups, updates, deletes, nextKeys, loads] = filled;
    expect(creates).toEqual(kernels.map(() => beyond));
    for (const results of [updates, deletes, nextKeys]) {
      expect(results).toEqual(kernels.map(() => 'EBADF'));
    }
    // Where the last field is flags, there is no such flag.
    expect(lookups).toEqual(releases.map(([, known]) => (known === 48 ? 'EBADF' : 'EINVAL')));
    expect(new Set(loads)).toEqual(new Set([beyond]));
  });

  it('of commands that came later only zeros are taken, too', () => {
    for (const kernel of ['linux-6.1', 'linux-6.12', 'linux-6.18'] as const) {
      expect(answer(kernel, rawFreeze(3))).toBe(0);
      expect(answer(kernel, rawFreeze(3, u8(4, 1)))).toBe('EINVAL');
      expect(answer(kernel, [15, [u32(0, 3)], 16])).toBe(beyond);
      expect(answer(kernel, [15, [u32(0, 3), u8(16, 1)], 17])).toBe('EINVAL');
    }
    expect(answer('linux-4.7', rawFreeze(3))).toBe('EINVAL');
    expect(answer('linux-4.7', [15, [u32(0, 3)], 16])).toBe('EINVAL');
  });
});

describe.each([
  ['linux-6.1', 20, 12, 48],
  ['linux-6.12', 32, 32, 60],
  ['linux-6.18', 32, 32, 60],
] as const)(
  'commands of attachments and links by raw attributes under %s',
  (kernel, attach, detach, create) => {
    it('are not made here, and take only zeros behind their last field', () => {
      for (const [command, end] of [
        [8, attach],
        [9, detach],
        [28, create],
        [30, 4],
        [31, 8],
        [34, 4],
      ] as const) {
        const ofLength = (size: number) => answer(kernel, [command, [u8(size - 1, 1)], size]);
        expect([command, ofLength(end), ofLength(end + 1)]).toEqual([command, beyond, 'EINVAL']);
      }
    });
  },
);

describe('pins by raw attributes', () => {
  it.each(kernels)('are made and got under %s', (kernel) => {
    const caller = start(kernel);
    expect(caller.bpf(...rawPin('/a/m', 3, 12))).toBe(0);
    expect(caller.get('/a/m')).toBe(4);
    expect(caller.bpf(...rawGet('/a/m', 8))).toBe(5);
    expect(caller.bpf(...rawPin('/a/m', 3, 12))).toBe('EEXIST');
    expect(caller.bpf(...rawGet('/a/none', 8))).toBe('ENOENT');
    expect(caller.bpf(...rawGet('', 8))).toBe('ENOENT');
    expect(caller.bpf(...rawGet(`/a/${'m'.repeat(4096)}`, 8))).toBe('ENAMETOOLONG');
  });

  it.each(kernels)('have paths at bad addresses under %s', (kernel) => {
    for (const address of [0, 1]) {
      expect(answer(kernel, rawPin(address, 3, 12))).toBe('EFAULT');
      expect(answer(kernel, rawGet(address, 8))).toBe('EFAULT');
    }
  });

  it.each(kernels)('are not got with a descriptor under %s', (kernel) => {
    expect(answer(kernel, rawGet(0, 12, u32(8, 3)))).toBe('EINVAL');
  });

  /** By release: an unknown flag, read-only, BPF_F_PATH_FD, a descriptor of a directory without it. */
  it.each([
    ['linux-4.7', 'EINVAL', 'EINVAL', 'EINVAL', 'EINVAL'],
    ['linux-6.1', 'EINVAL', 'ENOENT', 'EINVAL', 'EINVAL'],
    ['linux-6.12', 'EINVAL', 'ENOENT', 'ENOENT', 'EINVAL'],
    ['linux-6.18', 'EINVAL', 'ENOENT', 'ENOENT', 'EINVAL'],
  ] as const)('under %s are got with flags: %s, %s, %s, %s', (kernel, ...results) => {
    const fields = [u32(12, 1), u32(12, 8), u32(12, 2 ** 14), u32(16, 5)];
    expect(fields.map((field) => answer(kernel, rawGet('/a/m', 20, field)))).toEqual(results);
  });

  it.each([
    ['linux-6.1', 'EINVAL', 'EINVAL', 'EINVAL'],
    ['linux-6.18', 'EINVAL', 'EINVAL', 'EINVAL'],
  ] as const)('under %s are made with flags: %s, %s, %s', (kernel, ...results) => {
    const fields = [u32(12, 8), u32(12, 2 ** 14), u32(16, 5)];
    // Before the path, and before the descriptor.
    expect(fields.map((field) => answer(kernel, rawPin(0, 9, 20, field)))).toEqual(results);
  });
});

describe('a map by raw attributes', () => {
  it('of maps is like the one whose descriptor is given', () => {
    const caller = start('linux-6.18');
    expect(caller.bpf(...rawCreate(13, u32(20, 3)))).toBe(4);
    expect(caller.bpf(...rawCreate(12))).toBe('EINVAL');
    expect(caller.update(4, 0, 3)).toBe(0);
    expect(answer('linux-4.7', rawCreate(13, u32(20, 3)))).toBe('EINVAL');
    expect(answer('linux-4.7', rawCreate(1, u32(20, 3)))).toBe('EINVAL');
  });

  it('has no flags here, where there are any', () => {
    expect(answer('linux-4.4', rawCreate(1, u32(16, 1)))).toBe('EINVAL');
    expect(answer('linux-4.7', rawCreate(1, u32(16, 1)))).toBe(beyond);
    expect(answer('linux-6.18', rawCreate(1, u64(64, 1)))).toBe(beyond);
  });

  it('has parameters that are wrong as in any other call', () => {
    expect(answer('linux-6.18', [0, [u32(0, 2), u32(4, 8), u32(8, 4), u32(12, 1)], 16])).toBe(
      'EINVAL',
    );
  });
});

describe('the answer of the adapter', () => {
  it('tells the object of a descriptor that a raw call made, and no object of a 0', () => {
    const adapter = createReference('linux-6.18');
    const run = startScenario(adapter);
    const raw = ([command, attr, size]: RawCall) => {
      const call = { call: 'bpf', command, attr, size } as const;
      return adapter.play([{ pid: 1, call }], 'none')[0]?.object;
    };
    const id = raw(rawCreate(1));
    expect(id).toBe(run.object(0)?.id);
    run.by(1).mount('/a');
    // What looks like a descriptor of the map is none.
    run.by(1).dup2(3, 0);
    expect(raw(rawPin('/a/m', 3, 12))).toBeUndefined();
    expect(raw(rawGet('/a/m', 8))).toBe(id);
  });
});
