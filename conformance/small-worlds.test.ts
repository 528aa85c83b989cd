import { describe, expect, it } from 'vitest';
import { succeed } from '../model/vocabulary/index.ts';
import type { Call } from '../model/vocabulary/index.ts';
import { createProspects } from './prospects.ts';
import type { Prospects } from './prospects.ts';
import { runningTails } from './small-worlds.ts';
import { hashMap as map } from './small-runs.test-data.ts';

const array: Call = { ...map, type: 'BPF_MAP_TYPE_PROG_ARRAY' };
const program: Call = { call: 'BPF_PROG_LOAD', mapFd: null };

/** What a process sees after these calls, which open descriptors from 3 on. */
function after(...calls: readonly Call[]): Prospects {
  const prospects = createProspects();
  for (const [at, call] of calls.entries()) prospects.note({ pid: 1, call }, succeed(3 + at));
  return prospects;
}

describe('steps around one array of programs', () => {
  it('make the array where nothing but a program is open', () => {
    expect(runningTails(after(), 1)).toEqual([array]);
    expect(runningTails(after(program), 1)).toEqual([array]);
    expect(runningTails(after(map), 1)).toEqual([]);
    expect(runningTails(after(array), 1)).not.toContainEqual(array);
  });

  it('fill it with a program, with a map, and with a descriptor that no run opens', () => {
    const values = runningTails(after(array, program), 1).flatMap((call) =>
      call.call === 'BPF_MAP_UPDATE_ELEM' ? [[call.fd, call.value]] : [],
    );
    expect(values).toEqual([
      [3, 4],
      [3, 3],
      [3, 9999],
    ]);
  });
});
