/* The calls of the specification, made by the modelled process itself. */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

int64_t answered(long result) { return result < 0 ? -errno : result; }

const char *path_argument(const struct command *command, int which) {
  return command->is_null[which] ? NULL : command->path[which];
}

static int64_t create_pipe(int flags, struct answer *answer) {
  int ends[2];
  if (syscall(SYS_pipe2, ends, flags) != 0) {
    return -errno;
  }
  answer->details = 2;
  answer->detail[0] = ends[0];
  answer->detail[1] = ends[1];
  return 0;
}

/* The tree of the host need not hold /dev/null: there, it is what descriptor 0 is open on. */
static int64_t open_path(int start, const char *path, int64_t how) {
  static const int flags[] = {O_RDWR,
                              O_RDONLY | O_DIRECTORY,
                              O_PATH,
                              O_RDONLY,
                              O_WRONLY | O_TRUNC,
                              O_RDWR | O_CREAT,
                              O_RDWR | O_CREAT | O_EXCL};
  int is_plain = (flags[how] & (O_DIRECTORY | O_PATH | O_CREAT)) == 0;
  if (is_plain && path != NULL && strcmp(path, "/dev/null") == 0) {
    return answered(syscall(SYS_dup, 0));
  }
  return answered(syscall(SYS_openat, start, path, flags[how], 0600));
}

/* Ids differ from run to run and are not shown. */
static int64_t look_up(int fd, const uint32_t *key) {
  int64_t found = map_lookup(fd, key);
  return found > 0 && holding_behind(fd) != HOLDS_WORDS ? 0 : found;
}

/* Of two numbers, 1 and a word, or 0 for NULL. */
static const uint32_t *word_at(const int64_t *number, uint32_t *word) {
  *word = (uint32_t)number[1];
  return number[0] != 0 ? word : NULL;
}

static int64_t call_map(const struct command *command) {
  const int64_t *number = command->number;
  int fd = (int)number[0];
  uint32_t words[2];
  const uint32_t *key = word_at(number + 1, &words[0]);
  switch (command->op) {
  case OP_MAP_CREATE:
    return map_create(number);
  case OP_MAP_UPDATE:
    return map_update(fd, key, word_at(number + 3, &words[1]), (uint64_t)number[5]);
  case OP_MAP_LOOKUP:
    return look_up(fd, key);
  case OP_MAP_DELETE:
    return map_delete(fd, key);
  case OP_MAP_FREEZE:
    return map_freeze(fd);
  default:
    return map_next_key(fd, key);
  }
}

static int64_t call_socket(const struct command *command, struct answer *answer) {
  static const int flags[] = {0, MSG_PEEK, MSG_CMSG_CLOEXEC};
  const int64_t *number = command->number;
  int fd = (int)number[0];
  switch (command->op) {
  case OP_SOCKETPAIR:
    return socket_pair(answer);
  case OP_SENDMSG:
    return send_message(fd, number + 2, (uint32_t)number[1]);
  case OP_RECVMSG:
    return receive_message(fd, (uint32_t)number[1], flags[number[2]], answer);
  case OP_ATTACH_BPF:
    return attach_program(fd, (int)number[1]);
  default:
    return detach_filter(fd);
  }
}

static int64_t call_descriptor(const struct command *command, struct answer *answer) {
  const int64_t *number = command->number;
  int fd = (int)number[0];
  int to = (int)number[1];
  switch (command->op) {
  case OP_CLOSE:
    return answered(syscall(SYS_close, fd));
  case OP_DUP:
    return answered(syscall(SYS_dup, fd));
  case OP_DUP2: /* by libc: not every machine has the raw call */
    return answered(dup2(fd, to));
  case OP_DUP3:
    return answered(syscall(SYS_dup3, fd, to, number[2] != 0 ? O_CLOEXEC : 0));
  case OP_FCNTL:
    return answered(syscall(SYS_fcntl, fd, number[1], number[2]));
  case OP_OPEN:
    return open_path(command->start[0], path_argument(command, 0), number[0]);
  default:
    return create_pipe(number[0] != 0 ? O_CLOEXEC : 0, answer);
  }
}

static int64_t call_mount(const struct command *command) {
  const int64_t *number = command->number;
  const char *path = path_argument(command, 0);
  switch (command->op) {
  case OP_MOUNT:
    return answered(syscall(SYS_mount, "bpf", path, "bpf", number[0] != 0 ? MS_RDONLY : 0,
                            path_argument(command, 1)));
  case OP_BIND:
    return answered(syscall(SYS_mount, path, path_argument(command, 1), NULL,
                            MS_BIND | (number[0] != 0 ? MS_REC : 0), NULL));
  case OP_MOVE:
    return answered(syscall(SYS_mount, path, path_argument(command, 1), NULL, MS_MOVE, NULL));
  case OP_REMOUNT:
    return answered(syscall(SYS_mount, NULL, path, NULL,
                            MS_REMOUNT | (number[0] != 0 ? MS_BIND : 0) |
                                (number[1] != 0 ? MS_RDONLY : 0),
                            NULL));
  case OP_SET_PROPAGATION:
    return answered(syscall(SYS_mount, NULL, path, NULL,
                            (unsigned long)number[0] | (number[1] != 0 ? MS_REC : 0), NULL));
  case OP_UMOUNT:
    return answered(syscall(SYS_umount2, path, number[0]));
  case OP_OPEN_NAMESPACE:
    return open_namespace(command->victim);
  case OP_BIND_NAMESPACE:
    return bind_namespace(command->victim, path);
  case OP_SETNS:
    return answered(syscall(SYS_setns, number[0], CLONE_NEWNS));
  case OP_UNSHARE_USER:
    return answered(syscall(SYS_unshare, CLONE_NEWUSER | CLONE_NEWNS));
  default:
    return answered(syscall(SYS_unshare, CLONE_NEWNS));
  }
}

