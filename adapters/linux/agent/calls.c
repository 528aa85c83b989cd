/* The calls of the specification, made by the modelled process itself. */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

static int64_t answered(long result) { return result < 0 ? -errno : result; }

static const char *path_of(const struct command *command, int which) {
  return command->is_null[which] ? NULL : command->path[which];
}

/* fork and exit_group change who goes on and are not here; the raw calls are, lest libc think. */
int64_t call_kernel(const struct command *command) {
  const int64_t *number = command->number;
  const char *path = path_of(command, 0);
  int fd = (int)number[0];
  switch (command->op) {
  case OP_MAP_CREATE:
    return map_create(number);
  case OP_MAP_UPDATE:
    return map_update(fd, (uint32_t)number[1], (uint32_t)number[2], (uint64_t)number[3]);
  case OP_MAP_LOOKUP:
    return map_lookup(fd, (uint32_t)number[1]);
  case OP_PROG_LOAD:
    return prog_load(number[0] != 0, (int)number[1]);
  case OP_OBJ_PIN:
    return obj_pin(path, fd);
  case OP_OBJ_GET:
    return obj_get(path);
  case OP_CLOSE:
    return answered(syscall(SYS_close, fd));
  case OP_DUP:
    return answered(syscall(SYS_dup, fd));
  case OP_KILL:
    return answered(syscall(SYS_kill, command->victim, SIGKILL));
  case OP_MKDIR:
    return answered(syscall(SYS_mkdirat, AT_FDCWD, path, 0755));
  case OP_RMDIR:
    return answered(syscall(SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR));
  case OP_UNLINK:
    return answered(syscall(SYS_unlinkat, AT_FDCWD, path, 0));
  case OP_MOUNT:
    return answered(syscall(SYS_mount, "bpf", path, "bpf", 0, NULL));
  case OP_BIND:
    return answered(syscall(SYS_mount, path, path_of(command, 1), NULL, MS_BIND, NULL));
  case OP_UMOUNT:
    return answered(syscall(SYS_umount2, path, number[0] != 0 ? MNT_DETACH : 0));
  case OP_UNSHARE:
    return answered(syscall(SYS_unshare, CLONE_NEWNS));
  case OP_FORK:
  case OP_EXIT:
  case OP_LIST:
    break;
  }
  return -ENOSYS;
}
