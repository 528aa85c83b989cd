/** The arguments of calls in a log, read leniently: what cannot be read is null. */
import { scanString } from '../c-string.ts';
import type { LogFd, LogPath, LogResult } from './log.types.ts';
import { endOfShown, scanArguments, sign } from './scan-arguments.ts';

/** What is gone by its name is marked behind what -y shows, `3</tmp/x>(deleted)`. */
const fdForm = /^(-?\d{1,10})(?:<(.*)>(?:\(deleted\))?)?$/s;
const cwdForm = /^AT_FDCWD(?:<(.*)>(?:\(deleted\))?)?$/s;

export function fdOf(text: string | undefined): LogFd | null {
  const [, digits, shown] = fdForm.exec(text ?? '') ?? [];
  if (digits === undefined || Number(digits) < 0) return null;
  return { fd: Number(digits), shown: shownOf(shown) };
}

/** The descriptors of a list, `[3<socket:[5]>, 4]`; what is none of its numbers is left out. */
export function fdsOf(text: string | undefined): readonly LogFd[] {
  const [, list = ''] = /^\[(.*)\]$/s.exec(text ?? '') ?? [];
  return scanArguments(list, 0).parts.flatMap((item) => fdOf(item) ?? []);
}

/** What -y shows is escaped as in a string, but stands in no quotes. */
function shownOf(text: string | undefined): string | null {
  if (text?.includes('\\') !== true) return text ?? null;
  return stringOf(`"${text}"`);
}

/** A string in quotes; null for what was cut short, is no text, or is a pointer. */
export function stringOf(text: string | undefined): string | null {
  if (text?.startsWith('"') !== true) return null;
  const scanned = scanString(text, 0);
  if (scanned.kind === 'flaw' || scanned.value.kind !== 'string') return null;
  return scanned.end === text.length ? scanned.value.value : null;
}

/** A path from the working directory. */
export function pathOf(text: string | undefined): LogPath | null {
  const path = stringOf(text);
  return path === null ? null : { dir: null, cwd: null, path };
}

/** A path from a directory's descriptor; null where it cannot be told which directory that is. */
export function pathAt(dir: string | undefined, text: string | undefined): LogPath | null {
  const path = stringOf(text);
  if (path === null || dir === undefined) return null;
  const working = cwdForm.exec(dir);
  if (working !== null) return { dir: null, cwd: shownOf(working[1]), path };
  const fd = fdOf(dir);
  // From the root, no directory is looked at.
  if (fd === null) return path.startsWith('/') ? { dir: null, cwd: null, path } : null;
  return { dir: fd, cwd: null, path };
}

/** A path from a directory that the log does not show. */
export const pathFromHidden = (path: string): LogPath => ({
  ...{ dir: { fd: -1, shown: null }, cwd: null },
  path,
});

/** The names in `A|B`, numbers among them. */
export function flagsOf(text: string | undefined): readonly string[] {
  return (text ?? '').split('|').map((flag) => flag.trim());
}

export const has = (text: string | undefined, flag: string): 0 | 1 =>
  text?.includes(flag) === true && flagsOf(text).includes(flag) ? 1 : 0;

const valueForm = /(?:0x([0-9a-f]{1,12})|(-?\d{1,15})|\?)/y;
const behindValue = /^(?:\(deleted\))?(?: (E[A-Z0-9]+)(?: \(.*\))?| \(.*\))?(?: <\d+\.\d+>)?$/s;
const plainResult = /^\d{1,15}$/;

/** What stands behind `=`; null where strace could not tell. */
export function resultOf(text: string): LogResult | null {
  if (plainResult.test(text)) return { ok: true, value: Number(text), shown: null };
  valueForm.lastIndex = 0;
  const [begin = '', hexadecimal, digits] = valueForm.exec(text) ?? [];
  const isShown = text.charCodeAt(begin.length) === sign.less;
  const end = isShown ? endOfShown(text, begin.length) + 1 : begin.length;
  if (begin === '' || end > text.length) return null;
  const behind = behindValue.exec(text.slice(end).trimEnd());
  if (behind === null) return null;
  const [, errno] = behind;
  if (errno !== undefined) return digits === undefined ? null : { ok: false, errno };
  if (digits === undefined && hexadecimal === undefined) return null;
  const value = digits === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(digits);
  const shown = isShown ? shownOf(text.slice(begin.length + 1, end - 1)) : null;
  return value < 0 ? null : { ok: true, value, shown };
}
