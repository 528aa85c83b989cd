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

/** A string that can be no path: it was cut short, or its bytes are no text of C. */
export interface BytesValue {
  readonly kind: 'bytes';
  readonly column: number;
  /** Why it is no path. */
  readonly flaw: Flaw;
}

/** A constant by name: NULL, BPF_ANY, MS_BIND|MS_REC, KERNEL_VERSION(0, 0, 0). */
export interface WordValue {
  readonly kind: 'word';
  readonly column: number;
  readonly text: string;
}

/** NAME=VALUE: in braces, or as an argument of a call that has named ones. */
export interface Field {
  readonly kind: 'field';
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

/** Values in brackets. */
export interface ListValue {
  readonly kind: 'list';
  readonly column: number;
  readonly items: readonly Value[];
}

export type Value =
  NumberValue | StringValue | BytesValue | WordValue | FieldsValue | ListValue | Field;

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
  /** WORD of `(flags WORD)`. */
  readonly flags: WordValue | null;
}

/** Why something cannot be read, and where in its line. */
export interface Flaw {
  readonly kind: 'flaw';
  readonly column: number;
  readonly message: string;
}
