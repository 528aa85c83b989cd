/** What the user can mend: one sentence that says what, where and how. Ends the program with 2. */
export class BadInput extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'BadInput';
  }
}

/** What could not be started, in one sentence. Ends the program with 3. */
export class CannotStart extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'CannotStart';
  }
}

/** The user interrupted before there was anything to print. Ends the program with 130. */
export class Interrupted extends Error {
  constructor() {
    super('interrupted');
    this.name = 'Interrupted';
  }
}

/** What went wrong, as one line. */
export function messageOf(failure: unknown): string {
  const message = failure instanceof Error ? failure.message : String(failure);
  return message.replaceAll(/\s*\n\s*/g, ' ').trim();
}

/** Why the file system refused, without the path that the sentence names anyway. */
export function refusalOf(failure: unknown): string {
  return messageOf(failure).replace(/, [a-z]+ '.*$/, '');
}

/** Where something went wrong, as far as that is known. */
export function stackOf(failure: unknown): string {
  return failure instanceof Error && failure.stack !== undefined
    ? failure.stack
    : messageOf(failure);
}
