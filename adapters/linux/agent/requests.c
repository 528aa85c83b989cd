/* Reading requests: the fields of a line, and the table of the calls. */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

/* How many numbers and paths a call takes; the numbers come first. In the order of `operation`. */
static const struct {
  const char *name;
  int numbers;
  int paths;
} calls[] = {
    {"BPF_MAP_CREATE", 6, 0},       /* type, key size, value size, max entries, inner fd, flags */
    {"BPF_MAP_UPDATE_ELEM", 6, 0},  /* fd, 1 if there is a key, key, 1 if a value, value, flags */
    {"BPF_MAP_LOOKUP_ELEM", 3, 0},  /* fd, 1 if there is a key, key */
    {"BPF_MAP_DELETE_ELEM", 3, 0},  /* fd, 1 if there is a key, key */
    {"BPF_MAP_GET_NEXT_KEY", 3, 0}, /* fd, 1 if there is a key, key */
    {"BPF_PROG_LOAD", 3, 0},        /* type as the kernel numbers it, 1 if it uses a map, fd */
    {"BPF_PROG_TEST_RUN", 1, 0},
    {"BPF_MAP_FREEZE", 1, 0},
    {"BPF_OBJ_GET_INFO_BY_FD", 1, 0},
    {"BPF_MAP_GET_FD_BY_ID", 2, 0}, /* the number of the object in the run (ids.c), flags */
    {"BPF_PROG_GET_FD_BY_ID", 2, 0},
    {"BPF_MAP_GET_NEXT_ID", 1, 0},
    {"BPF_PROG_GET_NEXT_ID", 1, 0},
    {"bpf", 4, 0}, /* command, size, 1 and 0 if fields follow (fields.c), or 0 and an address */
    {"BPF_OBJ_PIN", 1, 1}, /* fd, path */
    {"BPF_OBJ_GET", 1, 1}, /* flags, path */
    {"close", 1, 0},
    {"dup", 1, 0},
    {"dup2", 2, 0},  /* fd, to */
    {"dup3", 3, 0},  /* fd, to, 1 for O_CLOEXEC */
    {"fcntl", 3, 0}, /* fd, command as the kernel numbers it, argument */
    {"open", 1, 1},  /* which of the flags in calls.c, path */
    {"pipe2", 1, 0}, /* 1 for O_CLOEXEC */
    {"fork", 0, 0},
    {"clone", 0, 0},
    {"execve", 0, 0},
    {"exit_group", 0, 0},
    {"kill", 1, 0},
    {"socketpair", 0, 0},
    {"sendmsg", 4, 0},       /* fd, how many descriptors, two of them */
    {"recvmsg", 3, 0},       /* fd, room, 0 or 1 MSG_PEEK or 2 MSG_CMSG_CLOEXEC */
    {"SO_ATTACH_BPF", 2, 0}, /* fd, fd of a program */
    {"SO_DETACH_FILTER", 1, 0},
    {"BPF_PROG_ATTACH", 3, 0}, /* fd of a cgroup, fd of a program, flags as the kernel numbers them */
    {"BPF_PROG_DETACH", 2, 0}, /* fd of a cgroup, fd of a program */
    {"BPF_LINK_CREATE", 2, 0}, /* fd of a program, fd of a cgroup */
    {"BPF_LINK_DETACH", 1, 0},
    {"BPF_LINK_GET_FD_BY_ID", 2, 0},
    {"BPF_LINK_GET_NEXT_ID", 1, 0},
    {"RTM_NEWTFILTER", 3, 0}, /* 0 ingress or 1 egress, fd of a program, 1 for NLM_F_REPLACE */
    {"RTM_DELTFILTER", 1, 0}, /* 0 ingress or 1 egress */
    {"RTM_DELQDISC", 0, 0},
    {"chdir", 0, 1},
    {"fchdir", 1, 0},
    {"mkdir", 0, 1},
    {"rmdir", 0, 1},
    {"unlink", 0, 1},
    {"link", 0, 2},      /* from, to */
    {"linkat", 1, 1},    /* fd, to */
    {"rename", 0, 2},    /* from, to */
    {"renameat2", 1, 2}, /* flags as the kernel numbers them, from, to */
    {"symlink", 0, 2},   /* target, path */
    {"mknod", 1, 1},     /* 0 a file, 1 a pipe, 2 a device; path */
    {"stat", 0, 1},
    {"truncate", 1, 1}, /* length, path */
    {"utimensat", 0, 1},
    {"setxattr", 0, 2}, /* path, name */
    {"readdir", 0, 1},
    {"statx", 0, 1},
    {"access", 1, 1}, /* mode as the kernel numbers it, path */
    {"chmod", 1, 1},  /* mode, path */
    {"chown", 1, 1},  /* user and group, path */
    {"umask", 1, 0},
    {"setresuid", 1, 0},
    {"mount", 1, 2},   /* 1 for MS_RDONLY, target, options */
    {"bind", 1, 2},    /* 1 for MS_REC, source, target */
    {"move", 0, 2},    /* source, target */
    {"remount", 2, 1}, /* 1 for MS_BIND, 1 for MS_RDONLY, target */
    {"set-propagation", 2, 1}, /* type, 1 for MS_REC, target */
    {"umount2", 1, 1}, /* flags as the kernel numbers them, target */
    {"unshare", 0, 0},
    {"unshare-user", 0, 0},
    {"open-namespace", 1, 0}, /* a process of the run */
    {"bind-namespace", 1, 1}, /* a process of the run, target */
    {"setns", 1, 0},
};

