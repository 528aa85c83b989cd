/* What maps hold, as their own information and lookups tell. */
#include "agent.h"

#include <linux/bpf.h>
#include <unistd.h>

enum { INFO_BYTES = 16 /* type, id, key_size, value_size */ };

enum holding holding_of_type(uint32_t type) {
  switch (type) {
  case BPF_MAP_TYPE_PROG_ARRAY:
    return HOLDS_PROGRAMS;
  case BPF_MAP_TYPE_ARRAY_OF_MAPS:
  case BPF_MAP_TYPE_HASH_OF_MAPS:
    return HOLDS_MAPS;
  default:
    return HOLDS_WORDS;
  }
}

/* The information on programs begins alike, but their types are others. */
static int map_info(int fd, struct bpf_map_info *info) {
  union bpf_attr attr = {0};
  *info = (struct bpf_map_info){0};
  attr.info.bpf_fd = (uint32_t)fd;
  attr.info.info_len = INFO_BYTES;
  attr.info.info = address(info);
  return bpf(BPF_OBJ_GET_INFO_BY_FD, &attr) == 0 && kind_behind(fd) == MAP;
}

enum holding holding_behind(int fd) {
  struct bpf_map_info info;
  if (map_info(fd, &info)) {
    return holding_of_type(info.type);
  }
  /* Before the kernel told anything of a map, no lookup told of objects. */
  return shared->uses_cookies && !has_listing() ? HOLDS_WORDS : HOLDS_UNKNOWN;
}

/* A lookup in a map that holds objects tells an id. */
static int64_t shown(int64_t found, enum holding holding) {
  if (holding == HOLDS_WORDS) {
    return found < 0 ? -1 : found;
  }
  return found < 0 ? 0 : (int64_t)identity(holding == HOLDS_PROGRAMS ? PROGRAM : MAP, (uint32_t)found);
}

enum holding read_content(uint64_t map, int64_t *values) {
  struct bpf_map_info info;
  union bpf_attr attr = {0};
  attr.map_id = id_of(map);
  int64_t fd = bpf(BPF_MAP_GET_FD_BY_ID, &attr);
  if (fd < 0) {
    return HOLDS_UNKNOWN;
  }
  int words = map_info((int)fd, &info) && info.key_size == 4 && info.value_size == 4;
  enum holding holding = words ? holding_of_type(info.type) : HOLDS_UNKNOWN;
  for (uint32_t key = 0; words && key < CONTENT_KEYS; key++) {
    values[key] = shown(map_lookup((int)fd, &key), holding);
  }
  close((int)fd);
  return holding;
}
