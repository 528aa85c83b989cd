/** The arguments of calls in a log, read leniently: what cannot be read is null. */
import { scanString } from '../c-string.ts';
import type { LogFd, LogPath, LogResult } from './log.types.ts';

const fdForm = /^(-?\d{1,10})(?:<(.*)>)?$/s;

export function fdOf(text: string | undefined): LogFd | null {
  const [, digits, shown] = fdForm.exec(text ?? '') ?? [];
  if (digits === undefined || Number(digits) < 0) return null;
  return { fd: Number(digits), shown: shown ?? null };
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

/** A path from a directory's descriptor. */
export function pathAt(dir: string | undefined, text: string | undefined): LogPath | null {
  const path = stringOf(text);
  if (path === null || dir === undefined) return null;
  const [, cwd] = /^AT_FDCWD(?:<(.*)>)?$/s.exec(dir) ?? [];
  if (dir.startsWith('AT_FDCWD')) return { dir: null, cwd: cwd ?? null, path };
  const fd = fdOf(dir);
  return fd === null ? null : { dir: fd, cwd: null, path };
}

/** The names in `A|B`, numbers among them. */
export function flagsOf(text: string | undefined): readonly string[] {
  return (text ?? '').split('|').map((flag) => flag.trim());
}

export const has = (text: string | undefined, flag: string): 0 | 1 =>
  flagsOf(text).includes(flag) ? 1 : 0;

/** The text of a field in braces, `name=VALUE`; the first of that name at any depth. */
export function fieldOf(text: string, name: string): string | null {
  const found = new RegExp(
    `(?:^|[{, ])${name}=("(?:[^"\\\\]|\\\\.)*"(?:\\.\\.\\.)?|[^,{}[\\]]*)`,
    's',
  );
  return found.exec(text)?.[1]?.trim() ?? null;
}

const resultForm =
  /^(?:(-?\d{1,15})|0x([0-9a-f]{1,12})|\?)(?:<(.*?)>)?(?: (E[A-Z0-9]+)(?: \(.*\))?| \(.*\))?(?: <\d+\.\d+>)?$/s;

/** What stands behind `=`; null where strace could not tell. */
export function resultOf(text: string): LogResult | null {
  const [, digits, hexadecimal, shown, errno] = resultForm.exec(text.trim()) ?? [];
  if (errno !== undefined) return digits === undefined ? null : { ok: false, errno };
  if (digits === undefined && hexadecimal === undefined) return null;
  const value = digits === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(digits);
  return value < 0 ? null : { ok: true, value, shown: shown ?? null };
}
