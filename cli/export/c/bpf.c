/* bpf(2), with attributes that are zero where nothing else is said. */
static long bpf(int command, union bpf_attr *attr) { return syscall(SYS_bpf, command, attr, sizeof(*attr)); }

static uint64_t address(const void *pointer) { return (uint64_t)(uintptr_t)pointer; }

/* What is told of maps and programs begins alike: type, id, and for a map its sizes. */
static long object_info(int fd, uint32_t *info, uint32_t length) {
  union bpf_attr attr = {0};
  memset(info, 0, length);
  attr.info.bpf_fd = (uint32_t)fd;
  attr.info.info_len = length;
  attr.info.info = address(info);
  return bpf(BPF_OBJ_GET_INFO_BY_FD, &attr);
}

/* A new object, or an error. Kernels that do not tell its id do not open it by that either. */
__attribute__((unused)) static void made(enum kind kind, long fd) {
  uint32_t info[2];
  if (!plain(fd)) {
    answer.object.kind = kind;
    answer.object.id = object_info((int)fd, info, sizeof(info)) == 0 ? info[1] : 0;
  }
}
