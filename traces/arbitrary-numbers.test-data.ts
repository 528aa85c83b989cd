/** Numbers that calls have. */
import * as fc from 'fast-check';

export const word = fc.oneof(fc.nat(5), fc.nat(0xffffffff));
/** Of an object. */
export const id = fc.oneof(fc.nat(5), fc.nat(65_535));
export const foundId = id.filter((each) => each > 0);
export const descriptor = fc.oneof(fc.nat(9), fc.integer());
