import { beforeAll, describe, expect, it } from 'vitest';
import { expectGolden } from '../test/golden-file.ts';
import { profileNames } from '../model/index.ts';
import { documentText, plain } from '../report/index.ts';
import type { CommandResult } from './command.types.ts';
import { list, listTopics } from './list.ts';
import type { ListTopic } from './list.ts';

const linesOf = (text: string): readonly string[] => text.trimEnd().split('\n');

const listed = async (topic: ListTopic | undefined): Promise<CommandResult> =>
  list(topic, {}, { paint: plain });

describe('lists', () => {
  it.each(listTopics)('have a line and an item for each of the %s', async (topic) => {
    const { text, document, ending } = await listed(topic);
    const { items } = document;
    if (!Array.isArray(items)) throw new Error('a list has items');
    expect(ending).toBe('fine');
    expect(items.length).toBeGreaterThan(5);
    expect(linesOf(text)).toHaveLength(items.length + 1);
  });

  it('say in which profiles a clause stands, and what it answers there', async () => {
    const { text } = await listed('clauses');
    const closed = linesOf(text).filter((line) => /^BPF_OBJ_PIN +pin\.fd-closed /.test(line));
    expect(closed.map((line) => line.split(/ {2,}/).slice(2, 4))).toEqual([
      ['EBADF', 'seed-2015, linux-4.4, linux-4.6, linux-4.7'],
    ]);
    const taken = linesOf(text).filter((line) => /^BPF_OBJ_PIN +pin\.name-taken /.test(line));
    expect(taken.map((line) => line.split(/ {2,}/).slice(2, 4))).toEqual([['EEXIST', 'all']]);
    const profiles = linesOf(text).map((line) => line.split(/ {2,}/)[3]?.split(', ') ?? []);
    expect(profiles.filter((names) => new Set(names).size < names.length)).toEqual([]);
  });

  it('say in which scopes a goal is reached', async () => {
    const { text } = await listed('goals');
    expect(text).toMatch(/^instance-found-again +singleton +/m);
  });

  it('count the topics', async () => {
    const { text, document } = await listed(undefined);
    expect(linesOf(text)).toHaveLength(listTopics.length + 1);
    expect(document['topics']).toHaveLength(listTopics.length);
  });
});

describe('the differences of profiles', () => {
  let result: CommandResult;
  beforeAll(async () => {
    result = await list('profiles', { differences: true }, { paint: plain });
  }, 120_000);

  it('are told by the first calls that neighbours answer differently', () => {
    expectGolden('list-differences.txt', result.text);
    expectGolden('list-differences.json', documentText('list', 0, result.document));
  });

  it('have a trace for each pair of neighbours', () => {
    const pairs = result.text.split('\n\n').slice(1);
    expect(pairs).toHaveLength(profileNames.length - 1);
    expect(pairs.filter((text) => !/^ {4}\S+\.trace:\d+$/m.test(text))).toEqual([]);
  });

  it('say why where no trace is known', () => {
    const bare = linesOf(result.text).filter((line) => /no trace is known\.$/.test(line));
    expect(bare).toEqual([]);
  });

  it.each(listTopics.filter((topic) => topic !== 'profiles'))('are not those of %s', (topic) => {
    expect(() => list(topic, { differences: true }, { paint: plain })).toThrow(
      '--differences is for the topic profiles only: pinproof list profiles --differences.',
    );
  });
});
