/* bpf(2), with attributes that are zero where nothing else is said. */
static long bpf(int command, union bpf_attr *attr) { return syscall(SYS_bpf, command, attr, sizeof(*attr)); }

static uint64_t address(const void *pointer) { return (uint64_t)(uintptr_t)pointer; }
