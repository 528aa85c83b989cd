import { describe, expect, it } from 'vitest';
import type { Adapter } from '../adapters/contract/index.ts';
import { mutants } from '../adapters/mutants/index.ts';
import { createReference } from '../adapters/reference/index.ts';
import { parseTrace, printEvent } from '../traces/index.ts';
import { replay } from './replay.ts';
import type { RecordedStep, ReplayTarget } from './replay.ts';
import { campaignWatch } from './setup.ts';
import { shrinkReplay } from './shrink-replay.ts';
import type { ShrunkReplay } from './shrink-replay.ts';
import { specify } from './specify.ts';

const specification = specify('linux-6.18');

/** More than it takes, in every respect: calls, a process, a name, a descriptor. */
const long = [
  '1 mount("bpf", "/mnt/a", "bpf", 0, NULL) = 0',
  '1 mkdir("/mnt/a/d", 0755) = 0',
  '1 fork() = 2',
  '2 bpf(BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_HASH, key_size=4, value_size=4, max_entries=2}, 16) = 3',
  '2 bpf(BPF_MAP_UPDATE_ELEM, {map_fd=3, key=1, value=7, flags=BPF_NOEXIST}, 32) = 0',
  '2 fcntl(3, F_DUPFD, 5) = 5',
  '2 bpf(BPF_OBJ_PIN, {pathname="/mnt/a/d/x", bpf_fd=5}, 16) = 0',
];
const pinnedTwice = [
  ...long,
  '2 bpf(BPF_OBJ_PIN, {pathname="/mnt/a/d/x", bpf_fd=5}, 16) = 0',
  '1 close(9) = -1 EBADF (Bad file descriptor)',
];

function steps(lines: readonly string[]): readonly RecordedStep[] {
  const parsed = parseTrace(lines.join('\n'));
  if (!parsed.ok) throw new Error(parsed.errors.map(({ message }) => message).join('\n'));
  return parsed.trace.events;
}

async function shrunk(
  lines: readonly string[],
  targets: readonly ReplayTarget[] = [],
  stop: () => boolean = () => false,
): Promise<readonly ShrunkReplay[]> {
  const recorded = steps(lines);
  const { verdicts } = await replay(specification, recorded, targets, campaignWatch);
  return shrinkReplay(specification, recorded, targets, campaignWatch, verdicts, stop);
}

const rowsOf = (shrunk: ShrunkReplay | undefined) =>
  shrunk === undefined || typeof shrunk.found === 'string' ? null : shrunk.found;

/** As lines of a trace, with what was answered. */
const linesOf = (shrunk: ShrunkReplay | undefined): readonly string[] | null =>
  rowsOf(shrunk)?.map(({ step, answer }) =>
    printEvent({ line: 0, step, ...(answer === null ? {} : { outcome: answer }) }),
  ) ?? null;

/** A target that deviates in its first run only, and how many it has played. */
function onceDeviating() {
  const [first] = mutants.filter(({ id }) => id === 'exit-drops-pins');
  if (first === undefined) throw new Error('the mutant is gone');
  const [wrong, right] = [first.create(), createReference('linux-6.18')];
  let runs = 0;
  const current = (): Adapter => (runs <= 1 ? wrong : right);
  const adapter: Adapter = {
    ...right,
    reset(setup) {
      runs++;
      return current().reset(setup);
    },
    play: (steps, sights) => current().play(steps, sights),
    settle: () => current().settle(),
    alive: (ids) => current().alive(ids),
  };
  return { target: { name: 'once', adapter }, played: () => runs };
}

const plainMap =
  'bpf(BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_HASH, key_size=4, value_size=4, max_entries=1}, 16)';

describe('a failing trace', () => {
  it('shrinks to the calls, the process, the name and the arguments that it takes', async () => {
    const [only, ...others] = await shrunk([
      ...long,
      '2 exit_group(0) = ?',
      '1 bpf(BPF_OBJ_GET, {pathname="/mnt/a/d/x"}, 16) = -1 ENOENT (No such file or directory)',
      '1 close(9) = -1 EBADF (Bad file descriptor)',
    ]);
    expect([only?.of, others]).toEqual(['trace', []]);
    expect(linesOf(only)).toEqual([
      '1 mount("bpf", "/mnt/a", "bpf", 0, NULL) = 0',
      `1 ${plainMap} = 3`,
      '1 bpf(BPF_OBJ_PIN, {pathname="/mnt/a/x", bpf_fd=3}, 16) = 0',
      '1 bpf(BPF_OBJ_GET, {pathname="/mnt/a/x"}, 16) = -1 ENOENT (No such file or directory)',
    ]);
    expect(rowsOf(only)?.at(-1)?.allowed).toMatchObject([{ row: 'get.ok' }]);
  });

  it('shrinks to what else the same clause speaks against', async () => {
    const [only] = await shrunk(pinnedTwice);
    // A directory takes the name as well as a pin does.
    expect(linesOf(only)).toEqual([
      `1 ${plainMap} = 3`,
      '1 bpf(BPF_OBJ_PIN, {pathname="/mnt/a", bpf_fd=3}, 16) = 0',
    ]);
    expect(rowsOf(only)?.at(-1)?.allowed).toMatchObject([{ row: 'pin.name-taken' }]);
  });

  it('is left alone if it does not fail', async () => {
    expect(await shrunk(long)).toEqual([]);
  });

  it('says that it was interrupted where nothing may be played any more', async () => {
    const interrupted = { found: 'interrupted' };
    expect(await shrunk(pinnedTwice, [], () => true)).toEqual([{ of: 'trace', ...interrupted }]);
    const { target, played } = onceDeviating();
    let before = Infinity;
    const stop = (): boolean => {
      before = Math.min(before, played());
      return true;
    };
    const deviating = [...long, '2 exit_group(0) = ?'];
    expect(await shrunk(deviating, [target], stop)).toEqual([{ of: 'once', ...interrupted }]);
    expect(played()).toBe(before);
  });

  it('says that it did not fail again where the target conforms the second time', async () => {
    const { target } = onceDeviating();
    const deviating = [...long, '2 exit_group(0) = ?'];
    expect(await shrunk(deviating, [target])).toEqual([{ of: 'once', found: 'not-again' }]);
  });

  it('shrinks on a target, with the same deviation', async () => {
    const mutant = mutants.find(({ id }) => id === 'exit-drops-pins');
    if (mutant === undefined) throw new Error('the mutant is gone');
    const adapter: Adapter = mutant.create();
    const lines = [
      ...long,
      '2 exit_group(0) = ?',
      '1 bpf(BPF_OBJ_GET, {pathname="/mnt/a/d/x"}, 16) = 3',
      '1 close(3) = 0',
    ];
    const targets = [
      { name: 'sound', adapter: createReference('linux-6.18') },
      { name: 'unsound', adapter },
    ];
    const [only, ...others] = await shrunk(lines, targets);
    expect(others).toEqual([]);
    expect(only?.of).toBe('unsound');
    const short = linesOf(only) ?? [];
    expect(short.length).toBeLessThan(lines.length);
    expect(short.map((line) => line.replace(/^\d (?:bpf\()?(\w+).*/, '$1'))).toEqual([
      ...['mount', 'fork', 'BPF_MAP_CREATE', 'BPF_OBJ_PIN', 'exit_group'],
    ]);
  });
});
