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
    expectGolden('survey.json', documentText('survey', 3, surveyDocument(surveyed)));
  });

  it('sets off in colour what is one profile, what is a tie, and what differs', () => {
    const text = surveyText(surveyed, tagged);
    expect(text).toContain('<good>closest: linux-6.18</good>; 2 switches agree, 1 undecided');
    expect(text).toContain('<doubtful>closest: a tie of linux-6.12 and linux-6.18</doubtful>');
    expect(text).toContain('<bad>EBADF <<');
  });

  it('names a target that could not be surveyed, on one line, with the reason', () => {
    const [line] = surveyText(surveyed, tagged).match(/^.*not surveyed.*$/m) ?? [];
    expect(line).toContain(': <bad>not surveyed ("./none" ended without a word|of itself)</bad>');
    expect(surveyText(surveyed, plain).trimEnd().split('\n').at(-1)).toMatch(
      /; exec:\.\/none --at all: not surveyed \("\.\/none" ended without a word\|of itself\)$/,
    );
    expect(surveyDocument(surveyed)['notSurveyed']).toEqual(surveyed.notSurveyed);
  });

  it('has no tables where no target could be surveyed', () => {
    const nothing = { ...ofTargets(), notSurveyed: surveyed.notSurveyed };
    expect(surveyText(nothing, plain)).toMatch(/^exec[^\n]*: not surveyed [^\n]*\n\nexec[^\n]*\n$/);
    expect(surveyMarkdown(nothing)).not.toContain('| switch |');
  });

  it('does not say of a target that says nothing that it is like the others', () => {
    expect(ofTargets(0, 2).differences).toEqual([]);
    expect(surveyText(ofTargets(0, 2), plain)).not.toContain('do not differ');
  });

  it('says of one target alone no more than that', () => {
    expect(surveyText(ofTargets(0), plain)).not.toContain('differ in');
    expect(surveyText(ofTargets(0, 0), plain)).toContain('linux and linux do not differ');
    expect(surveyMarkdown(ofTargets(0, 0))).toContain('They do not differ.');
  });

  it('is broken where a target could not be surveyed, whatever the others are', () => {
    const { notSurveyed } = surveyed;
    for (const strictness of ['lenient', 'strict'] as const) {
      expect(surveyEnding(surveyed, strictness)).toBe('broken');
      expect(surveyEnding({ ...ofTargets(1), notSurveyed }, strictness)).toBe('broken');
      expect(surveyEnding({ ...ofTargets(), notSurveyed }, strictness)).toBe('broken');
    }
  });

  it('is inconclusive where of a target nothing is decided, or not all if that is strict', () => {
    expect(surveyEnding(ofTargets(0, 1, 2), 'lenient')).toBe('inconclusive');
    expect(surveyEnding(ofTargets(0, 1), 'lenient')).toBe('fine');
    expect(surveyEnding(ofTargets(0, 1), 'strict')).toBe('inconclusive');
    expect(surveyEnding(ofTargets(1), 'strict')).toBe('fine');
    expect(surveyEnding(ofTargets(), 'lenient')).toBe('inconclusive');
  });
});
