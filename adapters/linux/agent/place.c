/*
 * Where there is nothing but the agent and its plan, as for the first process of a machine: what the
 * supervisor needs is made here, in a mount namespace of our own. Of what is made in the file system
 * itself, an empty /proc, nothing stays.
 */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

enum { NULL_MAJOR = 1, NULL_MINOR = 3 };

static int made_null = -1;
static int made_directory;
static int is_mounted;

int null_device(void) { return made_null >= 0 ? made_null : open_high("/dev/null", O_RDWR); }

/* Held open, so that the file system that it is in can go. */
static int make_null(void) {
  if (mount("tmpfs", "/proc", "tmpfs", 0, "mode=0755") != 0) {
    return -errno;
  }
  int made = mknod("/proc/null", S_IFCHR | 0666, makedev(NULL_MAJOR, NULL_MINOR));
  made_null = made == 0 ? open_high("/proc/null", O_RDWR) : -1;
  int result = made_null < 0 ? -errno : 0;
  umount2("/proc", MNT_DETACH);
  return result;
}

static int make_proc(void) {
  if (mount("proc", "/proc", "proc", 0, NULL) != 0) {
    return -errno;
  }
  is_mounted = 1;
  return open_proc();
}

/* Back in the root in which the agent was started, which may be that of a chroot. */
static int make_private_here(void) {
  int here = open_high("/", O_PATH | O_DIRECTORY);
  int result = here < 0 ? -errno : make_private();
  if (result == 0 && (fchdir(here) != 0 || chroot(".") != 0)) {
    result = -errno;
  }
  close(here);
  return result;
}

void open_standard(void) {
  for (int fd = 0; fd <= 2; fd++) {
    if (fcntl(fd, F_GETFD) < 0) {
      int null = null_device();
      dup2(null, fd);
    }
  }
}

int find_place(const char **stage) {
  int null = open_high("/dev/null", O_RDWR);
  int has_null = null >= 0;
  int has_proc = open_proc() == 0;
  close(null);
  if (has_null && has_proc) {
    return 0;
  }
  *stage = "make a private mount namespace";
  if (unshare(CLONE_NEWNS) != 0) {
    return -errno;
  }
  made_directory = mkdir("/proc", 0755) == 0;
  int result = made_directory || errno == EEXIST ? make_private_here() : -errno;
  if (result == 0 && !has_null) {
    *stage = "make a null device";
    result = make_null();
  }
  if (result == 0 && !has_proc) {
    *stage = "mount /proc";
    result = make_proc();
  }
  return result;
}

void leave_place(void) {
  if (is_mounted) {
    umount2("/proc", MNT_DETACH);
  }
  if (made_directory) {
    rmdir("/proc");
  }
}
