/* What the kernel tells of the objects behind descriptors. */
#include "agent.h"

#include <errno.h>
#include <linux/bpf.h>
#include <stddef.h>

/* What is told of objects begins alike. */
struct info {
  uint32_t type;
  uint32_t id;
  uint64_t others;
  union {
    uint32_t max_entries; /* of a map */
    uint64_t cgroup;      /* of a link: 0 when it is defunct */
  };
  uint32_t more[7];
  uint32_t map_count; /* of a program; before 4.15 the kernel leaves it 0 */
};
_Static_assert(offsetof(struct info, max_entries) == 16, "as in struct bpf_map_info");
_Static_assert(offsetof(struct info, map_count) == 52, "as in struct bpf_prog_info");

enum { SHORT = offsetof(struct info, others) };

uint64_t identity(enum kind kind, uint32_t id) { return 4 * (uint64_t)id + kind; }

enum kind kind_of(uint64_t object) { return (enum kind)(object % 4); }

uint32_t id_of(uint64_t object) { return (uint32_t)(object / 4); }

static int64_t get_info(int fd, struct info *info, uint32_t length) {
  union bpf_attr attr = {0};
  *info = (struct info){0};
  attr.info.bpf_fd = (uint32_t)fd;
  attr.info.info_len = length;
  attr.info.info = address(info);
  return bpf(BPF_OBJ_GET_INFO_BY_FD, &attr);
}

/*
 * What has no map behind it gets no further than that. Which error a lookup without a key ends in
 * depends on the map: one that may not be read says EPERM, one that has no keys ENOENT.
 */
static int is_map(int fd) {
  union bpf_attr attr = {0};
  attr.map_fd = (uint32_t)fd;
  return bpf(BPF_MAP_LOOKUP_ELEM, &attr) != -EINVAL;
}

static int64_t bind_no_map(int fd) {
  const uint32_t attr[] = {(uint32_t)fd, (uint32_t)-1, 0 /* flags */};
  return bpf_of(PROG_BIND_MAP, attr, sizeof(attr));
}

/*
 * Only with a program does the call get as far as to miss the map. It came with 5.10: before, both
 * descriptors are EINVAL, and what is none of the three, types (since 4.18), is taken for a program.
 * Requests that would open such are refused, though (raw-refusals.ts).
 */
static enum kind kind_without_map(int fd) {
  if (bind_no_map(fd) != -EINVAL) {
    return PROGRAM;
  }
  if (is_link(fd)) {
    return LINK;
  }
  return bind_no_map(-1) != -EINVAL ? OTHER : PROGRAM;
}

enum kind kind_behind(int fd) {
  return is_map(fd) ? MAP : kind_without_map(fd);
}

uint64_t object_behind(int fd) {
  struct info info;
  if (shared->uses_cookies) {
    return identity(MAP, cookie_behind(fd));
  }
  if (get_info(fd, &info, SHORT) < 0) {
    return 0;
  }
  enum kind kind = kind_behind(fd);
  return kind == OTHER ? 0 : identity(kind, info.id);
}

static int64_t told_number(enum kind kind, const struct info *info) {
  switch (kind) {
  case MAP:
    return info->max_entries;
  case LINK:
    return info->cgroup != 0;
  default:
    return info->map_count;
  }
}

int64_t obj_info(int fd, struct answer *answer) {
  struct info info;
  int64_t result = get_info(fd, &info, sizeof(info));
  if (result < 0) {
    return result;
  }
  enum kind kind = kind_behind(fd);
  answer->details = 3;
  answer->detail[0] = kind;
  answer->detail[1] = info.type;
  answer->detail[2] = told_number(kind, &info);
  return 0;
}

/* Takes no reference, unlike the commands that open an object by its id. Cookies are no ids. */
int is_listed(uint64_t object) {
  static const int commands[] = {BPF_MAP_GET_NEXT_ID, BPF_PROG_GET_NEXT_ID, LINK_NEXT_ID};
  uint32_t id = id_of(object);
  union bpf_attr attr = {0};
  if (id == 0 || kind_of(object) == OTHER || shared->uses_cookies) {
    return 0;
  }
  attr.start_id = id - 1;
  return bpf(commands[kind_of(object)], &attr) == 0 && attr.next_id == id;
}
