import { describe, expect, it } from 'vitest';
import {
  checkEnding,
  endingOf,
  exitCodes,
  replayEnding,
  startEnding,
  worstEnding,
} from './index.ts';
import type { StartReport } from './index.ts';
import { beyondBounds, replayed } from './replay-results.test-data.ts';
import {
  conforming,
  deviating,
  outcomesOnly,
  partlyBlind,
  passing,
  violated,
} from './results.test-data.ts';

describe('endings', () => {
  it('have the exit codes that scripts rely on', () => {
    expect(exitCodes).toEqual({ usage: 2, deviation: 1, broken: 3, inconclusive: 4, fine: 0 });
  });

  it('give way to bad input, then deviations, then breakage, then doubt', () => {
    expect(worstEnding(['fine', 'inconclusive', 'broken', 'deviation', 'usage'])).toBe('usage');
    expect(worstEnding(['fine', 'inconclusive', 'broken', 'deviation'])).toBe('deviation');
    expect(worstEnding(['fine', 'inconclusive', 'broken'])).toBe('broken');
    expect(worstEnding(['fine', 'inconclusive'])).toBe('inconclusive');
    expect(worstEnding(['fine'])).toBe('fine');
    expect(worstEnding([])).toBe('inconclusive');
  });

  it('follow from the verdict of a search', () => {
    expect((['pass', 'fail', 'inconclusive'] as const).map(endingOf)).toEqual([
      'fine',
      'deviation',
      'inconclusive',
    ]);
  });

  it('are spoilt by what a strict check left out', () => {
    expect(checkEnding(conforming, 'strict')).toBe('fine');
    expect(checkEnding(partlyBlind, 'lenient')).toBe('fine');
    expect(checkEnding(partlyBlind, 'strict')).toBe('inconclusive');
    expect(checkEnding(deviating, 'strict')).toBe('deviation');
    expect(checkEnding(outcomesOnly, 'lenient')).toBe('inconclusive');
  });

  it('are inconclusive for a campaign that was stopped', () => {
    const { campaign } = conforming;
    const stopped = { ...conforming, campaign: { ...campaign, ended: 'stopped' } as const };
    expect(checkEnding(stopped, 'lenient')).toBe('inconclusive');
  });

  it('follow from the verdicts of a replay, and are inconclusive if it has no calls', () => {
    expect(replayEnding(replayed)).toBe('deviation');
    expect(replayEnding(beyondBounds)).toBe('inconclusive');
    expect(replayEnding({ ...replayed, verdicts: replayed.verdicts.slice(0, 1) })).toBe('fine');
    expect(replayEnding({ ...replayed, verdicts: [] })).toBe('fine');
    expect(replayEnding({ ...replayed, verdicts: [], rows: [] })).toBe('inconclusive');
    expect(replayEnding({ ...beyondBounds, verdicts: [] })).toBe('inconclusive');
  });

  it('take the worst of a start', () => {
    const start: StartReport = {
      searches: [passing],
      reference: [conforming],
      linux: { target: 'linux', skipped: 'no root' },
    };
    expect(startEnding(start, 'lenient')).toBe('fine');
    expect(startEnding(start, 'strict')).toBe('inconclusive');
    expect(startEnding({ ...start, linux: partlyBlind }, 'lenient')).toBe('fine');
    const broken = { ...start, linux: { target: 'linux', broken: 'it ended' } };
    expect(startEnding(broken, 'lenient')).toBe('broken');
    expect(startEnding({ ...broken, searches: [violated] }, 'lenient')).toBe('deviation');
  });
});
