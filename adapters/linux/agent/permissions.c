/* The calls about permissions, made by the modelled process itself. */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * Groups go with the user, so that its group is all that it has; who may not choose groups has none to
 * give up. A new user clears what ends the process with the supervisor.
 */
static int64_t become(uid_t user) {
  if (geteuid() != 0 && user != geteuid()) {
    return answered(setresuid(user, user, user));
  }
  if (geteuid() == 0 && (setgroups(0, NULL) != 0 || setresgid(user, user, user) != 0)) {
    return lack("give up its groups", -errno);
  }
  int64_t result = answered(setresuid(user, user, user));
  die_with_supervisor();
  return result;
}

/* As stat: what the raw call fills in depends on the machine. */
static int64_t show_permissions(const char *volatile path, struct answer *answer) {
  struct stat file;
  if (stat(path, &file) != 0) {
    return -errno;
  }
  answer->details = 3;
  answer->detail[0] = S_ISDIR(file.st_mode) != 0;
  answer->detail[1] = file.st_mode & 07777;
  answer->detail[2] = file.st_uid == file.st_gid ? (int64_t)file.st_uid : -1;
  return 0;
}

int64_t call_permission(const struct command *command, struct answer *answer) {
  const char *path = path_argument(command, 0);
  int64_t number = command->number[0];
  switch (command->op) {
  case OP_STATX:
    return show_permissions(path, answer);
  case OP_ACCESS:
    return answered(syscall(SYS_faccessat, AT_FDCWD, path, number));
  case OP_CHMOD:
    return answered(syscall(SYS_fchmodat, AT_FDCWD, path, number));
  case OP_CHOWN:
    return answered(syscall(SYS_fchownat, AT_FDCWD, path, number, number, 0));
  case OP_UMASK:
    return (int64_t)umask((mode_t)number);
  default:
    return become((uid_t)number);
  }
}
