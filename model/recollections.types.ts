/** By any number: arguments that were found to succeed. */
export type Recollections = (readonly number[] | undefined)[];
