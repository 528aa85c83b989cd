/*
 * Kernels before 4.13 give objects no ids. There a map of words is known by a cookie in it, which is
 * read back through whatever leads to it: another descriptor, or a get of its pin. No call of a run
 * finds it: a hash has one element more than it was asked for, under a key that no run uses, and an
 * array has longer values, of which runs see the first word. Programs, and maps that hold objects,
 * have none; what has none is not known.
 */
#include "agent.h"

#include <errno.h>
#include <linux/bpf.h>

enum { COOKIE_KEY = 0x00c00c1e, WORD = 4, LONG_VALUE = 8 };

static int are_wanted;

void use_cookies(void) { are_wanted = 1; }

int has_listing(void) {
  union bpf_attr attr = {0};
  return bpf(BPF_MAP_GET_NEXT_ID, &attr) != -EINVAL;
}

int has_ids(void) { return !are_wanted && has_listing(); }

/* Of a map that a run asks for; one that is refused, or restricted, is asked for as it is. */
static int has_cookie(const union bpf_attr *attr) {
  int is_known = attr->map_type == BPF_MAP_TYPE_HASH || attr->map_type == BPF_MAP_TYPE_ARRAY;
  return shared->uses_cookies && is_known && attr->key_size == WORD && attr->value_size == WORD &&
         attr->max_entries > 0 && attr->max_entries < COOKIE_KEY && attr->map_flags == 0;
}

static int64_t element(int command, int fd, uint32_t key, uint32_t *value, uint64_t flags) {
  union bpf_attr attr = {0};
  attr.map_fd = (uint32_t)fd;
  attr.key = address(&key);
  attr.value = address(value);
  attr.flags = flags;
  return bpf(command, &attr);
}

int64_t create_with_cookie(union bpf_attr *attr) {
  int is_hash = attr->map_type == BPF_MAP_TYPE_HASH;
  if (!has_cookie(attr)) {
    return bpf(BPF_MAP_CREATE, attr);
  }
  attr->max_entries += is_hash ? 1 : 0;
  attr->value_size = is_hash ? WORD : LONG_VALUE;
  int64_t fd = bpf(BPF_MAP_CREATE, attr);
  uint32_t cookie = shared->last_cookie + 1;
  uint32_t value[] = {is_hash ? cookie : 0, is_hash ? 0 : cookie};
  if (fd >= 0 && element(BPF_MAP_UPDATE_ELEM, (int)fd, is_hash ? COOKIE_KEY : 0, value, BPF_ANY) < 0) {
    return lack("put a cookie into a map", -EIO);
  }
  shared->last_cookie += fd >= 0;
  return fd;
}

/* Of an array, behind a word in its first value. Of others, nothing is written there. */
uint32_t cookie_of_array(int fd) {
  uint32_t value[LONG_VALUE] = {0};
  return shared->uses_cookies && element(BPF_MAP_LOOKUP_ELEM, fd, 0, value, 0) >= 0 ? value[1] : 0;
}

uint32_t cookie_behind(int fd) {
  uint32_t value[LONG_VALUE] = {0};
  int is_hash = element(BPF_MAP_LOOKUP_ELEM, fd, COOKIE_KEY, value, 0) >= 0;
  return is_hash ? value[0] : cookie_of_array(fd);
}

int is_cookie_key(int64_t key) { return shared->uses_cookies && key == COOKIE_KEY; }
