/* The bpf(2) commands. All answer as the kernel does: a value, or an error number below 0. */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { BUFFER = 65536, GUARD = 65536 };

static char *key_buffer;
static char *value_buffer;

/* A map with larger words than we know of must end in EFAULT, not in our own memory. */
char *guarded_buffer(void) {
  char *area = mmap(NULL, BUFFER + GUARD, PROT_NONE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return area == MAP_FAILED || mprotect(area, BUFFER, PROT_READ | PROT_WRITE) != 0 ? NULL : area;
}

int make_buffers(void) {
  key_buffer = guarded_buffer();
  value_buffer = guarded_buffer();
  return key_buffer == NULL || value_buffer == NULL ? -errno : 0;
}

int64_t bpf_of(int command, const void *attr, uint32_t size) {
  return answered(syscall(SYS_bpf, command, attr, size));
}

int64_t bpf(int command, union bpf_attr *attr) { return bpf_of(command, attr, sizeof(*attr)); }

uint64_t address(const void *pointer) { return (uint64_t)(uintptr_t)pointer; }

int64_t map_create(const int64_t *number) {
  union bpf_attr attr = {0};
  attr.map_type = (uint32_t)number[0];
  attr.key_size = (uint32_t)number[1];
  attr.value_size = (uint32_t)number[2];
  attr.max_entries = (uint32_t)number[3];
  attr.inner_map_fd = (uint32_t)number[4];
  attr.map_flags = (uint32_t)number[5];
  return create_with_cookie(&attr);
}

static uint64_t word(char *buffer, const uint32_t *value) {
  memset(buffer, 0, 64);
  if (value == NULL) {
    return 0;
  }
  memcpy(buffer, value, sizeof(*value));
  return address(buffer);
}

static const uint32_t nothing = 0;

static void element(union bpf_attr *attr, int fd, const uint32_t *key, const uint32_t *value) {
  memset(attr, 0, sizeof(*attr));
  attr->map_fd = (uint32_t)fd;
  attr->key = word(key_buffer, key);
  attr->value = word(value_buffer, value);
}

/* The word that the call wrote where the value was. */
static int64_t written(int64_t result) {
  uint32_t value;
  memcpy(&value, value_buffer, sizeof(value));
  return result < 0 ? result : (int64_t)value;
}

int64_t map_update(int fd, const uint32_t *key, const uint32_t *value, uint64_t flags) {
  union bpf_attr attr;
  uint32_t cookie = cookie_of_array(fd);
  element(&attr, fd, key, value);
  memcpy(value_buffer + sizeof(*value), &cookie, sizeof(cookie));
  attr.flags = flags;
  return bpf(BPF_MAP_UPDATE_ELEM, &attr);
}

int64_t map_lookup(int fd, const uint32_t *key) {
  union bpf_attr attr;
  element(&attr, fd, key, &nothing);
  return written(bpf(BPF_MAP_LOOKUP_ELEM, &attr));
}

/* The value is a field that the call does not know. */
int64_t map_delete(int fd, const uint32_t *key) {
  union bpf_attr attr;
  element(&attr, fd, key, NULL);
  return bpf(BPF_MAP_DELETE_ELEM, &attr);
}

int64_t map_next_key(int fd, const uint32_t *key) {
  union bpf_attr attr;
  element(&attr, fd, key, &nothing);
  int64_t next = written(bpf(BPF_MAP_GET_NEXT_KEY, &attr));
  const uint32_t hidden = (uint32_t)next;
  return is_cookie_key(next) ? map_next_key(fd, &hidden) : next;
}

int64_t map_freeze(int fd) {
  union bpf_attr attr = {0};
  attr.map_fd = (uint32_t)fd;
  return bpf(MAP_FREEZE, &attr);
}

/* The fields of both, as newer kernels have them; the headers of some machines end with the flags. */
struct place {
  uint64_t pathname;
  uint32_t bpf_fd;
  uint32_t file_flags;
  int32_t path_fd;
};

enum { PATH_FD = 1 << 14 };

/* Without a start, no more than the oldest kernels know of: the rest is zero. */
static int64_t at_place(int command, int start, const char *path, uint32_t fd, uint32_t flags) {
  struct place place = {.pathname = address(path), .bpf_fd = fd, .file_flags = flags};
  if (start != AT_FDCWD) {
    place.file_flags |= PATH_FD;
    place.path_fd = start;
  }
  return bpf_of(command, &place, sizeof(place));
}

int64_t obj_pin(int start, const char *path, int fd) {
  return at_place(BPF_OBJ_PIN, start, path, (uint32_t)fd, 0);
}

int64_t obj_get(int start, const char *path, uint32_t flags) {
  return at_place(BPF_OBJ_GET, start, path, 0, flags);
}
