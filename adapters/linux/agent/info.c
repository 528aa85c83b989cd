/* What the kernel tells of the objects behind descriptors. */
#include "agent.h"

#include <errno.h>
#include <linux/bpf.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What is told of maps and of programs begins alike. */
struct info {
  uint32_t type;
  uint32_t id;
  uint64_t others;
  uint32_t max_entries; /* of a map; of a program the bytes of its machine code */
  uint32_t more[8];
  uint32_t map_count; /* of a program; before 4.15 the kernel leaves it 0 */
};
_Static_assert(offsetof(struct info, max_entries) == 16, "as in struct bpf_map_info");
_Static_assert(offsetof(struct info, map_count) == 52, "as in struct bpf_prog_info");

enum { SHORT = offsetof(struct info, others) };

/* As the protocol numbers them. */
enum kind { PROGRAM, MAP, OTHER };

/* Not in the headers of every machine. */
enum { PROG_BIND_MAP = 35 };

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
  return syscall(SYS_bpf, PROG_BIND_MAP, attr, sizeof(attr)) < 0 ? -errno : 0;
}

/*
 * Only with a program does the call get as far as to miss the map. It came with 5.10: before, both
 * descriptors are EINVAL, and what is neither, types (since 4.18) or a link (5.7), is taken for a
 * program. Requests that would open one are refused, though (raw-refusals.ts).
 */
static int is_other(int fd) { return bind_no_map(fd) == -EINVAL && bind_no_map(-1) != -EINVAL; }

/* Of a descriptor of which something is told. */
static enum kind kind_behind(int fd) {
  if (is_map(fd)) {
    return MAP;
  }
  return is_other(fd) ? OTHER : PROGRAM;
}

uint64_t object_behind(int fd) {
  struct info info;
  if (get_info(fd, &info, SHORT) < 0) {
    return 0;
  }
  switch (kind_behind(fd)) {
  case MAP:
    return 2 * (uint64_t)info.id;
  case PROGRAM:
    return 2 * (uint64_t)info.id + 1;
  default:
    return 0;
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
  answer->detail[2] = kind == MAP ? info.max_entries : info.map_count;
  return 0;
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
