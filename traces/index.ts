/**
 * The trace format: the text that strace users read already, and the same events as JSON lines. A
 * trace stores calls and outcomes, never seeds, so that it survives changes of the model.
 */
export type { HeaderResult, TraceHeader } from './header.ts';
export { headerEntries, readHeader } from './header.ts';
export { traceFromJsonLines, traceToJsonLines } from './json-lines.ts';
export { suggestion } from './nearest.ts';
export { parseTrace, traceLimits } from './parse.ts';
export { printEvent, printOutcome, printStep, printTrace } from './print.ts';
export type { HeaderEntry, ParseResult, Trace, TraceError, TraceEvent } from './trace.types.ts';
