import type { Call, CallName, Outcome } from '../model/vocabulary/index.ts';

/** What the value of a call that succeeded is. */
export type ResultKind = 'descriptor' | 'process' | 'word' | 'nothing';

const resultKinds: Partial<Record<CallName, ResultKind>> = {
  BPF_MAP_CREATE: 'descriptor',
  BPF_MAP_LOOKUP_ELEM: 'word',
  BPF_PROG_LOAD: 'descriptor',
  BPF_OBJ_GET: 'descriptor',
  dup: 'descriptor',
  fork: 'process',
};

export function resultKind(call: CallName): ResultKind {
  return resultKinds[call] ?? 'nothing';
}

/** True for a call that makes a new object if it succeeds. */
export function createsObject(call: CallName): boolean {
  return call === 'BPF_MAP_CREATE' || call === 'BPF_PROG_LOAD';
}

/** The descriptor that a call is given, or null if it is given none. */
export function descriptorOf(call: Call): number | null {
  if (call.call === 'BPF_PROG_LOAD') return call.mapFd;
  return 'fd' in call ? call.fd : null;
}

/** The same call with another descriptor; calls that are given none stay as they are. */
export function withDescriptor(call: Call, fd: number): Call {
  if (call.call === 'BPF_PROG_LOAD') return call.mapFd === null ? call : { ...call, mapFd: fd };
  return 'fd' in call ? { ...call, fd } : call;
}

/** An outcome as texts and keys name it; `ok` without the value that renumbering would change. */
export function outcomeName(outcome: Outcome): string {
  return outcome.ok ? 'ok' : outcome.errno;
}
