#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/bpf.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the kernel calls an object that a call has made. */
struct object {
  enum kind { NOTHING, MAP, PROGRAM, LINK } kind;
  uint32_t id;
};

/* What a call answered, in words; of a call that makes a process or an object, what the kernel calls it. */
struct answer {
  char text[4096];
  pid_t made;
  struct object object;
};

static struct answer answer;

/* The objects that were made before this call: the trace numbers them from 1. */
static const struct object *objects __attribute__((unused));
static uint32_t object_count __attribute__((unused));

static const char *error_name(int error) {
  static const struct {
    int number;
    const char *name;
  } names[] = {
#define ERROR(name) {name, #name}
      ERROR(EPERM),        ERROR(ENOENT),       ERROR(ESRCH),    ERROR(EIO),          ERROR(ENXIO),
      ERROR(E2BIG),        ERROR(EBADF),        ERROR(EAGAIN),   ERROR(ENOMEM),       ERROR(EACCES),
      ERROR(EFAULT),       ERROR(EBUSY),        ERROR(EEXIST),   ERROR(EXDEV),        ERROR(ENODEV),
      ERROR(ENOTDIR),      ERROR(EISDIR),       ERROR(EINVAL),   ERROR(ENFILE),       ERROR(EMFILE),
      ERROR(ENOSPC),       ERROR(EROFS),        ERROR(EPIPE),    ERROR(ENAMETOOLONG), ERROR(ENOSYS),
      ERROR(ENOTEMPTY),    ERROR(ELOOP),        ERROR(EBADFD),   ERROR(ENOTSOCK),     ERROR(EOPNOTSUPP),
      ERROR(ECONNRESET),   ERROR(ENOTCONN),     {524, "ENOTSUPP"}, ERROR(ETOOMANYREFS),
#undef ERROR
  };
  static char other[32];
  for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
    if (names[i].number == error) {
      return names[i].name;
    }
  }
  snprintf(other, sizeof(other), "error %d", error);
  return other;
}

/* A value, or an error number with -1 as system calls return them. True if it is an error. */
static int plain(long result) {
  if (result == -1) {
    snprintf(answer.text, sizeof(answer.text), "-1 %s", error_name(errno));
  } else {
    snprintf(answer.text, sizeof(answer.text), "%ld", result);
  }
  return result == -1;
}

/* A success shows something besides: `0 (value=7)`. */
__attribute__((unused, format(printf, 2, 3))) static void shown(long result, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  if (!plain(result)) {
    vsnprintf(answer.text, sizeof(answer.text), format, arguments);
  }
  va_end(arguments);
}
