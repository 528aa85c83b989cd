import { describe, expect, it } from 'vitest';
import { expectGolden } from '../test/golden-file.ts';
import { checkDocument, checkSummary, checkText, documentText, plain } from './index.ts';
import { conforming, deviating, outcomesOnly, partlyBlind, tagged } from './results.test-data.ts';

describe('what checking found', () => {
  it('says what was compared, judged, skipped and not observable', () => {
    expectGolden('check-conforms.txt', checkText(partlyBlind, plain));
  });

  it('groups deviations by property, then by clause, each with its trace', () => {
    expectGolden('check-deviates.txt', checkText(deviating, plain));
  });

  it('says that nothing was compared, and why', () => {
    expectGolden('check-inconclusive.txt', checkText(outcomesOnly, plain));
  });

  it('counts traces where they were given to be played', () => {
    const runs = { traces: 1200, short: 0, random: 0 };
    const report = { ...conforming, campaign: { ...conforming.campaign, runs } };
    expect(checkText(report, plain)).toMatch(/^ {2}compared: [\d,]+ calls in 1,200 traces$/m);
    expect(checkSummary(report, plain)).toMatch(
      /: conforms; [\d,]+ calls in 1,200 traces compared/,
    );
  });

  it('sets off the verdict in colour', () => {
    expect(checkSummary(conforming, tagged)).toContain('<good>conforms</good>');
    expect(checkSummary(deviating, tagged)).toContain('<bad>3 deviations</bad>');
    expect(checkSummary(outcomesOnly, tagged)).toContain('<doubtful>inconclusive</doubtful>');
    expect(checkText(outcomesOnly, tagged)).toContain('<doubtful>stopped before');
    expect(checkText(deviating, tagged)).toContain('<bad>clause pin.fd-closed</bad>');
  });

  it('is a document of everything that was found', () => {
    expectGolden('check.json', documentText('check', 1, checkDocument(deviating)));
  });
});
