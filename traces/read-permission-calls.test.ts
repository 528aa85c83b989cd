import { describe, expect, it } from 'vitest';
import { parseTrace, printTrace } from './index.ts';

/** What is printed for a line once it has been read, or why it cannot be. */
function normal(line: string): string {
  const result = parseTrace(line);
  if (result.ok) return printTrace(result.trace).trimEnd();
  return result.errors.map(({ column, message }) => `${column}: ${message}`).join('\n');
}

describe('a call about permissions', () => {
  it.each([
    ['1 chmod("/a", S_ISVTX|0755) = 0', '1 chmod("/a", 01755) = 0'],
    ['1 chmod("/a", 0600) = 0', '1 chmod("/a", 0600) = 0'],
    ['1 access("/a", F_OK) = 0', '1 access("/a", F_OK) = 0'],
    [
      '1 statx(AT_FDCWD, "/a", AT_STATX_SYNC_AS_STAT|AT_NO_AUTOMOUNT, STATX_MODE|STATX_UID, {stx_mask=STATX_MODE|STATX_UID, stx_uid=65534, stx_mode=S_IFDIR|S_ISVTX|0755}) = 0',
      '1 statx(AT_FDCWD, "/a", 0, STATX_MODE|STATX_UID, {stx_mode=S_IFDIR|01755, stx_uid=65534}) = 0',
    ],
    [
      '1 statx(AT_FDCWD, "/a", 0, STATX_MODE|STATX_UID, 0x7ffc) = -1 ENOENT (No such file or directory)',
      '1 statx(AT_FDCWD, "/a", 0, STATX_MODE|STATX_UID, {}) = -1 ENOENT (No such file or directory)',
    ],
  ])('reads %s', (line, printed) => {
    expect(normal(line)).toBe(printed);
  });

  it.each([
    ['1 chmod("/a", S_IFREG|oops) = 0', 'the bits of a mode (S_ISVTX|0777)'],
    ['1 chown("/a", 0, 65534) = 0', 'the group of chown is always the user'],
    ['1 setresuid(65534, 0, 65534) = 0', 'every user of setresuid is always the user'],
    ['1 setresuid(7, 7, 7) = 0', 'a user'],
    ['1 access("/a", 3) = 0', 'the mode of access'],
    [
      '1 statx(AT_FDCWD, "/a", 0, STATX_MODE|STATX_UID, "x") = 0',
      'what statx shows {stx_mode=S_IFREG|0600, stx_uid=0}, or an address,',
    ],
    [
      '1 statx(AT_FDCWD, "/a", 0, STATX_MODE|STATX_UID, {stx_mode=0600, stx_uid=0}) = 0',
      'S_IFREG or S_IFDIR with the bits of a mode',
    ],
  ])('says what is wrong with %s', (line, why) => {
    expect(normal(line)).toContain(why);
  });
});
