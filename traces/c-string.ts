/** Strings as C writes them, with the escapes that strace uses. A string stands for its UTF-8 bytes. */
import type { BytesValue, Flaw, StringValue } from './syntax.types.ts';

const letters: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  '"': 34,
  "'": 39,
  '\\': 92,
};

const printedLetters: Readonly<Record<number, string>> = {
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
  34: '\\"',
  92: '\\\\',
};

const encoder = new TextEncoder();
// A byte order mark is part of a name like any other character.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** `value` in double quotes; every byte that is not printable ASCII is escaped. */
export function printString(value: string): string {
  if (/^[ !#-[\]-~]*$/.test(value)) return `"${value}"`;
  const bytes = encoder.encode(value);
  let text = '"';
  bytes.forEach((byte, i) => {
    text += printByte(byte, bytes[i + 1] ?? 0);
  });
  return `${text}"`;
}

/** As short as can be read back: three octal digits only where an octal digit follows. */
function printByte(byte: number, next: number): string {
  const letter = printedLetters[byte];
  if (letter !== undefined) return letter;
  if (byte >= 32 && byte < 127) return String.fromCharCode(byte);
  const octal = byte.toString(8);
  return next >= 48 && next <= 55 ? `\\${octal.padStart(3, '0')}` : `\\${octal}`;
}

/** A string that was read, and where the text goes on behind its closing quote. */
export interface ScannedString {
  readonly kind: 'scanned';
  readonly value: StringValue | BytesValue;
  readonly end: number;
}

/** Reads the string whose opening quote stands at `start`; strace puts dots behind what it cut. */
export function scanString(line: string, start: number): ScannedString | Flaw {
  const scanned = scanWhole(line, start);
  if (scanned.kind === 'flaw' || !line.startsWith('...', scanned.end)) return scanned;
  const why = flaw(scanned.end, 'this string was cut short (strace -s N prints longer ones)');
  return noPath(start, scanned.end + 3, why);
}

function scanWhole(line: string, start: number): ScannedString | Flaw {
  const plain = /[^"\\]*/y;
  const bytes: number[] = [];
  let at = start + 1;
  for (;;) {
    plain.lastIndex = at;
    const run = plain.exec(line)?.[0] ?? '';
    at += run.length;
    if (line[at] === '"' && bytes.length === 0) return checked(run, start, at + 1);
    for (const byte of encoder.encode(run)) bytes.push(byte);
    if (line[at] === '"') return decoded(bytes, start, at + 1);
    if (at >= line.length) {
      return flaw(start, 'this string has no closing quote');
    }
    const escape = scanEscape(line, at);
    if (escape === null) {
      return flaw(at, `${JSON.stringify(line.slice(at, at + 2))} is no escape that C knows`);
    }
    bytes.push(escape.byte);
    at = escape.end;
  }
}

function scanEscape(line: string, at: number): { byte: number; end: number } | null {
  const number = /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2}))/y;
  number.lastIndex = at;
  const match = number.exec(line);
  if (match === null) {
    const byte = letters[line[at + 1] ?? ''];
    return byte === undefined ? null : { byte, end: at + 2 };
  }
  const [text, octal, hexadecimal] = match;
  const byte = octal === undefined ? parseInt(hexadecimal ?? '', 16) : parseInt(octal, 8);
  return byte > 255 ? null : { byte, end: at + text.length };
}

function decoded(bytes: readonly number[], start: number, end: number): ScannedString {
  try {
    return checked(decoder.decode(Uint8Array.from(bytes)), start, end);
  } catch {
    const why = 'the bytes of this string are not UTF-8, and only such names are modelled';
    return noPath(start, end, flaw(start, why));
  }
}

function checked(value: string, column: number, end: number): ScannedString {
  if (value.includes('\0')) {
    return noPath(column, end, flaw(column, 'a string of C cannot hold a NUL byte'));
  }
  if (/\p{Surrogate}/u.test(value)) {
    return noPath(column, end, flaw(column, 'this string is not well-formed Unicode'));
  }
  return { kind: 'scanned', value: { kind: 'string', column, value }, end };
}

const noPath = (column: number, end: number, why: Flaw): ScannedString => ({
  kind: 'scanned',
  value: { kind: 'bytes', column, flaw: why },
  end,
});

const flaw = (column: number, message: string): Flaw => ({ kind: 'flaw', column, message });
