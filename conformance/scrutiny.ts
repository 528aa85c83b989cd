import type { Scrutiny } from './run.ts';

/** Outcomes, identities and lists of what is alive; no sights, no waiting. */
export const plainScrutiny: Scrutiny = {
  sights: 'none',
  afterSight: 'stop',
  settle: 'never',
  lateAfter: 0,
};
