__attribute__((unused)) static long map_create(uint32_t type, uint32_t key_size, uint32_t value_size, uint32_t max_entries,
                       uint32_t flags, int inner_map_fd) {
  union bpf_attr attr = {.map_type = type,
                         .key_size = key_size,
                         .value_size = value_size,
                         .max_entries = max_entries,
                         .map_flags = flags,
                         .inner_map_fd = (uint32_t)inner_map_fd};
  return bpf(BPF_MAP_CREATE, &attr);
}

__attribute__((unused)) static long map_freeze(int fd) {
  union bpf_attr attr = {.map_fd = (uint32_t)fd};
  return bpf(BPF_MAP_FREEZE, &attr);
}

/* The fields of BPF_OBJ_PIN and BPF_OBJ_GET, of which older headers lack the last. */
__attribute__((unused)) static long at_path(int command, int start, const char *path, int fd, uint32_t flags) {
  struct {
    uint64_t pathname;
    uint32_t bpf_fd;
    uint32_t file_flags;
    int32_t path_fd;
  } attr = {.pathname = address(path), .bpf_fd = (uint32_t)fd, .file_flags = flags};
  if (start != AT_FDCWD) {
    attr.file_flags |= 1 << 14; /* BPF_F_PATH_FD */
    attr.path_fd = start;
  }
  return syscall(SYS_bpf, command, &attr, sizeof(attr));
}
