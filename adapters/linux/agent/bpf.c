/* The bpf(2) commands. All answer as the kernel does: a value, or an error number below 0. */
#include "agent.h"

#include <errno.h>
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
static char *guarded_buffer(void) {
  char *area = mmap(NULL, BUFFER + GUARD, PROT_NONE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (area == MAP_FAILED || mprotect(area, BUFFER, PROT_READ | PROT_WRITE) != 0) {
    _exit(1);
  }
  return area;
}

void make_buffers(void) {
  key_buffer = guarded_buffer();
  value_buffer = guarded_buffer();
}

int64_t bpf(int command, union bpf_attr *attr) {
  long result = syscall(SYS_bpf, command, attr, sizeof(*attr));
  return result < 0 ? -errno : result;
}

uint64_t address(const void *pointer) { return (uint64_t)(uintptr_t)pointer; }

int64_t map_create(const int64_t *number) {
  union bpf_attr attr = {0};
  attr.map_type = (uint32_t)number[0];
  attr.key_size = (uint32_t)number[1];
  attr.value_size = (uint32_t)number[2];
  attr.max_entries = (uint32_t)number[3];
  attr.inner_map_fd = (uint32_t)number[4];
  return bpf(BPF_MAP_CREATE, &attr);
}

static void element(union bpf_attr *attr, int fd, uint32_t key, uint32_t value) {
  memset(attr, 0, sizeof(*attr));
  memset(value_buffer, 0, 64);
  memcpy(key_buffer, &key, sizeof(key));
  memcpy(value_buffer, &value, sizeof(value));
  attr->map_fd = (uint32_t)fd;
  attr->key = address(key_buffer);
  attr->value = address(value_buffer);
}

int64_t map_update(int fd, uint32_t key, uint32_t value, uint64_t flags) {
  union bpf_attr attr;
  element(&attr, fd, key, value);
  attr.flags = flags;
  return bpf(BPF_MAP_UPDATE_ELEM, &attr);
}

int64_t map_lookup(int fd, uint32_t key) {
  union bpf_attr attr;
  uint32_t value;
  element(&attr, fd, key, 0);
  int64_t result = bpf(BPF_MAP_LOOKUP_ELEM, &attr);
  memcpy(&value, value_buffer, sizeof(value));
  return result < 0 ? result : (int64_t)value;
}

int64_t map_delete(int fd, uint32_t key) {
  union bpf_attr attr;
  element(&attr, fd, key, 0);
  attr.value = 0; /* it is a field that the call does not know */
  return bpf(BPF_MAP_DELETE_ELEM, &attr);
}

int64_t map_next_key(int fd, int has_key, uint32_t key) {
  union bpf_attr attr;
  uint32_t next;
  element(&attr, fd, key, 0);
  attr.key = has_key ? attr.key : 0;
  int64_t result = bpf(BPF_MAP_GET_NEXT_KEY, &attr);
  memcpy(&next, value_buffer, sizeof(next));
  return result < 0 ? result : (int64_t)next;
}

int64_t obj_pin(const char *path, int fd) {
  union bpf_attr attr = {0};
  attr.pathname = address(path);
  attr.bpf_fd = (uint32_t)fd;
  return bpf(BPF_OBJ_PIN, &attr);
}

int64_t obj_get(const char *path) {
  union bpf_attr attr = {0};
  attr.pathname = address(path);
  return bpf(BPF_OBJ_GET, &attr);
}

/* Both kinds answer GET_INFO; only a map gets as far as to miss the key of a lookup. */
static int is_map(int fd) {
  union bpf_attr attr = {0};
  attr.map_fd = (uint32_t)fd;
  return bpf(BPF_MAP_LOOKUP_ELEM, &attr) == -EFAULT;
}

uint64_t object_behind(int fd) {
  /* The structures of maps and of programs begin alike. */
  struct {
    uint32_t type;
    uint32_t id;
  } info = {0};
  union bpf_attr attr = {0};
  attr.info.bpf_fd = (uint32_t)fd;
  attr.info.info_len = sizeof(info);
  attr.info.info = address(&info);
  if (bpf(BPF_OBJ_GET_INFO_BY_FD, &attr) < 0) {
    return 0;
  }
  return 2 * (uint64_t)info.id + (is_map(fd) ? 0 : 1);
}

/* Takes no reference, unlike the commands that open an object by its id. */
int is_listed(uint64_t object) {
  uint32_t id = (uint32_t)(object / 2);
  union bpf_attr attr = {0};
  if (id == 0) {
    return 0;
  }
  attr.start_id = id - 1;
  int command = object % 2 == 0 ? BPF_MAP_GET_NEXT_ID : BPF_PROG_GET_NEXT_ID;
  return bpf(command, &attr) == 0 && attr.next_id == id;
}
