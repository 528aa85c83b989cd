import { describe, expect, it } from 'vitest';
import { counted, grouped, left, listText, plain, right, tableLines, topicsText } from './index.ts';
import type { Listing } from './index.ts';

const fruits: Listing = {
  topic: 'fruits',
  about: 'What grows on trees.',
  columns: ['name', 'number', 'colours'],
  items: [
    { name: 'apple', number: 12, colours: ['red', 'green'] },
    { name: 'fig', number: 3, colours: [], hidden: 'only in documents' },
  ],
};

describe('lists', () => {
  it('are tables of the printed columns', () => {
    expect(listText(fruits, plain).split('\n')).toEqual([
      'name   number  colours',
      'apple  12      red, green',
      'fig    3',
      '',
    ]);
  });

  it('are counted where the topics are listed', () => {
    expect(topicsText([fruits], plain)).toBe(
      'topic   number  about\nfruits  2       What grows on trees.\n',
    );
  });
});

describe('tables', () => {
  it('align columns to either side and end no line in spaces', () => {
    const lines = tableLines(
      [left('a'), right('number'), left('c')],
      [
        ['é', '1', ''],
        ['bb', '22'],
      ],
    );
    expect(lines).toEqual(['a   number  c', 'é        1', 'bb      22']);
  });

  it('take every cell without a column as it is', () => {
    expect(tableLines([left('a')], [['1', 'x']])).toEqual(['a', '1  x']);
    expect(tableLines([left('a'), left('b')], [[]])).toEqual(['a  b', '']);
  });

  it('group thousands and count nouns', () => {
    expect([0, 999, 1000, 1_234_567].map(grouped)).toEqual(['0', '999', '1,000', '1,234,567']);
    expect([
      counted(1, 'call'),
      counted(2000, 'call'),
      counted(0, 'property', 'properties'),
    ]).toEqual(['1 call', '2,000 calls', '0 properties']);
  });
});
