import { describe, expect, it } from 'vitest';
import { createWorld, heard, profileNames, profiles } from './index.ts';
import { mountOn } from './lines.test-data.ts';
import { host, lines, replayed, roomy } from './replayed.test-data.ts';

const { nothing, own, others } = heard;
const type = (path: string, types: string): string =>
  `mount(NULL, "${path}", NULL, ${types}, NULL)`;

describe.each(profileNames)('whose mounts appear in a namespace under %s', (profile) => {
  const world = createWorld({
    switches: profiles[profile],
    bounds: { ...roomy, peerGroups: 4 },
    host,
  });

  /** Of processes 1 and 2, after more lines of the same trace. */
  function after(text: string): readonly number[] {
    expect(replayed(world, text)).toBe(lines(text));
    return Array.from(world.observe([]).hears.slice(1, 3));
  }

  it('are nobody’s, its own, or those of others, by who its peers and masters are', () => {
    world.reset();
    expect(after(`1 ${type('/', 'MS_SHARED')} = 0`)).toEqual([nothing, nothing]);
    expect(after(`1 mount("/d", "/b", NULL, MS_BIND, NULL) = 0`)).toEqual([own, nothing]);
    expect(after('1 fork() = 2')).toEqual([own, own]);
    expect(after('2 unshare(CLONE_NEWNS) = 0')).toEqual([others, others]);
    expect(after(`2 ${type('/', 'MS_REC|MS_SLAVE')} = 0`)).toEqual([own, others]);
    expect(after(`1 ${mountOn('/a')} = 0`)).toEqual([own, others]);
    expect(after(`2 ${type('/', 'MS_REC|MS_PRIVATE')} = 0`)).toEqual([own, nothing]);
  });
});
