/*
 * Whose the directories of the machine's hierarchy of cgroups are, and the removal of ours. Anybody
 * may choose a name like ours; only the mark, an attribute that is put on a directory when it is made,
 * tells that it is of our making.
 */
#include "agent.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#define MARK "trusted.pinproof"

static int removed(int parent, const char *name) {
  return unlinkat(parent, name, AT_REMOVEDIR) == 0 || errno == ENOENT ? 0 : -errno;
}

int remove_cgroup(const char *path) { return removed(AT_FDCWD, path); }

static int is_itself_or_parent(const char *name) {
  return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static int open_directory(int root, const char *name) {
  return openat(root, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* With what we make in it: cgroups of one level. */
void remove_directory(int root, const char *name) {
  int fd = open_directory(root, name);
  DIR *directory = fd < 0 ? NULL : fdopendir(fd);
  struct dirent *entry;
  while (directory != NULL && (entry = readdir(directory)) != NULL) {
    if (entry->d_type == DT_DIR && !is_itself_or_parent(entry->d_name)) {
      removed(fd, entry->d_name);
    }
  }
  if (directory != NULL) {
    closedir(directory);
  }
  removed(root, name);
}

/* Not another one that has got the name since it was opened. */
static int is_still(int root, int fd, const char *name) {
  struct stat opened;
  struct stat found;
  return fstat(fd, &opened) == 0 && fstatat(root, name, &found, AT_SYMLINK_NOFOLLOW) == 0 &&
         opened.st_ino == found.st_ino;
}

static int is_locked_by(int root, int fd, const char *name) {
  return flock(fd, LOCK_EX | LOCK_NB) == 0 && is_still(root, fd, name);
}

int lock_directory(int root, const char *name) {
  int fd = open_directory(root, name);
  if (fd >= 0 && !is_locked_by(root, fd, name)) {
    close(fd);
    return -1;
  }
  return fd;
}

/* Digits, up to where this points then; there is one at least. */
static int has_number(const char **text) {
  size_t length = strspn(*text, "0123456789");
  *text += length;
  return length > 0;
}

/* As hierarchy.c names them. */
static int is_our_name(const char *name) {
  if (strncmp(name, OURS, strlen(OURS)) != 0) {
    return 0;
  }
  const char *rest = name + strlen(OURS);
  if (!has_number(&rest)) {
    return 0;
  }
  if (*rest == '.') {
    rest++;
    return has_number(&rest) && *rest == '\0';
  }
  return *rest == '\0';
}

int mark_directory(int fd) { return fsetxattr(fd, MARK, "", 0, 0) == 0 ? 0 : -errno; }

static int is_marked(int fd) { return fgetxattr(fd, MARK, NULL, 0) >= 0; }

/* What has no mark is not even locked. */
static void sweep(int root, const char *name) {
  int fd = open_directory(root, name);
  if (fd >= 0 && is_marked(fd) && is_locked_by(root, fd, name)) {
    remove_directory(root, name);
  }
  close(fd);
}

void sweep_hierarchy(int root) {
  int fd = open_directory(root, ".");
  DIR *directory = fd < 0 ? NULL : fdopendir(fd);
  struct dirent *entry;
  while (directory != NULL && (entry = readdir(directory)) != NULL) {
    if (is_our_name(entry->d_name)) {
      sweep(root, entry->d_name);
    }
  }
  if (directory != NULL) {
    closedir(directory);
  }
}
