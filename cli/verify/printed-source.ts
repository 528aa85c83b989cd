/** What the searches of some jobs would run: their generated text, for audit. */
import { createSearch } from '../../model/index.ts';
import type { CommandResult } from '../command.types.ts';
import { notedFor, scopeOf } from './search-scope.ts';
import type { SearchJob } from './job.types.ts';

/** Searches nothing. */
export function printedSource(jobs: readonly SearchJob[]): CommandResult {
  const sources = jobs.map((job) => {
    const reduction = job.symmetry === 'on' ? 'symmetry' : 'none';
    const { switches } = notedFor(job);
    const text = createSearch({ switches, ...scopeOf(job) }, reduction).source();
    return { scope: job.scope, profile: job.profile.label, text };
  });
  const parts = sources.map(({ scope, profile, text }) => `// ${scope}, ${profile}\n\n${text}\n`);
  const last = `// generated for ${sources.length === 1 ? 'one search' : `${sources.length} searches`}; nothing was searched`;
  return {
    ending: 'fine',
    text: `${[...parts, last].join('\n')}\n`,
    document: { sources },
    measurements: {},
  };
}
