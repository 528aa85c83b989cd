/*
 * Mount namespaces. The supervisor lives in a private one with nothing but an empty tmpfs (its
 * home), and later its own directory of cgroups (hierarchy.c): copying it for a run is cheap, and
 * nothing else of the machine's mounts can be reached. It never enters a run's namespace; to look at
 * paths it takes a process's root as its own for a while.
 */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { OURS_END = 128 };

static int proc = -1;
static int home = -1;

/* What is ours lies above what a low limit, as a shell may have set, lets a process open. */
int raise_limit(void) {
  struct rlimit files;
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) {
    return -errno;
  }
  files.rlim_cur = files.rlim_max;
  return setrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_max < OURS_END ? -EMFILE : 0;
}

/* Above whatever the standard descriptors may be replaced by. */
int open_high(const char *path, int flags) {
  int low = open(path, flags | O_CLOEXEC);
  int high = low < 0 ? -1 : fcntl(low, F_DUPFD_CLOEXEC, 64);
  close(low);
  return high;
}

/* Must come before enter_home, in which there is no /proc. A /proc of other pids is of no use. */
int open_proc(void) {
  char self[32];
  proc = open_high("/proc", O_PATH | O_DIRECTORY);
  ssize_t length = proc < 0 ? -1 : readlinkat(proc, "self", self, sizeof(self) - 1);
  if (length < 0) {
    return -errno;
  }
  self[length] = '\0';
  return atoi(self) == getpid() ? 0 : -ESRCH;
}

int open_in_proc(const char *path, int flags) { return openat(proc, path, flags | O_CLOEXEC); }

ssize_t readlink_in_proc(const char *path, char *into, size_t size) {
  return readlinkat(proc, path, into, size);
}

int stat_in_proc(const char *path, struct stat *found) { return fstatat(proc, path, found, 0); }

/* The working directory is the root of a fresh tmpfs then. */
static int mount_tmpfs(const char *at) {
  return mount("tmpfs", at, "tmpfs", 0, "mode=0755") == 0 && chdir(at) == 0 ? 0 : -errno;
}

/* Where the root is the first file system of all, as an initramfs is: it cannot be changed for another. */
static int move_over_root(void) {
  return mount(".", "/", NULL, MS_MOVE, NULL) == 0 && chroot(".") == 0 && chdir("/") == 0 ? 0 : -errno;
}

/* Into the working directory; the old root is gone at once from this namespace. */
static int pivot(void) {
  if (syscall(SYS_pivot_root, ".", ".") != 0) {
    return errno == EINVAL ? move_over_root() : -errno;
  }
  return umount2(".", MNT_DETACH) == 0 && chdir("/") == 0 ? 0 : -errno;
}

enum { DEEPEST = 256 };

static int isolate(void) { return mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 ? 0 : -errno; }

static const char *some_directory(void) {
  struct stat found;
  return stat("/tmp", &found) == 0 && S_ISDIR(found.st_mode) ? "/tmp" : "/proc";
}

/*
 * Whoever stands in a chroot names no mount by "/", and is refused user namespaces. With a root below
 * the working directory, ".." leads to the root of the namespace, which is left as the root.
 */
static int leave_chroot(void) {
  if (chdir("/") != 0 || chroot(some_directory()) != 0) {
    return -errno;
  }
  for (int i = 0; i < DEEPEST; i++) {
    if (chdir("..") != 0) {
      return -errno;
    }
  }
  return chroot(".") == 0 ? isolate() : -errno;
}

int make_private(void) {
  int result = isolate();
  return result == -EINVAL ? leave_chroot() : result;
}

int enter_home(const char **stage) {
  *stage = "unshare";
  if (unshare(CLONE_NEWNS) != 0) {
    return -errno;
  }
  *stage = "private";
  int result = make_private();
  if (result < 0) {
    return result;
  }
  *stage = "root";
  result = mount_tmpfs(some_directory());
  if (result == 0) {
    result = pivot();
  }
  if (result == 0 && mkdir("/run", 0755) != 0) {
    result = -errno;
  }
  if (result == 0) {
    home = open_high("/", O_PATH | O_DIRECTORY);
    result = home >= 0 ? 0 : -errno;
  }
  return result;
}

int try_view(void) { return chroot("/") == 0 ? 0 : -errno; }

static int make_entry(const char *path) {
  size_t length = strlen(path);
  if (length > 0 && path[length - 1] == '/') {
    return mkdir(path, 0755);
  }
  int fd = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0644);
  return fd < 0 ? -1 : close(fd);
}

int enter_host_tree(const struct setup *setup) {
  char *stage = shared->answer.stage;
  strcpy(stage, "leave the home namespace");
  if (unshare(CLONE_NEWNS) != 0) {
    return -errno;
  }
  strcpy(stage, "make a root");
  int result = mount_tmpfs("/run");
  if (result == 0) {
    strcpy(stage, "bind its cgroups");
    result = bind_cgroups();
  }
  if (result == 0) {
    strcpy(stage, "change the root");
    result = pivot();
  }
  for (uint32_t i = 0; result == 0 && i < setup->host_count; i++) {
    snprintf(stage, sizeof(shared->answer.stage), "make %s", setup->host[i]);
    result = is_cgroup(setup->host[i]) || make_entry(setup->host[i]) == 0 ? 0 : -errno;
  }
  return result;
}

uint64_t namespace_of(pid_t pid) {
  char path[64];
  struct stat found;
  snprintf(path, sizeof(path), "%d/ns/mnt", pid);
  if (fstatat(proc, path, &found, 0) != 0) {
    if (errno == ENOENT) {
      fail("implementation", "process %d died without being asked to, as /proc shows", pid);
    }
    fail("harness", "cannot see the mount namespace of a process: %s", strerror(errno));
  }
  return found.st_ino;
}

int open_root_of(pid_t pid) {
  char path[64];
  snprintf(path, sizeof(path), "%d/root", pid);
  return open_in_proc(path, O_PATH | O_DIRECTORY);
}

/* Paths are resolved as that process would, until look_from_home. */
int look_from(pid_t pid) {
  int root = open_root_of(pid);
  int result = root >= 0 && fchdir(root) == 0 && chroot(".") == 0 ? 0 : -errno;
  close(root);
  return result;
}

void look_from_home(void) {
  if (fchdir(home) != 0 || chroot(".") != 0) {
    fail("harness", "cannot come back from the view of a process: %s", strerror(errno));
  }
}