/* The calls that change who goes on are not here. The others are raw where libc might think. */
static int64_t call_once(const struct command *command, struct answer *answer) {
  const int64_t *number = command->number;
  switch (command->op) {
  case OP_MAP_CREATE:
  case OP_MAP_UPDATE:
  case OP_MAP_LOOKUP:
  case OP_MAP_DELETE:
  case OP_MAP_NEXT_KEY:
  case OP_MAP_FREEZE:
    return call_map(command);
  case OP_PROG_LOAD:
    return prog_load((uint32_t)number[0], number[1] != 0, (int)number[2]);
  case OP_PROG_RUN:
    return prog_run((int)number[0]);
  case OP_OBJ_INFO:
    return obj_info((int)number[0], answer);
  case OP_MAP_BY_ID:
  case OP_PROG_BY_ID:
  case OP_MAP_NEXT_ID:
  case OP_PROG_NEXT_ID:
  case OP_LINK_BY_ID:
  case OP_LINK_NEXT_ID:
    return call_by_id(command);
  case OP_BPF:
    return raw_bpf(command);
  case OP_OBJ_PIN:
    return obj_pin(command->start[0], path_argument(command, 0), (int)number[0]);
  case OP_OBJ_GET:
    return obj_get(command->start[0], path_argument(command, 0), (uint32_t)command->number[0]);
  case OP_CLOSE:
  case OP_DUP:
  case OP_DUP2:
  case OP_DUP3:
  case OP_FCNTL:
  case OP_OPEN:
  case OP_PIPE:
    return call_descriptor(command, answer);
  case OP_SOCKETPAIR:
  case OP_SENDMSG:
  case OP_RECVMSG:
  case OP_ATTACH_BPF:
  case OP_DETACH_FILTER:
    return call_socket(command, answer);
  case OP_PROG_ATTACH:
  case OP_PROG_DETACH:
  case OP_LINK_CREATE:
  case OP_LINK_DETACH:
    return call_attachment(command);
  case OP_NEW_FILTER:
  case OP_DEL_FILTER:
  case OP_DEL_QDISC:
    return call_network(command);
  case OP_KILL:
    return answered(syscall(SYS_kill, command->victim, SIGKILL));
  case OP_CHDIR:
  case OP_FCHDIR:
  case OP_MKDIR:
  case OP_RMDIR:
  case OP_UNLINK:
  case OP_LINK:
  case OP_LINKAT:
  case OP_RENAME:
  case OP_RENAMEAT2:
  case OP_SYMLINK:
  case OP_MKNOD:
  case OP_STAT:
  case OP_TRUNCATE:
  case OP_UTIMENSAT:
  case OP_SETXATTR:
  case OP_READDIR:
    return call_name(command, answer);
  case OP_STATX:
  case OP_ACCESS:
  case OP_CHMOD:
  case OP_CHOWN:
  case OP_UMASK:
  case OP_SETRESUID:
    return call_permission(command, answer);
  case OP_MOUNT:
  case OP_BIND:
  case OP_MOVE:
  case OP_REMOUNT:
  case OP_SET_PROPAGATION:
  case OP_UMOUNT:
  case OP_UNSHARE:
  case OP_UNSHARE_USER:
  case OP_OPEN_NAMESPACE:
  case OP_BIND_NAMESPACE:
  case OP_SETNS:
    return call_mount(command);
  case OP_FORK:
  case OP_CLONE:
  case OP_EXECVE:
  case OP_EXIT:
  case OP_LIST:
    break;
  }
  return -ENOSYS;
}

/* Others that return descriptors are refused (raw-refusals.ts), or no object is behind these. */
static int is_typed(int64_t bpf_command) {
  return bpf_command == BPF_MAP_CREATE || bpf_command == BPF_PROG_LOAD || bpf_command == BPF_OBJ_GET;
}

int64_t returned_descriptor(const struct command *command, int64_t result) {
  switch (command->op) {
  case OP_FCNTL:
    return command->number[1] == F_DUPFD || command->number[1] == F_DUPFD_CLOEXEC ? result : -1;
  case OP_BPF:
    return is_typed(command->number[0]) ? result : -1;
  case OP_MAP_CREATE:
  case OP_PROG_LOAD:
  case OP_MAP_BY_ID:
  case OP_PROG_BY_ID:
  case OP_LINK_BY_ID:
  case OP_LINK_CREATE:
  case OP_OBJ_GET:
  case OP_DUP:
  case OP_DUP2:
  case OP_DUP3:
  case OP_OPEN_NAMESPACE:
  case OP_OPEN:
    return result;
  default:
    return -1;
  }
}

/*
 * A walk that somebody's mount or rename interrupts begins again and goes on counting its links
 * (fs/namei.c, path_lookupat after ECHILD): with more than twenty, it may count to forty too soon.
 * A call that ends so has done nothing yet, so it is made again; a real loop stays one.
 */
int64_t call_kernel(const struct command *command, struct answer *answer) {
  enum { TRIES = 32 };
  int64_t result = -ELOOP;
  for (int try = 0; result == -ELOOP && try < TRIES; try++) {
    result = call_once(command, answer);
  }
  return result;
}
