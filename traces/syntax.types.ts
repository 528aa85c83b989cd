/** What a line of a trace is made of, before anybody asks what it means. Columns count from 0. */

export interface NumberValue {
  readonly kind: 'number';
  readonly column: number;
  readonly value: number;
  /** As written. */
  readonly text: string;
}

export interface StringValue {
  readonly kind: 'string';
  readonly column: number;
  readonly value: string;
}

/** A constant by name: NULL, BPF_ANY, MS_BIND|MS_REC, KERNEL_VERSION(0, 0, 0). */
export interface WordValue {
  readonly kind: 'word';
  readonly column: number;
  readonly text: string;
}

export interface Field {
  readonly column: number;
  readonly name: string;
  readonly value: Value;
}

/** Fields in braces. */
export interface FieldsValue {
  readonly kind: 'fields';
  readonly column: number;
  readonly fields: readonly Field[];
}

export type Value = NumberValue | StringValue | WordValue | FieldsValue;

export interface CallSyntax {
  readonly pid: NumberValue;
  /** Where the name of the call stands. */
  readonly column: number;
  readonly name: string;
  readonly args: readonly Value[];
  /** Where the closing parenthesis stands. */
  readonly end: number;
  readonly result: ResultSyntax | null;
  /** A comment at the end of the line, without its `#`. */
  readonly comment: string | null;
}

/** What stands behind `=`. */
export interface ResultSyntax {
  readonly column: number;
  /** `?`, or a number. */
  readonly value: NumberValue | '?';
  /** The name of an error. */
  readonly errno: WordValue | null;
  /** N of `(value=N)`. */
  readonly found: NumberValue | null;
}

/** Why something cannot be read, and where in its line. */
export interface Flaw {
  readonly kind: 'flaw';
  readonly column: number;
  readonly message: string;
}
