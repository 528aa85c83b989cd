import { describe, expect, it } from 'vitest';
import { expectGolden } from '../test/golden-file.ts';
import {
  documentText,
  plain,
  surveyDocument,
  surveyEnding,
  surveyMarkdown,
  surveyText,
} from './index.ts';
import { tagged } from './results.test-data.ts';
import { ofTargets, surveyed } from './surveys.test-data.ts';

describe('what a survey found', () => {
  it('names the closest profile of each target or the tie, what differs, and why', () => {
    expectGolden('survey-three.txt', surveyText(surveyed, plain));
  });

  it('is a page of Markdown', () => {
    expectGolden('survey-three.md', surveyMarkdown(surveyed));
  });

  it('is a document of everything that was found', () => {
    expectGolden('survey.json', documentText('survey', 4, surveyDocument(surveyed)));
  });

  it('sets off in colour what is one profile, what is a tie, and what differs', () => {
    const text = surveyText(surveyed, tagged);
    expect(text).toContain('<good>closest: linux-6.18</good>; 2 switches agree, 1 undecided');
    expect(text).toContain('<doubtful>closest: a tie of linux-6.12 and linux-6.18</doubtful>');
    expect(text).toContain('<bad>EBADF <<');
  });

  it('says of one target alone no more than that', () => {
    expect(surveyText(ofTargets(0), plain)).not.toContain('differ in');
    expect(surveyText(ofTargets(0, 0), plain)).toContain('linux and linux do not differ');
    expect(surveyMarkdown(ofTargets(0, 0))).toContain('They do not differ.');
  });

  it('is inconclusive where of a target nothing is decided, or not all if that is strict', () => {
    expect(surveyEnding(surveyed, 'lenient')).toBe('inconclusive');
    expect(surveyEnding(ofTargets(0, 1), 'lenient')).toBe('fine');
    expect(surveyEnding(ofTargets(0, 1), 'strict')).toBe('inconclusive');
    expect(surveyEnding(ofTargets(1), 'strict')).toBe('fine');
    expect(surveyEnding(ofTargets(), 'lenient')).toBe('inconclusive');
  });
});
