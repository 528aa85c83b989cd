/* The calls on names, made by the modelled process itself. */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* By the raw call: a C library may lack it, and without flags it is rename(2). */
static int64_t rename_name(const struct command *command, int64_t flags) {
  const int *start = command->start;
  return answered(syscall(SYS_renameat2, start[0], path_argument(command, 0), start[1],
                          path_argument(command, 1), (unsigned)flags));
}

/*
 * By libc: the raw calls, and what they fill in, depend on the machine. That the path may be NULL is
 * hidden from the compiler, to which libc has promised that it is not.
 */
static int64_t show_file(int start, const char *volatile path, struct answer *answer) {
  struct stat file;
  if (fstatat(start, path, &file, 0) != 0) {
    return -errno;
  }
  answer->details = 2;
  answer->detail[0] = S_ISDIR(file.st_mode) != 0;
  answer->detail[1] = (int64_t)file.st_nlink;
  return 0;
}

/* The device is that of /dev/null. */
static int64_t make_node(int start, const char *path, int64_t type) {
  static const mode_t types[] = {S_IFREG, S_IFIFO, S_IFCHR};
  unsigned device = type == 2 ? makedev(1, 3) : 0;
  return answered(syscall(SYS_mknodat, start, path, types[type] | 0644, device));
}

int64_t call_name(const struct command *command, struct answer *answer) {
  const char *path = path_argument(command, 0);
  const int *start = command->start;
  switch (command->op) {
  case OP_CHDIR:
    return answered(syscall(SYS_chdir, path));
  case OP_FCHDIR:
    return answered(syscall(SYS_fchdir, (int)command->number[0]));
  case OP_MKDIR:
    return answered(syscall(SYS_mkdirat, start[0], path, 0755));
  case OP_RMDIR:
    return answered(syscall(SYS_unlinkat, start[0], path, AT_REMOVEDIR));
  case OP_UNLINK:
    return answered(syscall(SYS_unlinkat, start[0], path, 0));
  case OP_LINK:
    return answered(syscall(SYS_linkat, start[0], path, start[1], path_argument(command, 1), 0));
  case OP_LINKAT:
    return answered(
        syscall(SYS_linkat, (int)command->number[0], "", start[0], path, AT_EMPTY_PATH));
  case OP_RENAME:
    return rename_name(command, 0);
  case OP_RENAMEAT2:
    return rename_name(command, command->number[0]);
  case OP_SYMLINK:
    return answered(syscall(SYS_symlinkat, path, start[1], path_argument(command, 1)));
  case OP_MKNOD:
    return make_node(start[0], path, command->number[0]);
  case OP_TRUNCATE:
    return answered(syscall(SYS_truncate, path, (long)command->number[0]));
  case OP_UTIMENSAT:
    return answered(syscall(SYS_utimensat, AT_FDCWD, path, NULL, 0));
  case OP_READDIR:
    return list_directory(path, answer);
  case OP_SETXATTR:
    return answered(syscall(SYS_setxattr, path, path_argument(command, 1), "v", (size_t)1, 0));
  default:
    return show_file(start[0], path, answer);
  }
}
