/** Searches that come out the same, because all that they ask of their switches has the same answers. */
import { relevantSwitches, type NotedSwitches } from '../../model/index.ts';
import type { ScopeReport } from '../../report/index.ts';
import { propertiesOf, goalsOf, scopeOf } from './search-scope.ts';
import type { SearchJob } from './job.types.ts';

interface Known {
  readonly job: SearchJob;
  readonly noted: NotedSwitches;
  readonly report: ScopeReport;
}

export interface Alikes {
  /** The report of a search that was done under another profile and would come out the same. */
  readonly find: (job: SearchJob) => ScopeReport | undefined;
  readonly keep: (known: Known) => void;
}

export function createAlikes(): Alikes {
  const all: Known[] = [];
  return {
    find(job) {
      const switches = relevantSwitches({ ...scopeOf(job), switches: job.profile.switches });
      const like = all.find(
        (known) => sameQuestion(known.job, job) && known.noted.answer(switches),
      );
      if (like === undefined) return undefined;
      const searched = like.job.profile.label;
      return { ...like.report, profile: job.profile.label, searchedAs: searched };
    },
    // What ended early, has a trace to tell, or tells of the profile's own clauses is searched for itself.
    keep(known) {
      const { verdict, limit, coverage } = known.report;
      if (verdict === 'pass' && limit === null && coverage === null) all.push(known);
    },
  };
}

function sameQuestion(one: SearchJob, other: SearchJob): boolean {
  const key = (job: SearchJob): string =>
    JSON.stringify([
      { ...job, profile: null },
      propertiesOf(scopeOf(job), job).map(({ id }) => id),
      goalsOf(scopeOf(job), job).map(({ id }) => id),
    ]);
  return key(one) === key(other);
}
