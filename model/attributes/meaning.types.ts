/** What a raw call amounts to. */
import type { Call, MapLookup, MapNextKey } from '../vocabulary/index.ts';

/**
 * What is wrong with attributes, whoever asks: longer than a page; at a bad address; bytes behind
 * those that the kernel knows; a command that it does not have; bytes behind the last field of the
 * command; flags, or fields that go with them; a type of map that it does not have.
 */
export type Fault =
  'too-long' | 'unreadable' | 'tail' | 'unknown-command' | 'unused' | 'flags' | 'unknown-type';

export type Meaning =
  | { readonly kind: 'fault'; readonly fault: Fault }
  /** The kernel knows what this asks for, the specification does not. */
  | { readonly kind: 'outside' }
  | { readonly kind: 'call'; readonly call: Exclude<Call, LookUp> }
  | {
      readonly kind: 'look-up';
      /** It returns 0 and writes what it finds; as it changes nothing, that may fail afterwards. */
      readonly call: LookUp;
      /** `unwritable`: there is no memory for what it finds, so that finding it is an error. */
      readonly result: 'fine' | 'unwritable';
    };

type LookUp = MapLookup | MapNextKey;
