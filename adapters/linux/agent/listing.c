/* The names in a directory. */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* struct linux_dirent64, which no header has. */
struct entry {
  uint64_t inode;
  int64_t next;
  uint16_t length;
  uint8_t type;
  char name[];
};

/* In a bpffs, only the kernel gives names with a dot: maps.debug and progs.debug in some roots. */
static int is_shown(const char *name) { return strchr(name, '.') == NULL; }

static int add_name(const char *name, struct answer *answer) {
  size_t size = strlen(name) + 1;
  if (size > LISTING_ROOM - answer->details) {
    return -1;
  }
  memcpy(answer->listing + answer->details, name, size);
  answer->details += (uint32_t)size;
  return 0;
}

/* The number of names in this part of a directory; -1 if there is no room for one. */
static int64_t add_names(const char *entries, long size, struct answer *answer) {
  int64_t added = 0;
  for (long at = 0; at < size;) {
    const struct entry *entry = (const struct entry *)(const void *)(entries + at);
    if (is_shown(entry->name)) {
      if (add_name(entry->name, answer) < 0) {
        return -1;
      }
      added++;
    }
    at += entry->length;
  }
  return added;
}

static int64_t list_open(int fd, struct answer *answer) {
  static char entries[1 << 15] __attribute__((aligned(8)));
  int64_t count = 0;
  for (;;) {
    long size = syscall(SYS_getdents64, fd, entries, sizeof(entries));
    if (size < 0) {
      return -errno;
    }
    if (size == 0) {
      return count;
    }
    int64_t added = add_names(entries, size, answer);
    if (added < 0) {
      return lack("list so many names", -E2BIG);
    }
    count += added;
  }
}

/* Raw: libc takes a directory that was removed for an empty one. */
int64_t list_directory(const char *path, struct answer *answer) {
  int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_DIRECTORY, 0);
  if (fd < 0) {
    return -errno;
  }
  answer->details = 0;
  int64_t result = list_open(fd, answer);
  answer->details = result < 0 ? 0 : answer->details;
  syscall(SYS_close, fd);
  return result;
}
