/* What a process is asked to do. */
#ifndef COMMAND_H
#define COMMAND_H

#include <stdint.h>
#include <sys/types.h>

enum {
  /* The kernel reads no more than 4096 bytes of a path; what is longer is cut here. */
  PATH_ROOM = 8192,
  /* OP_BPF: fields lie below; what is above is zero. */
  ATTR_ROOM = 8192,
  MAX_FIELDS = 8,
};

/* In the order of the table in requests.c. */
enum operation {
  OP_MAP_CREATE,
  OP_MAP_UPDATE,
  OP_MAP_LOOKUP,
  OP_MAP_DELETE,
  OP_MAP_NEXT_KEY,
  OP_PROG_LOAD,
  OP_PROG_RUN,
  OP_MAP_FREEZE,
  OP_OBJ_INFO,
  OP_MAP_BY_ID,
  OP_PROG_BY_ID,
  OP_MAP_NEXT_ID,
  OP_PROG_NEXT_ID,
  OP_BPF,
  OP_OBJ_PIN,
  OP_OBJ_GET,
  OP_CLOSE,
  OP_DUP,
  OP_DUP2,
  OP_DUP3,
  OP_FCNTL,
  OP_OPEN,
  OP_PIPE,
  OP_FORK,
  OP_CLONE,
  OP_EXECVE,
  OP_EXIT,
  OP_KILL,
  OP_SOCKETPAIR,
  OP_SENDMSG,
  OP_RECVMSG,
  OP_ATTACH_BPF,
  OP_DETACH_FILTER,
  OP_PROG_ATTACH,
  OP_PROG_DETACH,
  OP_LINK_CREATE,
  OP_LINK_DETACH,
  OP_LINK_BY_ID,
  OP_LINK_NEXT_ID,
  OP_NEW_FILTER,
  OP_DEL_FILTER,
  OP_DEL_QDISC,
  OP_CHDIR,
  OP_FCHDIR,
  OP_MKDIR,
  OP_RMDIR,
  OP_UNLINK,
  OP_LINK,
  OP_LINKAT,
  OP_RENAME,
  OP_RENAMEAT2,
  OP_SYMLINK,
  OP_MKNOD,
  OP_STAT,
  OP_TRUNCATE,
  OP_UTIMENSAT,
  OP_SETXATTR,
  OP_READDIR,
  OP_STATX,
  OP_ACCESS,
  OP_CHMOD,
  OP_CHOWN,
  OP_UMASK,
  OP_SETRESUID,
  OP_MOUNT,
  OP_BIND,
  OP_MOVE,
  OP_REMOUNT,
  OP_SET_PROPAGATION,
  OP_UMOUNT,
  OP_UNSHARE,
  OP_UNSHARE_USER,
  OP_OPEN_NAMESPACE,
  OP_BIND_NAMESPACE,
  OP_SETNS,
  /* No call of the specification: the process lists the objects behind its descriptors. */
  OP_LIST,
};

/* How many the table has. */
enum { OPERATIONS = OP_LIST };

/* A number, a pointer to a word, or a pointer to a string: `path[value]` of the command. */
enum meaning { MEANS_NUMBER, MEANS_WORD, MEANS_STRING };

/* OP_BPF: what the attributes hold from `offset` on, in `width` bytes. */
struct field {
  uint32_t offset;
  uint32_t width;
  enum meaning meaning;
  uint32_t value;
};

/* One call with its arguments, for one process. */
struct command {
  enum operation op;
  int64_t number[6];
  int path_count;
  /* Of each path: the directory in which it starts, AT_FDCWD if none is given; then NULL or a string. */
  int start[2];
  int is_null[2];
  char path[2][PATH_ROOM];
  uint32_t field_count;
  struct field fields[MAX_FIELDS];
  /* OP_FORK, OP_CLONE: the number of the child. OP_KILL: the victim as the kernel numbers it. */
  uint32_t child;
  pid_t victim;
};

#endif
