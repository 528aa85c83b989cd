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
  const all = new Map<string, Known[]>();
  return {
    find(job) {
      const switches = relevantSwitches({ ...scopeOf(job), switches: job.profile.switches });
      const like = all.get(questionOf(job))?.find(({ noted }) => noted.answer(switches));
      if (like === undefined) return undefined;
      const searched = like.job.profile.label;
      return { ...like.report, profile: job.profile.label, searchedAs: searched };
    },
    // What ended early, has a trace to tell, or tells of the profile's own clauses is searched for itself.
    keep(known) {
      const { verdict, limit, coverage } = known.report;
      if (verdict !== 'pass' || limit !== null || coverage !== null) return;
      const question = questionOf(known.job);
      all.set(question, [...(all.get(question) ?? []), known]);
    },
  };
}

/** What is asked of a search besides the profile; with what is claimed under it. */
function questionOf(job: SearchJob): string {
  return JSON.stringify([
    { ...job, profile: null },
    propertiesOf(scopeOf(job), job).map(({ id }) => id),
    goalsOf(scopeOf(job), job).map(({ id }) => id),
  ]);
}
