import { describe, expect, it } from 'vitest';
import { expectGolden } from '../test/golden-file.ts';
import { documentText, plain, startDocument, startSummary, startText } from './index.ts';
import type { StartReport } from './index.ts';
import {
  conforming,
  deviating,
  outcomesOnly,
  partlyBlind,
  passing,
  tagged,
  unfinished,
  vacuous,
} from './results.test-data.ts';

const fine: StartReport = {
  searches: [passing],
  reference: [conforming, { ...conforming, profile: 'linux-6.18' }],
  linux: partlyBlind,
};
const skipped: StartReport = {
  ...fine,
  linux: { target: 'linux', skipped: 'The linux adapter needs root.' },
};
const bad: StartReport = {
  searches: [passing, vacuous, unfinished('time')],
  reference: [outcomesOnly],
  linux: deviating,
};

describe('what start found', () => {
  it('is one table where all is well', () => {
    expectGolden('start.txt', startText(fine, plain));
  });

  it('says that linux was skipped, why, and how much was done', () => {
    expectGolden('start-skipped.txt', startText(skipped, plain));
  });

  it('says below the table what is wrong', () => {
    expectGolden('start-bad.txt', startText(bad, plain));
  });

  it('says that the check of linux broke', () => {
    const broken = { ...fine, linux: { target: 'linux', broken: 'The agent ended.' } };
    expect(startText(broken, plain)).toContain('linux: BROKEN (The agent ended.)');
    expect(startSummary(broken, plain)).toBe(
      '2 of 3 parts done: the model holds, the reference conforms, linux broken',
    );
  });

  it('sets off verdicts in colour', () => {
    expect(startText(bad, tagged)).toMatch(/<good>pass +<\/good>/);
    expect(startText(bad, tagged)).toMatch(/<bad>fail +<\/bad>/);
    expect(startSummary(bad, tagged)).toBe(
      '3 of 3 parts done: the model <bad>is violated</bad>, the reference <doubtful>inconclusive</doubtful>, linux <bad>deviates</bad>',
    );
  });

  it('is a document that names what was not checked', () => {
    expect(startDocument(fine)).toMatchObject({ checks: [{}, {}, {}], notChecked: [] });
    expectGolden('start-skipped.json', documentText('start', 0, startDocument(skipped)));
  });
});
