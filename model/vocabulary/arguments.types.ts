/** What calls name: processes, descriptors, paths. */

/** A process, numbered in the order of creation within a run: the first is 1, fork makes the next. */
export type Pid = number;

/** A descriptor number as the process sees it. 0, 1 and 2 are open on /dev/null from the start. */
export type Fd = number;

/**
 * An object, numbered in the order of creation within a run, maps and programs together: the first is
 * 1. 0 is none. No kernel counts so, whose ids are the machine's.
 */
export type ObjectId = number;

/** What a call gets as a path: the string, or null for a NULL pointer. */
export type Path = string | null;

/**
 * Bytes of the attributes of bpf(2), from `offset` on: a number of `width` bytes below 2 ** 32 (in 8
 * bytes below 2 ** 16, so that it is no address that leads anywhere); or, in 8 bytes, a pointer to a
 * string, or to a word of 4 bytes (`[word]`).
 */
export interface AttrField {
  readonly offset: number;
  readonly width: 1 | 4 | 8;
  readonly value: number | string | readonly [word: number];
}
