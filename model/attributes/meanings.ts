import type { Call } from '../vocabulary/index.ts';
import type { Fault, Meaning } from './meaning.types.ts';

export const outside: Meaning = { kind: 'outside' };
export const fault = (what: Fault): Meaning => ({ kind: 'fault', fault: what });
export const plain = (call: Call): Meaning => ({ kind: 'call', call, result: 'fine' });
