/** What calls name: processes, descriptors, paths. */

/** A process, numbered in the order of creation within a run: the first is 1, fork makes the next. */
export type Pid = number;

/** A descriptor number as the process sees it. 0, 1 and 2 are open on /dev/null from the start. */
export type Fd = number;

/** What a call gets as a path: the string, or null for a NULL pointer. */
export type Path = string | null;
