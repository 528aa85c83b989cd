/** What is found out about some lines of a log. */
import { createLogReader } from '../../traces/index.ts';
import { createLogPlanner, explainLog } from './explain-log.ts';
import type { Explanation } from './explanation.types.ts';
import { createLogWorlds } from './log-worlds.ts';

const worlds = createLogWorlds();

export function explained(...lines: readonly string[]): Explanation {
  const reader = createLogReader(1);
  const events = lines.flatMap((line, k) => reader.read(line, k + 1));
  const planner = createLogPlanner();
  for (const event of events) planner.take(event);
  const explainer = explainLog('linux-6.18', planner.finish(), {}, worlds);
  for (const event of events) explainer.take(event);
  return explainer.finish();
}
