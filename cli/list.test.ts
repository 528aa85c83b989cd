import { describe, expect, it } from 'vitest';
import { plain } from '../report/index.ts';
import { list, listTopics } from './list.ts';

const linesOf = (text: string): readonly string[] => text.trimEnd().split('\n');

describe('lists', () => {
  it.each(listTopics)('have a line and an item for each of the %s', (topic) => {
    const { text, document, ending } = list(topic, { paint: plain });
    const { items } = document;
    if (!Array.isArray(items)) throw new Error('a list has items');
    expect(ending).toBe('fine');
    expect(items.length).toBeGreaterThan(5);
    expect(linesOf(text)).toHaveLength(items.length + 1);
  });

  it('say in which profiles a clause stands, and what it answers there', () => {
    const { text } = list('clauses', { paint: plain });
    const closed = linesOf(text).filter((line) => /^BPF_OBJ_PIN +pin\.fd-closed /.test(line));
    expect(closed.map((line) => line.split(/ {2,}/).slice(2, 4))).toEqual([
      ['EBADF', 'seed-2015, linux-4.4, linux-4.6, linux-4.7'],
    ]);
    const taken = linesOf(text).filter((line) => /^BPF_OBJ_PIN +pin\.name-taken /.test(line));
    expect(taken.map((line) => line.split(/ {2,}/).slice(2, 4))).toEqual([['EEXIST', 'all']]);
    const profiles = linesOf(text).map((line) => line.split(/ {2,}/)[3]?.split(', ') ?? []);
    expect(profiles.filter((names) => new Set(names).size < names.length)).toEqual([]);
  });

  it('say in which scopes a goal is reached', () => {
    const { text } = list('goals', { paint: plain });
    expect(text).toMatch(/^instance-found-again +singleton +/m);
  });

  it('count the topics', () => {
    const { text, document } = list(undefined, { paint: plain });
    expect(linesOf(text)).toHaveLength(listTopics.length + 1);
    expect(document['topics']).toHaveLength(listTopics.length);
  });
});
