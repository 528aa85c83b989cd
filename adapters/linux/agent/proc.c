/*
 * The tree of a run has no /proc. Where a path leads to an open file by /proc/self/fd, there is one for
 * as long as that call takes.
 */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define OPEN_FILES "/proc/self/fd/"

static int is_ours;

int leads_through_proc(const struct command *command) {
  if (command->op == OP_OPEN_NAMESPACE) {
    return 1;
  }
  /* Who may not mount is told so before the source is looked up. */
  if (command->op == OP_BIND_NAMESPACE) {
    return geteuid() == 0;
  }
  for (int i = 0; i < command->path_count; i++) {
    const char *path = path_argument(command, i);
    if (path != NULL && strncmp(path, OPEN_FILES, strlen(OPEN_FILES)) == 0) {
      return 1;
    }
  }
  return 0;
}

int show_proc(void) {
  is_ours = mkdir("/proc", 0755) == 0;
  if (!is_ours && errno != EEXIST) {
    return -1;
  }
  return mount("proc", "/proc", "proc", 0, NULL);
}

void hide_proc(void) {
  umount2("/proc", MNT_DETACH);
  if (is_ours) {
    rmdir("/proc");
  }
}

static const char *namespace_file(pid_t pid) {
  static char path[64];
  snprintf(path, sizeof(path), "/proc/%d/ns/mnt", pid);
  return path;
}

/* Of a process of the run, by its pid on the machine; 0 is nobody's. */
int64_t open_namespace(pid_t pid) { return answered(open(namespace_file(pid), O_RDONLY)); }

int64_t bind_namespace(pid_t pid, const char *target) {
  return answered(syscall(SYS_mount, namespace_file(pid), target, NULL, MS_BIND, NULL));
}
