import type { Fault, Meaning } from './meaning.types.ts';

export const outside: Meaning = { kind: 'outside' };
export const fault = (what: Fault): Meaning => ({ kind: 'fault', fault: what });
export const plain = (call: Extract<Meaning, { kind: 'call' }>['call']): Meaning => ({
  kind: 'call',
  call,
});
