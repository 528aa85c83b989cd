import { describe, expect, it } from 'vitest';
import { parseTrace, printTrace } from './index.ts';

/** What is printed for a line once it has been read, or why it cannot be. */
function normal(line: string): string {
  const result = parseTrace(line);
  if (result.ok) return printTrace(result.trace).trimEnd();
  return result.errors.map(({ column, message }) => `${column}: ${message}`).join('\n');
}

const times =
  'st_atime=1795990134 /* 2026-11-29T22:08:54.964854370+0000 */, st_atime_nsec=964854370, st_mtime=1795992244 /* 2026-11-29T22:44:04.428794552+0000 */, st_mtime_nsec=428794552, st_ctime=1795992244 /* 2026-11-29T22:44:04.428794552+0000 */, st_ctime_nsec=428794552';

// Lines of strace 6.1 on Linux 6.18.44.
describe('a call on names as strace prints it', () => {
  it.each([
    ['1 link("/mnt/a/x", "/mnt/a/y")          = 0', '1 link("/mnt/a/x", "/mnt/a/y") = 0'],
    [
      '1 linkat(AT_FDCWD, "/mnt/a/x", AT_FDCWD, "/mnt/a/y", 0) = 0',
      '1 link("/mnt/a/x", "/mnt/a/y") = 0',
    ],
    [
      '1 renameat(AT_FDCWD, "/mnt/a/x", AT_FDCWD, "/mnt/a/y") = -1 ENOENT (No such file or directory)',
      '1 rename("/mnt/a/x", "/mnt/a/y") = -1 ENOENT (No such file or directory)',
    ],
    [
      '1 renameat2(AT_FDCWD, "x", AT_FDCWD, NULL, RENAME_EXCHANGE|RENAME_NOREPLACE) = -1 EINVAL (Invalid argument)',
      '1 renameat2(AT_FDCWD, "x", AT_FDCWD, NULL, RENAME_NOREPLACE|RENAME_EXCHANGE) = -1 EINVAL (Invalid argument)',
    ],
    [
      '1 renameat2(-100, "x", -100, "y", 2) = 0',
      '1 renameat2(AT_FDCWD, "x", AT_FDCWD, "y", RENAME_EXCHANGE) = 0',
    ],
    ['1 renameat2(AT_FDCWD, "x", AT_FDCWD, "y", 0) = 0', '1 rename("x", "y") = 0'],
    ['1 mknodat(AT_FDCWD, "x", S_IFREG|0600) = 0', '1 mknod("x", S_IFREG|0644) = 0'],
    ['1 mknod("x", S_IFIFO|0644) = 0', '1 mknod("x", S_IFIFO|0644) = 0'],
    [
      '1 mknodat(AT_FDCWD, "x", S_IFCHR|0644, makedev(0x1, 0x3)) = -1 EPERM (Operation not permitted)',
      '1 mknod("x", S_IFCHR|0644, makedev(0x1, 0x3)) = -1 EPERM (Operation not permitted)',
    ],
    ['1 symlinkat("../x", AT_FDCWD, "/mnt/a/l") = 0', '1 symlink("../x", "/mnt/a/l") = 0'],
    [
      '1 stat("/mnt/a", {st_mode=S_IFDIR|S_ISVTX|0777, st_nlink=3, ...}) = 0',
      '1 stat("/mnt/a", {st_mode=S_IFDIR, st_nlink=3}) = 0',
    ],
    [
      '1 stat("x", {st_mode=0100600, st_nlink=1}) = 0',
      '1 stat("x", {st_mode=S_IFREG, st_nlink=1}) = 0',
    ],
    [
      `1 newfstatat(AT_FDCWD, "/mnt/a/x", {st_dev=makedev(0, 0x2a), st_ino=7, st_mode=S_IFREG|0600, st_nlink=2, st_uid=0, st_gid=0, st_blksize=4096, st_blocks=0, st_size=0, ${times}}, AT_NO_AUTOMOUNT) = 0`,
      '1 stat("/mnt/a/x", {st_mode=S_IFREG, st_nlink=2}) = 0',
    ],
    [
      '1 newfstatat(AT_FDCWD, "/nope", 0x7ffd5fef0570, 0) = -1 ENOENT (No such file or directory)',
      '1 stat("/nope", {}) = -1 ENOENT (No such file or directory)',
    ],
    ['1 stat("/nope", 0x7ffd5fef0570)', '1 stat("/nope", {})'],
  ])('is read from %s', (line, printed) => {
    expect(normal(line)).toBe(printed);
  });
});

