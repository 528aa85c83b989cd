import { describe, expect, it } from 'vitest';
import type { ProfileName } from '../../model/index.ts';
import { chooseProfile } from '../selection.ts';
import { createAlikes } from './alike.ts';
import type { SearchJob } from './job.types.ts';
import { notedFor, searchScope } from './search-scope.ts';

const jobFor = (profile: ProfileName, more: Partial<SearchJob> = {}): SearchJob => ({
  scope: 'filters',
  profile: chooseProfile(profile, []),
  property: null,
  engine: 'drivers',
  symmetry: 'on',
  lossy: 'off',
  coverage: 'off',
  maxStates: 100_000,
  maxMemory: 1e9,
  deadline: null,
  ...more,
});

const silent = { stop: () => null, progress: () => undefined };

function searched(job: SearchJob) {
  const noted = notedFor(job);
  return { job, noted, report: searchScope(job, silent, noted) };
}

describe('searches that come out the same', () => {
  it('are known by what the first one read, and are what a search of their own would tell', () => {
    const alikes = createAlikes();
    const first = searched(jobFor('linux-6.1'));
    expect(alikes.find(first.job)).toBeUndefined();
    alikes.keep(first);
    const alike = alikes.find(jobFor('linux-6.12'));
    expect(alike?.searchedAs).toBe('linux-6.1');
    expect({ ...alike, searchedAs: null }).toEqual(searched(jobFor('linux-6.12')).report);
  });

  it('are no others: another kernel, another question', () => {
    const alikes = createAlikes();
    alikes.keep(searched(jobFor('linux-6.1')));
    expect(alikes.find(jobFor('linux-4.4'))).toBeUndefined();
    expect(alikes.find(jobFor('linux-6.12', { property: 'isolation' }))).toBeUndefined();
    expect(alikes.find(jobFor('linux-6.12', { maxStates: 7 }))).toBeUndefined();
  });

  it('are made for themselves where clauses are told, which are each profile’s own', () => {
    const alikes = createAlikes();
    const first = searched(jobFor('linux-6.1', { coverage: 'on' }));
    expect(first.report.coverage?.clauses.reached).toBeGreaterThan(5);
    alikes.keep(first);
    expect(alikes.find(jobFor('linux-6.12', { coverage: 'on' }))).toBeUndefined();
  });

  it('are not kept where one ended early', () => {
    const alikes = createAlikes();
    alikes.keep(searched(jobFor('linux-6.1', { maxStates: 7 })));
    expect(alikes.find(jobFor('linux-6.12', { maxStates: 7 }))).toBeUndefined();
  });
});
