/**
 * Adapters: what lets the suite drive an implementation. May import the model's vocabulary and the
 * types of traces; each adapter sees itself and the contract only.
 */
export * from './contract/index.ts';
export { createExec, type ExecOptions } from './exec/index.ts';
export {
  completeHello,
  createLinux,
  helloOn,
  isAnswered,
  objectsNamed,
  planText,
  playedAdapter,
  portableAgent,
  probeLinux,
  readAnswers,
  stepsPlayed,
  type Answers,
  type LinuxOptions,
  type LinuxPermission,
  type RunAnswers,
  type RunToPlay,
} from './linux/index.ts';
export { mutants, type Mutant } from './mutants/index.ts';
export { changesOf, createReference, type KernelName } from './reference/index.ts';