describe('an error of a call on names', () => {
  it('names the nearest call or flag', () => {
    expect(normal('1 renme("x", "y")')).toContain('; did you mean rename?');
    expect(normal('1 simlink("x", "y")')).toContain('; did you mean symlink?');
    expect(normal('1 stta("x", {})')).toContain('; did you mean stat?');
    expect(normal('1 lnik("x", "y")')).toContain('; did you mean link?');
    expect(normal('1 renameat2(AT_FDCWD, "x", AT_FDCWD, "y", RENAME_NOREPLCE)')).toBe(
      '43: RENAME_NOREPLCE was found where the flags of renameat2 (0 or RENAME_NOREPLACE or RENAME_EXCHANGE or RENAME_WHITEOUT or RENAME_NOREPLACE|RENAME_EXCHANGE) were expected; did you mean RENAME_NOREPLACE?',
    );
    expect(normal('1 stat("x", {st_mode=S_IFRG, st_nlink=1}) = 0')).toContain(
      '; did you mean S_IFREG?',
    );
    expect(normal('1 stat("x", {st_mode=S_IFREG, st_nlnk=1}) = 0')).toBe(
      '31: st_nlnk is no field of stat here; did you mean st_nlink?',
    );
  });

  it.each([
    ['lstat("x", {st_mode=S_IFLNK|0777, st_size=1, ...}) = 0', '3: lstat was found'],
    ['fstat(3, {st_mode=S_IFREG|0600, st_size=1, ...}) = 0', '3: fstat was found'],
    ['readlink("x", "y", 4096) = 1', '3: readlink was found'],
    [
      'newfstatat(AT_FDCWD, "x", {st_mode=S_IFREG|0600, ...}, AT_SYMLINK_NOFOLLOW) = 0',
      '58: AT_SYMLINK_NOFOLLOW was found, but a path is always followed to its end here',
    ],
    [
      'newfstatat(3, "", {st_mode=S_IFREG|0600, ...}, AT_EMPTY_PATH) = 0',
      '50: AT_EMPTY_PATH was found',
    ],
  ])('says of %s that it can be left out', (call, message) => {
    expect(normal(`1 ${call}`)).toContain(message);
    expect(normal(`1 ${call}`)).toMatch(/; remove this line, which changed nothing$/);
  });

  it.each([
    [
      'statx(AT_FDCWD, "x", 0, STATX_BASIC_STATS, 0x1)',
      '27: STATX_BASIC_STATS was found where the bits of the mask of statx (STATX_MODE|STATX_UID) were expected',
    ],
    ['link("x")', '11: link was found with 1 argument, but link("FROM", "TO") was expected'],
    ['link(3, "x")', '8: 3 was found where a path in double quotes, or NULL, was expected'],
    [
      'mknodat("y", "x", S_IFREG|0644)',
      '11: "y" was found where AT_FDCWD, or the descriptor of a directory',
    ],
    [
      'mknod("x", S_IFSOCK|0644)',
      '14: S_IFSOCK|0644 was found where the bits of a mode (S_IFREG or S_IFIFO or S_IFCHR) were expected',
    ],
    [
      'linkat(AT_FDWCD, "x", AT_FDCWD, "y", 0)',
      '10: AT_FDWCD was found where AT_FDCWD, or the descriptor of a directory',
    ],
    [
      'linkat(AT_FDCWD, "x", AT_FDCWD, "y", AT_SYMLINK_FOLLOW)',
      '40: AT_SYMLINK_FOLLOW was found where the flags of linkat (0 or AT_EMPTY_PATH) were expected',
    ],
    [
      'linkat(AT_FDCWD, "x", AT_FDCWD, "y", AT_SYMLINK_FOLOW)',
      '(0 or AT_EMPTY_PATH) were expected; did you mean AT_SYMLINK_FOLLOW?',
    ],
    [
      'linkat(AT_FDCWD, "x", AT_FDCWD, "y", 0x400)',
      '40: 0x400 was found where the flags of linkat',
    ],
    [
      'unlinkat(3, "x", AT_REMOVDIR)',
      'where the flags of unlinkat (0 or AT_REMOVEDIR) were expected; did you mean AT_REMOVEDIR?',
    ],
    [
      'stat("x", {st_mod=S_IFREG, st_nlink=1})',
      '14: st_mod is no field of stat here; did you mean st_mode?',
    ],
    ['stat("x", {fd=3}) = -1 ENOENT', '14: fd is no field of stat here'],
    [
      'stat("x", {st_nlink=1, st_nlink=1})',
      '26: the field st_nlink was found twice, but once was expected',
    ],
    [
      'renameat(AT_FDCWD, "x", NULL, "y")',
      '27: NULL was found where AT_FDCWD, or the descriptor of a directory',
    ],
    [
      'renameat2(AT_FDCWD, "x", AT_FDCWD, "y", 0x8)',
      '43: 0x8 was found where the flags of renameat2',
    ],
    [
      'renameat2(AT_FDCWD, "x", AT_FDCWD, "y", RENAME_EXCHANGE|RENAME_WHITEOUT)',
      '43: RENAME_EXCHANGE|RENAME_WHITEOUT was found where the flags of renameat2',
    ],
    [
      'symlinkat("x", [3], "y")',
      '18: [3] was found where AT_FDCWD, or the descriptor of a directory',
    ],
    [
      'linkat(3, "x", AT_FDCWD, "y", AT_EMPTY_PATH)',
      '13: "x" was found, but the path that goes with AT_EMPTY_PATH is always "" here',
    ],
    [
      'bpf(BPF_OBJ_PIN, {pathname="x", bpf_fd=3, path_fd=5}, 20)',
      'path_fd=5 was found without BPF_F_PATH_FD in file_flags; write such a call with the command by number',
    ],
    [
      'bpf(BPF_OBJ_GET, {pathname="x", file_flags=BPF_F_PATH_FD}, 20)',
      'BPF_F_PATH_FD was found without path_fd; add path_fd=FD, the directory in which the path starts',
    ],
    [
      'stat("x", NULL)',
      '13: NULL was found where what stat shows {st_mode=S_IFREG, st_nlink=NUMBER}',
    ],
    [
      'stat("x", 0x7ffd5fef0570) = 0',
      '31: 0 was found as the result; 0 with st_mode=S_IFREG or S_IFDIR and st_nlink=NUMBER, which strace -v shows, or -1 ERROR, was expected',
    ],
    [
      'stat("x", {st_mode=S_IFREG|0600, st_size=0, ...}) = 0',
      '13: the field st_nlink of stat is missing from {...}',
    ],
    ['stat("x", {st_nlink=1}) = 0', '13: the field st_mode of stat is missing from {...}'],
    ['stat("x", {st_mode=S_IFLNK|0777, st_nlink=1}) = 0', '22: S_IFLNK|0777 was found where'],
    [
      'stat("x", {st_mode=S_IFREG, st_nlink=4294967296}) = 0',
      '40: 4294967296 was found where st_nl',
    ],
    ['stat("x", {st_mode=S_IFREG, st_nlink=1}) = 1', '46: 1 was found as the result; 0 with'],
    [
      'bpf(BPF_OBJ_GET, {pathname="x", ...}, 16)',
      '35: fields of BPF_OBJ_GET were left out here; strace -v shows them',
    ],
  ])('tells what is wrong with %s', (call, message) => {
    expect(normal(`1 ${call}`)).toContain(message);
    expect(normal(`1 ${call}`).split('\n')).toHaveLength(1);
  });
});
