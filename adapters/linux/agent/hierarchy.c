/*
 * The machine's hierarchy of cgroups. A supervisor has one directory there, in which the cgroups of
 * its runs are made, and by nobody else: the kernel refuses what a run would make (EAGAIN), of which
 * nobody here would know. Directories of cgroups stay when their maker dies, so each maker holds a lock
 * on its own, and what is of our making and not locked is removed (directories.c): by a reaper, which
 * waits for the end of its supervisor, and by whoever comes later. The lock tells better than a pid,
 * which can be used again.
 */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE_MS = 2000, MOST_NAMES = 64, REAPER_ROOT = 3, REAPER_PIPE = 4 };

static int root = -1;
static int lock = -1;
/* The reaper reads the other end. Nobody else has this one, so that it closes with us. */
static int life = -1;
static pid_t reaper;
static char own[NAME_MAX + 1];

static int is_there(const char *name) {
  struct stat found;
  return fstatat(root, name, &found, AT_SYMLINK_NOFOLLOW) == 0;
}

/* In a session of its own, out of reach of what a terminal or a driver's end does to a group. */
__attribute__((noreturn)) static void outlive(int end) {
  char byte;
  setsid();
  prctl(PR_SET_NAME, "pinproof-reap");
  root = dup2(root, REAPER_ROOT);
  end = dup2(end, REAPER_PIPE);
  close_from(REAPER_PIPE + 1);
  leave_shared();
  while (read(end, &byte, 1) < 0 && errno == EINTR) {
  }
  /* A dying supervisor may keep the lock for a moment. */
  for (int ms = 0; ms < PATIENCE_MS && is_there(own); ms += 5) {
    sweep_hierarchy(root);
    usleep(5000);
  }
  _exit(0);
}

/* Before there is anything to remove. */
static int start_reaper(void) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) {
    return -errno;
  }
  int end = fcntl(ends[0], F_DUPFD_CLOEXEC, 64);
  life = fcntl(ends[1], F_DUPFD_CLOEXEC, 64);
  close(ends[0]);
  close(ends[1]);
  reaper = end < 0 || life < 0 ? -1 : fork();
  int result = reaper < 0 ? -errno : 0;
  if (reaper == 0) {
    outlive(end);
  }
  close(end);
  return result;
}

static void leave_reaper(void) {
  close(life);
  life = -1;
  if (reaper > 0) {
    waitpid(reaper, NULL, 0);
  }
  reaper = 0;
}

static int give_up(int result) {
  unlinkat(root, own, AT_REMOVEDIR);
  close(lock);
  lock = -1;
  return result;
}

/* How many cgroups there may be in our own: "0", or "max" while we make one. */
static int allow(const char *most) {
  int fd = openat(lock, "cgroup.max.descendants", O_WRONLY | O_CLOEXEC);
  int result = fd >= 0 && write(fd, most, strlen(most)) >= 0 ? 0 : -errno;
  close(fd);
  return result;
}

int make_cgroup(const char *path) {
  int result = allow("max");
  if (result == 0 && mkdir(path, 0755) != 0) {
    result = -errno;
  }
  int sealed = allow("0");
  return result < 0 ? result : sealed;
}

/*
 * A directory of this name, ours. Nobody sweeps it before it has the mark, and then it is locked. If
 * we are killed in between, an empty directory stays.
 */
static int take(const char **stage) {
  *stage = "cgroup";
  if (mkdirat(root, own, 0755) != 0) {
    return -errno;
  }
  int low = lock_directory(root, own);
  lock = low < 0 ? -1 : fcntl(low, F_DUPFD_CLOEXEC, 64);
  close(low);
  if (lock < 0) {
    return give_up(-EEXIST);
  }
  *stage = "mark";
  int result = mark_directory(lock);
  if (result == 0) {
    *stage = "limit";
    result = allow("0");
  }
  return result == 0 ? 0 : give_up(result);
}

/* In another namespace of pids, there may be another supervisor of our number. */
static int make_own(const char **stage) {
  int result = -EEXIST;
  for (int i = 0; result == -EEXIST && i < MOST_NAMES; i++) {
    snprintf(own, sizeof(own), i == 0 ? OURS "%d" : OURS "%d.%d", (int)getpid(), i);
    if (reaper > 0) {
      kill(reaper, SIGKILL);
    }
    leave_reaper();
    *stage = "reaper";
    result = start_reaper();
    if (result == 0) {
      result = take(stage);
    }
  }
  return result;
}

static int bind_own(void) {
  char path[sizeof(own) + 8];
  snprintf(path, sizeof(path), "/run/%s", own);
  return mount(path, CGROUPS, NULL, MS_BIND, NULL) == 0 ? 0 : -errno;
}

/* Of the hierarchy, only our own directory stays in reach of a path: at CGROUPS, in our home. */
int open_hierarchy(const char **stage) {
  *stage = "cgroup2";
  if (mkdir(CGROUPS, 0755) != 0 || mount("none", "/run", "cgroup2", 0, NULL) != 0) {
    return -errno;
  }
  root = open_high("/run", O_PATH | O_DIRECTORY);
  int result = root < 0 ? -errno : 0;
  if (result == 0) {
    sweep_hierarchy(root);
    result = make_own(stage);
  }
  if (result == 0) {
    *stage = "bind";
    result = bind_own();
  }
  umount2("/run", MNT_DETACH);
  if (result < 0) {
    leave_hierarchy();
  }
  return result;
}

void leave_hierarchy(void) {
  if (root < 0) {
    return;
  }
  if (lock >= 0) {
    umount2(CGROUPS, MNT_DETACH);
    remove_directory(root, own);
  }
  close(lock);
  close(root);
  lock = root = -1;
  leave_reaper();
}
