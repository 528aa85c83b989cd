/** Where strings, brackets and what -y shows end in the arguments of a call. */

/** Signs by their codes: a log has millions of them to look at. */
export const sign = {
  blank: 32,
  quote: 34,
  comma: 44,
  open: 40,
  close: 41,
  dash: 45,
  less: 60,
  equals: 61,
  greater: 62,
  backslash: 92,
} as const;

export const isDigit = (code: number): boolean => code >= 48 && code <= 57;
export const isOpening = (code: number): boolean => code === 40 || code === 91 || code === 123;
export const isClosing = (code: number): boolean => code === 41 || code === 93 || code === 125;

/** Where the string ends whose quote stands at `start`; the end of the text if it does not end. */
export function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let first = at;
    while (first - 1 > start && text.charCodeAt(first - 1) === sign.backslash) first--;
    // Backslashes in pairs stand for themselves.
    if ((at - first) % 2 === 0) return at;
  }
  return text.length;
}

/**
 * The end of what -y shows, `3<socket:[5]>` or `AT_FDCWD</tmp>`; a `<` that is something else ends where it
 * stands. What is not closed goes on to the end of the text, so that nobody looks for its end again.
 */
export function endOfShown(text: string, start: number): number {
  const before = text.charCodeAt(start - 1);
  const isBehindNumber = isDigit(before) || before === 68;
  if (!isBehindNumber || text.charCodeAt(start + 1) === sign.less) return start;
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === sign.less) depth++;
    // `->` stands between the ends of a socket.
    else if (code === sign.greater && text.charCodeAt(at - 1) !== sign.dash) {
      depth--;
      if (depth === 0) return at;
    }
  }
  return text.length;
}

/** Arguments, and where the parenthesis stands that ends them; -1 if they were cut. */
export interface ScannedArguments {
  readonly parts: readonly string[];
  readonly end: number;
}

/** Cuts arguments at the commas that belong to no string and no bracket. */
export function scanArguments(text: string, start: number): ScannedArguments {
  const parts: string[] = [];
  let depth = 0;
  let from = start;
  let at = start;
  let end = -1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === sign.quote) at = endOfString(text, at);
    else if (code === sign.less) at = endOfShown(text, at);
    else if (isOpening(code)) depth++;
    else if (isClosing(code)) {
      if (depth === 0 && code === sign.close) {
        end = at;
        break;
      }
      depth--;
    } else if (code === sign.comma && depth <= 0) {
      parts.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  const last = text.slice(from, at).trim();
  if (last !== '' || parts.length > 0) parts.push(last);
  return { parts, end };
}
