/**
 * The trace format: the text that strace users read already, and the same events as JSON lines. A
 * trace stores calls and outcomes, never seeds, so that it survives changes of the model.
 */
export { answerText, cProgram } from './export/c-program.ts';
export type { CProgram, ExpectedStep, Exported } from './export/c-program.ts';
export { cParts } from './export/c-function-call.ts';
export type { CPart } from './export/c-function-call.ts';
export { itfNumber, itfString, itfText } from './export/itf.ts';
export type { ItfMeta, ItfState, ItfValue } from './export/itf.ts';
export { shellScript } from './export/shell-script.ts';
export type { HeaderResult, TraceHeader } from './header.ts';
export { headerEntries, readHeader } from './header.ts';
export { traceFromJsonLines, traceToJsonLines } from './json-lines.ts';
export { suggestion } from './nearest.ts';
export { parseTrace, traceLimits } from './parse.ts';
export { printEvent, printOutcome, printStep, printTrace } from './print.ts';
export type { HeaderEntry, ParseResult, Trace, TraceError, TraceEvent } from './trace.types.ts';
export type {
  ForkFlags,
  LogCall,
  LogEvent,
  LogFd,
  LogPath,
  LogResult,
  NetlinkRequest,
  ObjectSort,
} from './log/log.types.ts';
export { createLogReader, logLimits } from './log/read-log.ts';
export type { LogReader } from './log/read-log.ts';
export { callsThatMatter } from './log/read-log-call.ts';
