/* A map refuses a NULL key, or the reader; what is no map is refused before. */
static int is_map(int fd) {
  union bpf_attr attr = {.map_fd = (uint32_t)fd};
  return bpf(BPF_MAP_LOOKUP_ELEM, &attr) == 0 || errno != EINVAL;
}

/* The type of the map behind a descriptor, or 0. */
__attribute__((unused)) static uint32_t map_type_behind(int fd) {
  uint32_t info[4];
  return object_info(fd, info, sizeof(info)) == 0 && is_map(fd) ? info[0] : 0;
}

static const char *type_name(int map, uint32_t type) {
  switch (type) {
  case BPF_MAP_TYPE_HASH: /* of a program: BPF_PROG_TYPE_SOCKET_FILTER */
    return map ? "BPF_MAP_TYPE_HASH" : "BPF_PROG_TYPE_SOCKET_FILTER";
  case BPF_MAP_TYPE_PROG_ARRAY: /* of a program: BPF_PROG_TYPE_SCHED_CLS */
    return map ? "BPF_MAP_TYPE_PROG_ARRAY" : "BPF_PROG_TYPE_SCHED_CLS";
  case BPF_MAP_TYPE_ARRAY:
    return map ? "BPF_MAP_TYPE_ARRAY" : "another";
  case BPF_MAP_TYPE_ARRAY_OF_MAPS:
    return map ? "BPF_MAP_TYPE_ARRAY_OF_MAPS" : "another";
  case BPF_MAP_TYPE_HASH_OF_MAPS:
    return map ? "BPF_MAP_TYPE_HASH_OF_MAPS" : "another";
  case BPF_PROG_TYPE_CGROUP_SKB:
    return map ? "another" : "BPF_PROG_TYPE_CGROUP_SKB";
  default:
    return "another";
  }
}

__attribute__((unused)) static void show_info(int fd) {
  uint32_t info[14]; /* up to nr_map_ids of a program; max_entries of a map is the fifth */
  if (plain(object_info(fd, info, sizeof(info)))) {
    return;
  }
  int map = is_map(fd);
  shown(0, "0 (type=%s, %s=%u)", type_name(map, info[0]), map ? "max_entries" : "nr_map_ids",
        map ? info[4] : info[13]);
}