const char *name_of(enum operation op) { return calls[op].name; }

/* What is left of the line being read. */
static char *rest;

void begin_line(char *line) { rest = line; }

char *next_field(void) {
  char *field = strsep(&rest, " ");
  if (field == NULL || *field == '\0') {
    fail("harness", "the agent got a request that ends early");
  }
  return field;
}

int64_t to_number(const char *field) {
  char *end;
  errno = 0;
  int64_t number = strtoll(field, &end, 10);
  if (end == field || *end != '\0' || errno != 0) {
    fail("harness", "the agent got \"%.40s\" for a number", field);
  }
  return number;
}

int64_t next_number(void) { return to_number(next_field()); }

uint32_t next_count(uint32_t most) {
  int64_t count = next_number();
  if (count < 0 || count > most) {
    fail("harness", "the agent got %lld, more than it can take", (long long)count);
  }
  return (uint32_t)count;
}

void end_request(void) {
  if (rest != NULL) {
    fail("harness", "the agent got a request that goes on after its end: %.40s", rest);
  }
}

/* -1 for what is none, the end of a field among it. */
static int digit(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static __attribute__((noreturn)) void refuse_path(const char *field) {
  fail("harness", "the agent got \"%.40s\" for a path", field);
}

int read_path(const char *field, char *path, size_t room) {
  size_t length = 0;
  if (strcmp(field, "-") == 0) {
    return 0;
  }
  if (*field != '=') {
    refuse_path(field);
  }
  for (const char *at = field + 1; *at != '\0' && length < room - 1; at += 2) {
    int high = digit(at[0]);
    int low = high < 0 ? -1 : digit(at[1]);
    if (low < 0) {
      refuse_path(field);
    }
    path[length++] = (char)(high * 16 + low);
  }
  path[length] = '\0';
  return 1;
}

/* The descriptor before a path, which is taken off the field. */
static int read_start(const char **field) {
  if (**field != '@') {
    return AT_FDCWD;
  }
  char *end;
  long fd = strtol(*field + 1, &end, 10);
  if (end == *field + 1) {
    refuse_path(*field);
  }
  *field = end;
  return (int)fd;
}

static char *copied(const char *path) {
  char *copy = strdup(path);
  if (copy == NULL) {
    fail("harness", "out of memory");
  }
  return copy;
}

char **next_paths(char **old, uint32_t old_count, uint32_t *count) {
  for (uint32_t i = 0; i < old_count; i++) {
    free(old[i]);
  }
  free(old);
  *count = next_count(1 << 20);
  char **paths = calloc(*count + 1, sizeof(*paths));
  if (paths == NULL) {
    fail("harness", "out of memory");
  }
  for (uint32_t i = 0; i < *count; i++) {
    char path[PATH_ROOM] = "";
    read_path(next_field(), path, sizeof(path));
    paths[i] = copied(path);
  }
  return paths;
}

/* What a call looks up in a table of its own, or counts in a buffer of its own. */
static void check_numbers(const struct command *command) {
  static const struct {
    enum operation op;
    int which;
    int64_t most;
  } bounds[] = {{OP_OPEN, 0, 6}, {OP_SENDMSG, 1, MESSAGE_FDS}, {OP_RECVMSG, 1, MESSAGE_FDS},
                {OP_RECVMSG, 2, 2}, {OP_MKNOD, 0, 2}};
  for (unsigned i = 0; i < sizeof(bounds) / sizeof(bounds[0]); i++) {
    int64_t number = command->number[bounds[i].which];
    if (command->op == bounds[i].op && (number < 0 || number > bounds[i].most)) {
      fail("harness", "the agent got %lld for a number of %s, which ends at %lld", (long long)number,
           calls[command->op].name, (long long)bounds[i].most);
    }
  }
}

void read_call(struct command *command) {
  const char *name = next_field();
  unsigned call = 0;
  while (call < sizeof(calls) / sizeof(calls[0]) && strcmp(calls[call].name, name) != 0) {
    call++;
  }
  if (call == sizeof(calls) / sizeof(calls[0])) {
    fail("harness", "the agent does not know the call %.40s", name);
  }
  command->op = (enum operation)call;
  for (int i = 0; i < calls[call].numbers; i++) {
    command->number[i] = next_number();
  }
  check_numbers(command);
  command->path_count = calls[call].paths;
  for (int i = 0; i < calls[call].paths; i++) {
    const char *field = next_field();
    command->start[i] = read_start(&field);
    command->is_null[i] = !read_path(field, command->path[i], PATH_ROOM);
  }
  if (command->op == OP_BPF && command->number[2] != 0) {
    read_fields(command);
  }
}
