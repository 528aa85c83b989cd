/*
 * What is pinned in an instance that is read-only. A get for reading alone finds maps and programs; a
 * link is opened for both or not at all, so its instance is made writable for that moment. Nobody of
 * the run goes on meanwhile, and what is read-only can be made so again: it has no file without a name.
 */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/bpf.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Not in the headers of every machine (mount API of 5.2). */
enum {
  CALL_FSCONFIG = 431,
  CALL_FSPICK = 433,
  SET_FLAG = 0,
  RECONFIGURE = 7,
};

/* The instance as it is mounted at a path, or nowhere on the way there; -1 if it is not. */
static int pick(char *path) {
  for (;;) {
    int context = (int)syscall(CALL_FSPICK, AT_FDCWD, path, 0);
    char *slash = strrchr(path, '/');
    if (context >= 0 || slash == NULL || slash == path) {
      return context;
    }
    *slash = '\0';
  }
}

static int reconfigure(int context, const char *flag) {
  return syscall(CALL_FSCONFIG, context, SET_FLAG, flag, NULL, 0) == 0 &&
                 syscall(CALL_FSCONFIG, context, RECONFIGURE, NULL, NULL, 0) == 0
             ? 0
             : -1;
}

/* Where a path leads, without symbolic links. */
static int canonical(const char *path, char *into, size_t size) {
  char link[32];
  int fd = open(path, O_PATH | O_CLOEXEC);
  snprintf(link, sizeof(link), "self/fd/%d", fd);
  ssize_t length = fd < 0 ? -1 : readlink_in_proc(link, into, size - 1);
  if (fd >= 0) {
    close(fd);
  }
  if (length <= 0) {
    return -1;
  }
  into[length] = '\0';
  return 0;
}

static int64_t get_link(const char *path) {
  char at[PATH_MAX];
  int context = canonical(path, at, sizeof(at)) == 0 ? pick(at) : -1;
  if (context < 0) {
    return -EROFS;
  }
  int64_t fd = reconfigure(context, "rw") == 0 ? obj_get(AT_FDCWD, path, 0) : -EROFS;
  if (reconfigure(context, "ro") != 0) {
    fail("harness", "cannot make an instance read-only again: %s", strerror(errno));
  }
  close(context);
  return fd;
}

int64_t get_to_look(const char *path) {
  int64_t fd = obj_get(AT_FDCWD, path, 0);
  if (fd != -EROFS) {
    return fd;
  }
  fd = obj_get(AT_FDCWD, path, BPF_F_RDONLY);
  return fd == -EINVAL ? get_link(path) : fd;
}
