/** Results as text and as JSON: pure functions of result data. */
export { checkSummary, checkText } from './check-text.ts';
export type * from './check.types.ts';
export { differencesText } from './differences-text.ts';
export type * from './differences.types.ts';
export {
  checkDocument,
  documentText,
  resultFormat,
  scopeDocument,
  startDocument,
  surveyDocument,
} from './document.ts';
export {
  checkEnding,
  endingOf,
  explainEnding,
  exitCodes,
  replayEnding,
  startEnding,
  surveyEnding,
  worstEnding,
  type Ending,
  type Strictness,
} from './exit-code.ts';
export { explainMermaid } from './explain-mermaid.ts';
export { explainText } from './explain-text.ts';
export type * from './explain.types.ts';
export { listText, topicsText } from './list-text.ts';
export type * from './list.types.ts';
export { plain, type Paint } from './paint.ts';
export { planDocument, planReportText, type PlanReport } from './plan-text.ts';
export { replaySummary, replayText } from './replay-text.ts';
export type * from './replay.types.ts';
export { startSummary, startText } from './start-text.ts';
export type * from './start.types.ts';
export { surveyMarkdown } from './survey-markdown.ts';
export { surveyText } from './survey-text.ts';
export { differencesOfTargets, likenessText } from './survey-values.ts';
export type * from './survey.types.ts';
export { counted, grouped, left, right, tableLines, type Column } from './table.ts';
export { problemLines, verifySummary, verifyTable, verifyText } from './verify-text.ts';
export type * from './verify.types.ts';
